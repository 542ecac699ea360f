import type { Debrief, Turn } from '../../model.ts';
import { isoMinute, whenWords } from './clock.ts';
import { spokenTag } from './hear/which-language.ts';
import { fill, type PhraseKey } from './phrases.ts';
import { sceneOf } from './react.ts';
import type { Cast, Scene } from './scene.ts';
import { clip, type Done } from './state.ts';

type What = Done['what'] | 'abandoned' | 'nothing';

/** Outcomes by what they weigh: the first that happened is the outcome of the call. */
const outcomes: readonly (readonly [What, Debrief['outcome'], PhraseKey])[] = [
  ['stopped', 'do-not-contact', 'sumStopped'],
  ['booked', 'appointment-booked', 'sumBooked'],
  ['moved', 'appointment-moved', 'sumMoved'],
  ['cancelled', 'appointment-cancelled', 'sumCancelled'],
  ['message', 'message-taken', 'sumMessage'],
  ['transferred', 'transferred', 'sumTransferred'],
  ['answered', 'question-answered', 'sumAnswered'],
  ['abandoned', 'abandoned', 'sumAbandoned'],
  ['nothing', 'nothing-needed', 'sumNothing'],
];

const wantsSomething: ReadonlySet<What> = new Set<What>(['booked', 'message', 'moved']);

/** What a call came to, read from the state alone. */
export function debriefOf(cast: Cast, turn: Pick<Turn, 'state' | 'briefing' | 'now'>): Debrief {
  const scene = sceneOf(cast, turn);
  const { name, callback, callbackSure, language: id } = scene.state;
  const [what, outcome] = outcomes.find(([one]) => happened(scene, one)) ?? outcomes.at(-1)!;
  const last = lastOf(scene, what);
  const reason = about(scene, last);
  const extraction = {
    ...(name !== null && { name }),
    ...(callback !== null && callbackSure && { callback }),
    ...(reason !== '' && { reason }),
    ...(last?.at !== undefined && what !== 'cancelled' && { appointmentAt: isoMinute(last.at) }),
    ...(scene.state.lastUrgent !== null && { urgent: scene.state.lastUrgent }),
    language: spokenTag(scene.language, scene.briefing.language) || id,
  };
  return { outcome, summary: summary(scene, what), extraction, isLead: isLead(scene, what) };
}

function happened(scene: Scene, what: What): boolean {
  if (what === 'abandoned') return isAbandoned(scene);
  return what === 'nothing' || scene.state.done.some((one) => one.what === what);
}

/** Something was begun and not brought to an end, or nobody ever spoke. */
function isAbandoned({ state }: Scene): boolean {
  return state.task !== null || state.body !== '' || !state.spoke;
}

function isLead(scene: Scene, what: What): boolean {
  const begun =
    what === 'abandoned' &&
    (scene.state.task === 'booking' || scene.state.task === 'message' || scene.state.body !== '');
  return !scene.state.leaveAlone && (begun || wantsSomething.has(what));
}

function lastOf({ state }: Scene, what: What): Done | undefined {
  return state.done.findLast((one) => one.what === what);
}

function about({ state }: Scene, done: Done | undefined): string {
  const other = state.done.findLast((one) => one.about !== undefined && one.about !== '');
  return clip(done?.about || state.reason || state.body || other?.about || '', 300);
}

/** Everything that came of the call, weightiest first; what led to nothing only when nothing else did. */
function summary(scene: Scene, outcome: What): string {
  const { phrases } = scene.language;
  const { callback, callbackSure, lastUrgent } = scene.state;
  const told = outcomes.filter(([what]) => what === outcome || (settled.has(what) && happened(scene, what)));
  const hasMessage = told.some(([what]) => what === 'message');
  const number = callback !== null && callbackSure ? fill(phrases.sumCallback[0], { number: callback }) : '';
  const sentences = [
    ...told.map(([what, , phrase]) => sentence(scene, what, phrase)),
    lastUrgent === true && hasMessage ? phrases.sumUrgent[0] : '',
    isLead(scene, outcome) ? number || phrases.sumNoCallback[0] : '',
  ];
  return sentences.filter((one) => one !== '').join(' ');
}

const settled: ReadonlySet<What> = new Set<What>(['stopped', 'booked', 'moved', 'cancelled', 'message', 'transferred']);

function sentence(scene: Scene, what: What, phrase: PhraseKey): string {
  const { phrases, speak } = scene.language;
  const last = lastOf(scene, what);
  const reason = about(scene, last).replace(/[.\s]+$/u, '');
  const when = last?.at === undefined ? {} : whenWords(scene, last.at);
  return speak.smooth(
    fill(phrases[phrase][0], { who: scene.state.name ?? phrases.sumSomeone[0], ...when, reason, body: reason }),
  );
}
