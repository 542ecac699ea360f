import type { AnswerOf } from '../api/client.ts';

type Told = AnswerOf<'GET /api/v1/keeping'>;

export type Days = Told['days'];
export type Kind = keyof Days;

/** One of the usual times, or days of one's own; a field that holds no number yet is undefined. */
export type Keeping = {
  readonly preset: Told['preset'];
  readonly days: { readonly [K in Kind]: Days[K] | undefined };
  readonly afterHandOverMinutes: number | null;
};

type Usual = { readonly days: Days; readonly afterHandOverMinutes: number | null };

/** What each of the usual settings is, as the server has it. */
export const usual: Readonly<Record<Exclude<Told['preset'], 'custom'>, Usual>> = {
  'standard': lasting({
    recordings: 90,
    calls: 90,
    messages: 90,
    people: 90,
    leads: 'account',
    appointments: 'account',
  }),
  'short': lasting({ recordings: 30, calls: 30, messages: 30, people: 30, leads: 'account', appointments: 'account' }),
  'minimal': lasting({ recordings: 7, calls: 7, messages: 7, people: 7, leads: 30, appointments: 30 }),
  'account-life': lasting({
    recordings: 90,
    calls: 90,
    messages: 90,
    people: 'account',
    leads: 'account',
    appointments: 'account',
  }),
  'sync-and-purge': {
    days: { recordings: 30, calls: 30, messages: 30, people: 30, leads: 30, appointments: 30 },
    afterHandOverMinutes: 5,
  },
};

function lasting(days: Days): Usual {
  return { days, afterHandOverMinutes: null };
}

export const kinds = [
  'calls',
  'recordings',
  'messages',
  'people',
  'leads',
  'appointments',
] as const satisfies readonly Kind[];

/** What may be kept as long as the account. */
export const longer: ReadonlySet<Kind> = new Set<Kind>(['people', 'leads', 'appointments']);

export const mostDays = 3_650;

/** The days that were filled in, when they are whole and in bounds. */
export function wholeDays({ days }: Keeping): Days | undefined {
  return isFilled(days) ? days : undefined;
}

function isFilled(days: Keeping['days']): days is Days {
  return kinds.every((kind) => days[kind] === 'account' || isWhole(days[kind]));
}

export function isWhole(value: number | 'account' | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostDays;
}
