import type { Json, ToolUse, TurnReply } from '../../model.ts';
import { questions } from './asks.ts';
import { spokenTag } from './hear/which-language.ts';
import { fill, type Line, type PhraseKey } from './phrases.ts';
import { changed, type Part, type Scene } from './scene.ts';
import { clip, remember, usesOf, type State } from './state.ts';

/** Words about the talk itself: nobody wants them repeated when they ask to say it again. */
const passing: ReadonlySet<PhraseKey> = new Set<PhraseKey>([
  'notUnderstood',
  'notUnderstoodAgain',
  'stillThere',
  'silenceHelp',
  'again',
  'takeYourTime',
  'imHere',
  'lineBack',
  'stillWorking',
  'sorryAnger',
  'calmAnger',
  'profanity',
  'whichOffer',
]);

/** Turns what a skill decided into words, the next state and the tool to run. */
export function replyOf(before: Scene, part: Part): TurnReply {
  const scene = changed(before, part.set ?? {});
  const use: ToolUse | undefined = part.end ? { tool: 'end-call', input: {} } : part.use;
  const ask = part.ask === undefined ? (scene.state.ask ?? 'more') : part.ask;
  const puts = ask !== null && use === undefined && part.quiet !== true;
  const question = puts ? questions[ask] : undefined;
  const lines = [...(part.say ?? []), ...(question ? [question.words(changed(scene, { ask }))] : [])];
  const spoken = lines
    .map((line, at) => ({ line, text: worded(scene, line, lines.slice(0, at)) }))
    .filter(({ text }) => text !== '');
  const say = withoutEcho(
    scene,
    spoken.map(({ text }) => text),
  );
  const gist = spoken
    .filter(({ line }) => !passing.has(line.phrase))
    .map(({ text }) => text)
    .join(' ');
  const state: State = {
    ...scene.state,
    ask: part.end ? null : ask,
    // What an offer was about is forgotten with the offer.
    ...(scene.state.task === null && ask !== 'offer' && !use && { body: '', offer: null }),
    tries: ask === before.state.ask ? scene.state.tries : 0,
    pending: pendingWith(scene.state.pending, use),
    waits: use === undefined ? scene.state.waits : 0,
    recent: remember(
      scene.state.recent,
      lines.map(({ phrase }) => phrase),
    ),
    said: clip(say.join(' '), 1_500),
    gist: gist === '' ? scene.state.gist : clip(gist, 1_500),
  };
  const digits = ask !== null && questions[ask].digits === true && use === undefined;
  return {
    state: state as unknown as Json,
    say,
    language: spokenTag(scene.language, scene.briefing.language),
    expect: digits ? 'digits' : 'speech',
    ...(use && { use }),
  };
}

/** The next wording of a phrase that was used lately, also when it was used a moment ago in the same reply. */
function worded(scene: Scene, line: Line, before: readonly Line[]): string {
  const wordings = scene.language.phrases[line.phrase];
  const used = usesOf(scene.state.recent, line.phrase) + before.filter(({ phrase }) => phrase === line.phrase).length;
  return scene.language.speak.smooth(fill(wordings[used % wordings.length] ?? wordings[0], line.words));
}

/** The very same words twice running sound broken: the second time they are introduced as a repetition. */
function withoutEcho(scene: Scene, say: readonly string[]): readonly string[] {
  if (say.length === 0 || clip(say.join(' '), 1_500) !== scene.state.said) return say;
  const leads = scene.language.phrases.againLead;
  return [leads[scene.state.recent.length % leads.length] ?? leads[0], ...say];
}

function pendingWith(pending: readonly string[], use: ToolUse | undefined): string[] {
  return use === undefined || use.tool === 'end-call' ? [...pending] : [...pending, use.tool].slice(-4);
}
