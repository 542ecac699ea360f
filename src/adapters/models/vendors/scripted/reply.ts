import type { ToolUse, TurnReply } from '../../model.ts';
import { questions } from './asks.ts';
import { spokenTag } from './hear/which-language.ts';
import { fill, type Line, type PhraseKey } from './phrases.ts';
import { changed, type Part, type Scene } from './scene.ts';
import { clip, remember, usesOf, type State } from './state.ts';

/** Of one reply, as much as the state keeps. */
const longest = 1_500;

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
  'gotName',
  'gotBody',
  'allRight',
  'hello',
]);

/** Turns what a skill decided into words, the next state and the tool to run. */
export function replyOf(before: Scene, part: Part): TurnReply {
  const scene = changed(before, part.set ?? {});
  const use: ToolUse | undefined = part.end ? { tool: 'end-call', input: {} } : part.use;
  const ask = askAfter(scene, part);
  const puts = ask !== null && use === undefined;
  const question = puts && part.quiet !== true ? [questions[ask].words(changed(scene, { ask }))] : [];
  const spoken = spokenOf(scene, [...(part.say ?? []), ...question]);
  const say = withoutEcho(
    scene,
    Array.from(spoken, ({ text }) => text),
  );
  const tries = ask === before.state.ask ? scene.state.tries : 0;
  return {
    state: { ...scene.state, ...memoryOf(scene, spoken, say), ...afterwards(scene, ask, use), tries },
    say,
    language: spokenTag(scene.language, scene.briefing.language),
    expect: puts && questions[ask].digits === true ? 'digits' : 'speech',
    ...(use && { use }),
  };
}

/** The question that is open after the reply. */
function askAfter({ state }: Scene, { ask, end }: Part): State['ask'] {
  if (end) return null;
  return ask === undefined ? (state.ask ?? 'more') : ask;
}

type Spoken = { readonly phrase: PhraseKey; readonly text: string };

/** What is remembered of the words themselves. */
function memoryOf({ state }: Scene, spoken: readonly Spoken[], say: readonly string[]): Partial<State> {
  const gist = spoken.filter(({ phrase }) => !passing.has(phrase)).map(({ text }) => text);
  return {
    recent: remember(
      state.recent,
      spoken.map(({ phrase }) => phrase),
    ),
    said: clip(say.join(' '), longest),
    gist: gist.length === 0 ? state.gist : clip(gist.join(' '), longest),
  };
}

/** What is open after the reply. What an offer was about is forgotten with the offer. */
function afterwards({ state }: Scene, ask: State['ask'], use: ToolUse | undefined): Partial<State> {
  const forgotten = state.task === null && ask !== 'offer' && use === undefined;
  const runs = use !== undefined && use.tool !== 'end-call';
  return {
    ask,
    ...(forgotten && { body: '', offer: null }),
    ...(use && { waits: 0 }),
    pending: runs ? [...state.pending, use.tool].slice(-4) : state.pending,
  };
}

/** The next wording of a phrase that was used lately, also when it was used a moment ago in the same reply. */
function spokenOf({ language, state }: Scene, lines: readonly Line[]): readonly Spoken[] {
  const all = lines.map(({ phrase, words }, at) => {
    const wordings = language.phrases[phrase];
    const used = usesOf(state.recent, phrase) + lines.slice(0, at).filter((one) => one.phrase === phrase).length;
    return { phrase, text: language.speak.smooth(fill(wordings[used % wordings.length] ?? wordings[0], words)) };
  });
  return all.filter(({ text }) => text !== '');
}

/** The very same words twice running sound broken: the second time they are introduced as a repetition. */
function withoutEcho(scene: Scene, say: readonly string[]): readonly string[] {
  if (say.length === 0 || clip(say.join(' '), longest) !== scene.state.said) return say;
  const leads = scene.language.phrases.againLead;
  return [leads[scene.state.recent.length % leads.length] ?? leads[0], ...say];
}
