import type { Sentence } from './claim.ts';
import { dutiesOfPeople } from './duties-of-people.ts';
import { dutiesOfPlace } from './duties-of-place.ts';
import { dutiesOfPrivacy } from './duties-of-privacy.ts';

/**
 * What no program can do, as an instruction to whoever has to: those who run this installation, or the business whose
 * calls it takes. Frameworks point here, so that the same duty is said in the same words.
 */
export const duties = { ...dutiesOfPeople, ...dutiesOfPlace, ...dutiesOfPrivacy } as const satisfies Readonly<
  Record<string, Required<Sentence>>
>;

export type DutyId = keyof typeof duties;
