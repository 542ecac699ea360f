import { takeDigits } from '../details.ts';
import type { Heard } from '../hear/heard.ts';
import { bids, goOn, type Part, type Scene, type Skill } from '../scene.ts';

/** Digits nobody asked for: 9 stands for "no more calls", a whole number for where to call back. */
export default {
  bid: (scene, heard) =>
    heard.keyed || (heard.digits.length >= 7 && heard.wordCount <= 14 && numberIn(scene, heard)) ? bids.guess : 0,
  answer(scene, heard) {
    if (heard.keyed && heard.digits === '9') return { set: { offer: 'stop-calling' }, ask: 'offer' };
    const number = numberIn(scene, heard);
    if (!number) return { say: [{ phrase: 'keyUnknown' }] };
    if (scene.state.task !== null) return goOn(scene, number);
    return { set: { ...number.set, offer: 'message' }, say: [{ phrase: 'allRight' }], ask: 'offer' };
  },
} satisfies Skill;

/** The change to the state when the digits are a whole telephone number. */
function numberIn(scene: Scene, { digits }: Heard): Part | undefined {
  const part = takeDigits(scene, digits, '');
  return typeof part.set?.callback === 'string' ? part : undefined;
}
