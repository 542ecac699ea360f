import { detailBid, hearDetail, missingDetail } from '../details.ts';
import { contentOf } from '../facts.ts';
import type { Heard } from '../hear/heard.ts';
import { plain } from '../hear/plain.ts';
import { bids, didToo, goOn, taskOver, type Part, type Scene, type Skill } from '../scene.ts';
import { clip } from '../state.ts';

const longestBody = 1_400;

/** Takes a message: what it is about, who calls, where to reach them, whether it is urgent. */
export default {
  bid(scene, heard) {
    const open = scene.state.task === 'message';
    const fitting = open ? Math.max(bodyBid(scene, heard), urgentBid(scene, heard), detailBid(scene, heard)) : 0;
    const wish = heard.intents.has('message') || heard.intents.has('late') ? bids.wish : 0;
    return Math.max(fitting, wish, open ? rambleBid(scene, heard) : 0);
  },
  answer(scene, heard) {
    if (scene.state.task !== 'message') return begin(scene, heard);
    if (urgentBid(scene, heard) > 0) return goOn(scene, { set: { urgent: urgentIn(heard) ?? heard.answer === 'yes' } });
    if (bodyBid(scene, heard) > 0) return goOn(scene, hearBody(scene, heard));
    const detail = hearDetail(scene, heard);
    return detail ? goOn(scene, detail) : goOn(scene, addition(scene, heard));
  },
  next,
  wrapUp: (scene) => (scene.state.body === '' ? undefined : { ...save(scene), say: [{ phrase: 'savingFirst' }] }),
  tools: ['take-message'],
  result: (scene, _tool, result) => (result.ok ? saved(scene) : failed(scene)),
} satisfies Skill;

function next(scene: Scene): Part {
  if (scene.state.body === '') return { ask: 'body' };
  const missing = missingDetail(scene.state);
  if (missing) return { ask: missing };
  return scene.state.urgent === null ? { ask: 'urgent' } : save(scene);
}

/** When words were asked for, words are the answer, whatever they contain; unless they are a mere sound. */
function bodyBid({ state }: Scene, heard: Heard): number {
  if (state.ask !== 'body' || heard.text === '') return 0;
  const empty = heard.wordCount <= 3 && (heard.answer === 'yes' || heard.intents.has('backchannel'));
  return empty ? 0 : bids.freeText;
}

/** Also unasked, in a word or two: "not urgent". */
function urgentBid({ state }: Scene, heard: Heard): number {
  if (state.ask !== 'body' && heard.wordCount <= 4 && urgentIn(heard) !== undefined) return bids.fitting + 1;
  return state.ask === 'urgent' && (heard.answer !== undefined || urgentIn(heard) !== undefined) ? bids.fitting : 0;
}

/** Callers go on telling while they are asked for a name: it belongs to the message. */
function rambleBid({ state }: Scene, heard: Heard): number {
  return state.body !== '' && isTale(state, heard) && !heard.intents.has('question') ? bids.guess + 5 : 0;
}

/** Where a name was asked for, a short sentence that holds none belongs to the tale too. */
function isTale({ ask }: Scene['state'], { wordCount, asName }: Heard): boolean {
  return wordCount >= (ask === 'name' && asName === undefined ? 4 : 6);
}

function urgentIn({ intents }: Heard): boolean | undefined {
  if (intents.has('notUrgent')) return false;
  return intents.has('urgent') ? true : undefined;
}

function begin(scene: Scene, heard: Heard): Part {
  const { urgent } = scene.state;
  const body = holdsMore(scene, heard) ? clip(heard.text, longestBody) : scene.state.body;
  const set = { ...taskOver, task: 'message', body, urgent: urgentIn(heard) ?? urgent };
  return goOn(scene, { set, ...(body !== '' && { say: [{ phrase: 'gotBody' }] }) });
}

/** "I'd like to leave a message" is no message yet; "tell her I'm ill" is, and so is "I'm running late". */
function holdsMore(scene: Scene, heard: Heard): boolean {
  if (heard.intents.has('late')) return true;
  const without = heard.plain
    .replace(scene.language.hear.message, ' ')
    .replace(plain(heard.introduced ?? ''), ' ')
    .replace(/\d+/g, ' ');
  return contentOf(scene, without) >= (heard.intents.has('relay') ? 1 : 3);
}

function hearBody(scene: Scene, heard: Heard): Part {
  const none = heard.intents.has('decline') || (heard.answer === 'no' && heard.wordCount <= 3);
  const body = none ? scene.language.phrases.callbackBody[0] : clip(heard.text, longestBody);
  const urgent = urgentIn(heard) ?? scene.state.urgent;
  return { set: { body, urgent }, say: [{ phrase: 'gotBody' }] };
}

function addition(scene: Scene, heard: Heard): Part {
  if (scene.state.body === '' || !isTale(scene.state, heard)) return {};
  return { set: { body: clip(`${scene.state.body} ${heard.text}`, longestBody) }, say: [{ phrase: 'gotBody' }] };
}

function save(scene: Scene): Part {
  const { name, callback, body, urgent } = scene.state;
  const input = { name, callback, body, urgent: urgent ?? false };
  return { say: [{ phrase: 'oneMoment' }], ask: null, use: { tool: 'take-message', input } };
}

function saved(scene: Scene): Part {
  const phrase = scene.state.urgent === true ? 'messageSavedUrgent' : 'messageSaved';
  const words = { name: scene.state.name ?? '', business: scene.briefing.business };
  const { body, urgent } = scene.state;
  return {
    // The words stay for the summary of the call.
    set: {
      ...taskOver,
      lastUrgent: urgent === true,
      ...didToo(scene, { what: 'message', about: clip(body, 300) }),
    },
    say: [{ phrase, words }],
    ask: 'more',
  };
}

function failed(scene: Scene): Part {
  const offer = scene.briefing.canTransfer ? 'person' : 'retry';
  return { set: { offer }, say: [{ phrase: 'messageFailed' }], ask: 'offer' };
}
