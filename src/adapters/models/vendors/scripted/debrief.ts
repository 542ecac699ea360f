import type { Debrief, Turn } from '../../model.ts';
import { spokenNumber } from './asks.ts';
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
  const [what, outcome, phrase] = outcomes.find(([one]) => happened(scene, one)) ?? outcomes.at(-1)!;
  const last = scene.state.done.findLast((one) => one.what === what);
  const reason = about(scene);
  const extraction = {
    ...(name !== null && { name }),
    ...(callback !== null && callbackSure && { callback }),
    ...(reason !== '' && { reason }),
    ...(last?.at !== undefined && what !== 'cancelled' && { appointmentAt: isoMinute(last.at) }),
    ...(scene.state.lastUrgent !== null && { urgent: scene.state.lastUrgent }),
    language: spokenTag(scene.language, scene.briefing.language) || id,
  };
  return { outcome, summary: summary(scene, what, phrase, last), extraction, isLead: isLead(scene, what) };
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

function about({ state }: Scene): string {
  return clip(state.reason || state.body || state.lastReason, 300);
}

function summary(scene: Scene, what: What, phrase: PhraseKey, last: Done | undefined): string {
  const { phrases } = scene.language;
  const { name, callback, callbackSure, lastUrgent } = scene.state;
  const reason = about(scene).replace(/[.\s]+$/u, '');
  const words = {
    who: name ?? phrases.sumSomeone[0],
    ...(last?.at === undefined ? {} : whenWords(scene, last.at)),
    reason,
    body: reason,
  };
  const sure = callback !== null && callbackSure;
  const number = sure ? fill(phrases.sumCallback[0], { number: spokenNumber(scene, callback) }) : '';
  const matters = isLead(scene, what);
  const sentences = [
    scene.language.speak.smooth(fill(phrases[phrase][0], words)),
    lastUrgent === true && what === 'message' ? phrases.sumUrgent[0] : '',
    matters ? number || phrases.sumNoCallback[0] : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
