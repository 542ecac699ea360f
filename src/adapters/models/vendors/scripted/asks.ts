import { listOfTimes, whenWords } from './clock.ts';
import { countryOf, ending, readOut } from './hear/phone.ts';
import type { Line, PhraseKey } from './phrases.ts';
import type { Scene } from './scene.ts';
import type { Appointment, Ask, Offer, State } from './state.ts';

/** A question the receptionist can have open. `giveUp` is how the talk goes on when it stays unanswered. */
type Question = {
  readonly words: (scene: Scene) => Line;
  /** The keypad is the easier way to answer. */
  readonly digits?: true;
  readonly giveUp?: { readonly set: (state: State) => Partial<State>; readonly say?: PhraseKey };
};

const offers: Readonly<Record<Offer, PhraseKey>> = {
  'message': 'offerMessage',
  'person': 'offerPerson',
  'person-or-message': 'offerPersonOrMessage',
  'booking-or-message': 'offerBookingOrMessage',
  'stop-calling': 'offerStopCalling',
  'retry': 'offerRetry',
};

/** Every question, in the words of the moment. Asking again takes the next wording. */
export const questions: Readonly<Record<Ask, Question>> = {
  'help': { words: ({ briefing }) => ({ phrase: 'howHelp', words: { business: briefing.business } }) },
  'more': { words: () => ({ phrase: 'anythingElse' }) },
  'offer': { words: ({ state }) => ({ phrase: offers[state.offer ?? 'message'] }) },
  'name': {
    words: () => ({ phrase: 'askName' }),
    giveUp: { set: (state) => ({ declined: [...state.declined, 'name'] }), say: 'skipName' },
  },
  'own-number': {
    words: ({ state }) => ({ phrase: 'askOwnNumber', words: { ending: ending(state.caller ?? '') } }),
    digits: true,
    giveUp: { set: (state) => ({ declined: [...state.declined, 'own-number'] }) },
  },
  'number': {
    words: (scene) =>
      scene.state.digits === ''
        ? { phrase: 'askNumber' }
        : { phrase: 'numberSoFar', words: { number: spokenNumber(scene, scene.state.digits) } },
    digits: true,
    giveUp: { set: (state) => ({ declined: [...state.declined, 'number'], digits: '' }), say: 'skipNumber' },
  },
  'confirm-number': {
    words: (scene) => ({ phrase: 'confirmNumber', words: { number: spokenNumber(scene, scene.state.callback ?? '') } }),
    digits: true,
    giveUp: { set: (state) => ({ declined: [...state.declined, 'number'], callback: null }), say: 'skipNumber' },
  },
  'body': { words: () => ({ phrase: 'askBody' }) },
  'urgent': { words: () => ({ phrase: 'askUrgent' }), giveUp: { set: () => ({ urgent: false }), say: 'allRight' } },
  'when': { words: () => ({ phrase: 'askWhen' }) },
  'pick': {
    words: (scene) => {
      const offered = scene.state.hunt?.offered ?? [];
      const times = listOfTimes(scene, offered, scene.language.speak.or);
      return { phrase: offered.length === 1 ? 'offerOneTime' : 'offerTimes', words: { times } };
    },
  },
  'reason': {
    words: () => ({ phrase: 'askReason' }),
    giveUp: { set: (state) => ({ declined: [...state.declined, 'reason'] }), say: 'allRight' },
  },
  'which': {
    words: (scene) => {
      const times = (scene.state.change?.found ?? []).slice(0, 3).map(({ at }) => at);
      return { phrase: 'askWhich', words: { times: listOfTimes(scene, times, scene.language.speak.and) } };
    },
  },
  'move-or-cancel': { words: (scene) => ({ phrase: 'askMoveOrCancel', words: changeWords(scene) }) },
  'confirm-cancel': { words: (scene) => ({ phrase: 'confirmCancel', words: changeWords(scene) }) },
  'confirm-move': {
    words: (scene) => {
      const chosen = scene.state.hunt?.chosen ?? 0;
      return { phrase: 'confirmMove', words: { ...whenWords(scene, chosen), from: changeWords(scene).when } };
    },
  },
};

/** The appointment a change is about. */
export function subjectOfChange(state: State): Appointment | undefined {
  return state.change?.found?.find(({ id }) => id === state.change?.id);
}

/** A telephone number as it is read out here. */
export function spokenNumber(scene: Scene, number: string): string {
  return readOut(number, homeCountry(scene), scene.language);
}

/** Where numbers without a country code belong. */
export function homeCountry(scene: Scene): string | undefined {
  return countryOf(scene.state.caller ?? undefined, scene.briefing.language);
}

function changeWords(scene: Scene): { readonly when: string; readonly onWhen: string } {
  return whenWords(scene, subjectOfChange(scene.state)?.at ?? 0);
}
