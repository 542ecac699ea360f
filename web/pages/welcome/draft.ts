import type { Given } from '../../api/client.ts';
import { officeHours, wrongDays, type Hours } from '../../parts/hours-editor.tsx';
import { usual, type Keeping } from '../../parts/keeping-times.ts';
import type { Place } from '../../parts/place-fields.tsx';
import type { Purpose } from '../../parts/purposes-choice.tsx';
import { guessPlace } from '../../parts/regions.ts';

export type Body = Given<'POST /api/v1/first-run'>['body'];

/** What was filled in so far. It stays in this page alone: nothing of it is stored in the browser. */
export type Draft = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly code: string;
  readonly business: string;
  readonly place: Place;
  readonly hours: Hours;
  readonly purposes: readonly Purpose[];
  readonly keeping: Keeping;
};

export type Change = (part: Partial<Draft>) => void;

export function newDraft(): Draft {
  return {
    name: '',
    email: '',
    password: '',
    code: '',
    business: '',
    place: guessPlace(),
    hours: officeHours,
    purposes: ['messages', 'appointments', 'leads'],
    keeping: { preset: 'standard', ...usual.standard },
  };
}

/** The fields of each step, and what of them is still missing. */
export type Field = 'name' | 'email' | 'password' | 'code' | 'business' | 'hours';

export function missingIn(step: number, draft: Draft, needsCode: boolean): readonly Field[] {
  const all: readonly (readonly (readonly [Field, boolean])[])[] = [
    [
      ['code', !needsCode || draft.code.trim() !== ''],
      ['name', draft.name.trim() !== ''],
      ['email', /^\S+@\S+\.\S+$/.test(draft.email.trim())],
      ['password', Array.from(draft.password).length >= 12],
    ],
    [
      ['business', draft.business.trim() !== ''],
      ['hours', wrongDays(draft.hours).length === 0],
    ],
  ];
  return (all[step] ?? []).filter(([, isThere]) => !isThere).map(([field]) => field);
}

/** The step that an address names, or the one before it where something is missing: after a reload nothing is filled in. */
export function stepAt(named: string | undefined, draft: Draft, needsCode: boolean): number {
  const step = named === '3' ? 2 : named === '2' ? 1 : 0;
  return [0, 1].slice(0, step).find((one) => missingIn(one, draft, needsCode).length > 0) ?? step;
}

/** As the API takes it. */
export function bodyOf(draft: Draft, needsCode: boolean): Body {
  return {
    email: draft.email.trim(),
    name: draft.name.trim(),
    password: draft.password,
    ...(needsCode && { code: draft.code.trim() }),
    organisation: { name: draft.business.trim(), ...draft.place },
    hours: draft.hours,
    purposes: draft.purposes,
    keeping: { preset: draft.keeping.preset === 'custom' ? 'standard' : draft.keeping.preset },
  };
}

/** The step on which something that the server refused can be mended. */
export function stepOf(code: string, at: string | undefined): number {
  if (code === 'first-run-code-wrong' || code === 'sign-in-paused') return 0;
  if (code !== 'input-invalid' || at === undefined) return 2;
  return /^\/(email|name|password|code)/.test(at) ? 0 : 1;
}
