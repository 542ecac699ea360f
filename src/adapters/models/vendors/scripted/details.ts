import { homeCountry } from './asks.ts';
import type { Heard } from './hear/heard.ts';
import { corrected } from './hear/corrections.ts';
import { phoneNumber } from './hear/phone.ts';
import { bids, type Part, type Scene } from './scene.ts';
import type { Ask, State } from './state.ts';

/** Who it is and where to reach them: asked in the same way by every task that needs it. */

/** The next detail that is missing; undefined when all is known or declined. */
export function missingDetail(state: State): Ask | undefined {
  if (state.name === null && !state.declined.includes('name')) return 'name';
  if (state.declined.includes('number') || (state.callback !== null && state.callbackSure)) return undefined;
  if (state.callback !== null) return 'confirm-number';
  const ownPossible = state.caller !== null && !state.declined.includes('own-number') && state.digits === '';
  return ownPossible ? 'own-number' : 'number';
}

/** How well words answer the open question for a detail. */
export function detailBid(scene: Scene, heard: Heard): number {
  const answer = scene.state.ask === null ? undefined : answers[scene.state.ask]?.(scene, heard);
  return answer === undefined ? 0 : bids.fitting;
}

/** What the answer changes; undefined when the words are none. */
export function hearDetail(scene: Scene, heard: Heard): Part | undefined {
  return scene.state.ask === null ? undefined : answers[scene.state.ask]?.(scene, heard);
}

/** A number said or keyed, put together with what came before. */
export function takeDigits(scene: Scene, digits: string, before = scene.state.digits): Part {
  const country = homeCountry(scene);
  const alone = phoneNumber(digits, country);
  const joined = alone.complete ? alone : phoneNumber(`${before}${digits}`.slice(0, 40), country);
  if (joined.complete) return { set: { callback: joined.number, callbackSure: false, digits: '' } };
  if (!joined.tooLong) return { set: { digits: joined.number, callback: null } };
  // Too long together: the caller began anew, or it is no telephone number at all.
  const anew = alone.tooLong ? '' : alone.number;
  return { set: { digits: anew, callback: null }, ...(alone.tooLong && { say: [{ phrase: 'numberTooLong' }] }) };
}

/** "That's all" after so many digits: a number of a kind we do not know. */
const shortest = 7;

type Answer = (scene: Scene, heard: Heard) => Part | undefined;

const answers: Partial<Record<Ask, Answer>> = {
  'name': hearName,
  'own-number': hearOwnNumber,
  'number': hearNumber,
  'confirm-number': hearConfirmation,
};

function hearName(scene: Scene, heard: Heard): Part | undefined {
  const declined = heard.intents.has('decline') || (heard.answer === 'no' && heard.wordCount <= 3);
  if (declined && heard.introduced === undefined) {
    return { set: { declined: [...scene.state.declined, 'name'] }, say: [{ phrase: 'skipName' }] };
  }
  const name = heard.introduced ?? heard.asName;
  return name === undefined ? undefined : { set: { name }, say: [{ phrase: 'gotName', words: { name } }] };
}

function hearOwnNumber(scene: Scene, heard: Heard): Part | undefined {
  if (heard.digits.length >= 3) return takeDigits(scene, heard.digits, '');
  if (heard.intents.has('decline') && heard.answer !== 'yes') return skipNumber(scene);
  if (heard.answer === 'no') return { set: { declined: [...scene.state.declined, 'own-number'] } };
  if (heard.answer === 'yes' || heard.intents.has('ownNumber')) return ownNumber(scene);
  return undefined;
}

function hearNumber(scene: Scene, heard: Heard): Part | undefined {
  if (heard.digits !== '') return hearMoreDigits(scene, heard);
  if (heard.intents.has('ownNumber')) {
    return scene.state.caller === null ? { say: [{ phrase: 'noOwnNumber' }] } : ownNumber(scene);
  }
  const finished = heard.intents.has('nothingElse') || heard.answer === 'yes';
  if (finished && scene.state.digits.length >= shortest) {
    return { set: { callback: scene.state.digits, callbackSure: false, digits: '' } };
  }
  if (heard.intents.has('decline')) return skipNumber(scene);
  if (heard.answer !== 'no') return undefined;
  return scene.state.digits === '' ? skipNumber(scene) : { set: { digits: '' }, say: [{ phrase: 'numberAgain' }] };
}

/** The next digits, the area code that belongs before them, or a correction of those before. */
function hearMoreDigits(scene: Scene, heard: Heard): Part {
  const { digits } = scene.state;
  if (digits !== '' && heard.answer === 'no') return hearCorrection(scene, heard, digits);
  const area = digits !== '' && heard.intents.has('headCorrection');
  return area ? takeDigits(scene, digits, heard.digits) : takeDigits(scene, heard.digits);
}

function hearConfirmation(scene: Scene, heard: Heard): Part | undefined {
  const pressed = heard.keyed && heard.answer !== undefined;
  if (heard.digits !== '' && !pressed) return hearCorrection(scene, heard, scene.state.callback ?? '');
  if (heard.answer === 'yes') return { set: { callbackSure: true } };
  if (heard.intents.has('ownNumber') && scene.state.caller !== null) return ownNumber(scene);
  if (heard.intents.has('decline')) return skipNumber(scene);
  if (heard.answer === 'no')
    return {
      set: { callback: null, digits: '', declined: [...scene.state.declined, 'own-number'] },
      say: [{ phrase: 'numberAgain' }],
    };
  return undefined;
}

function hearCorrection(scene: Scene, heard: Heard, number: string): Part {
  const fixed = corrected(number, heard, scene.language, homeCountry(scene));
  if (fixed !== undefined) return takeDigits(scene, fixed, '');
  return { set: { callback: null, digits: '' }, say: [{ phrase: 'numberAgain' }] };
}

function ownNumber(scene: Scene): Part {
  return { set: { callback: scene.state.caller, callbackSure: true, digits: '' }, say: [{ phrase: 'allRight' }] };
}

function skipNumber(scene: Scene): Part {
  return {
    set: { declined: [...scene.state.declined, 'number'], callback: null, digits: '' },
    say: [{ phrase: 'skipNumber' }],
  };
}
