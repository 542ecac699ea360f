import { contentOf, factFor } from '../facts.ts';
import type { Heard } from '../hear/heard.ts';
import type { Line } from '../phrases.ts';
import { bids, didToo, type Scene, type Skill } from '../scene.ts';
import { clip } from '../state.ts';

/** Answers from what the business has noted; what is not noted is admitted and offered to the team. */
export default {
  bid(scene, heard) {
    const match = factFor(scene, heard);
    if (!heard.intents.has('question')) return match && match.score >= 0.75 && idle(scene) ? bids.courtesy + 8 : 0;
    if (!match) return idle(scene) && heard.wordCount <= 16 ? bids.guess + 5 : 0;
    // A short question is a question even where a message or a reason was expected.
    return telling(scene) && heard.wordCount <= 10 ? bids.fitting + 2 : bids.question;
  },
  answer(scene, heard) {
    const match = factFor(scene, heard);
    if (match) {
      const { done } = didToo(scene, { what: 'answered' });
      return {
        set: { done },
        say: [factLine(scene, match.answer)],
        ...(idle(scene) && { ask: 'more' as const }),
      };
    }
    if (contentOf(scene, heard.text) === 0) return { say: [{ phrase: 'imHere' }], quiet: true };
    return unknown(heard);
  },
  /** "I'd like a cleaning, and how much is it?" gets both. */
  aside(scene, heard) {
    const match = heard.intents.has('question') && !telling(scene) ? factFor(scene, heard) : undefined;
    return match?.subject === true && match.score >= sure ? { say: [factLine(scene, match.answer)] } : undefined;
  },
} satisfies Skill;

/** From this score on a fact is said also when something else was asked for. */
const sure = 0.6;

function factLine(scene: Scene, answer: string): Line {
  return { phrase: spokenHere(scene) ? 'fact' : 'factElsewhere', words: { answer } };
}

function idle({ state }: Scene): boolean {
  return state.task === null;
}

function telling({ state }: Scene): boolean {
  return state.ask === 'body' || state.ask === 'reason';
}

/** Facts are written in the business's own language. */
function spokenHere({ language, briefing }: Scene): boolean {
  return language.tags.some((tag) => tag.split('-')[0] === briefing.language.split('-')[0]);
}

function unknown(heard: Heard) {
  const set = { offer: 'message' as const, body: clip(heard.text, 600) };
  return { set, say: [{ phrase: 'noFact' as const }], ask: 'offer' as const };
}
