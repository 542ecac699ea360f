import { iso } from '#base';
import type { EraseCtx, Found, LockedErasure } from './erasure.ts';

/** Counts of one store before and after, and how what was there ended. */
export type StoreCount = {
  readonly store: string;
  readonly before: number;
  readonly after: number;
  readonly method: string;
};

/** Something that stays, why, and until when: an instant, or what has to happen. */
export type Kept = { readonly what: string; readonly why: string; readonly until: string };

/** When something could no longer be had, or null and why that cannot be said. */
export type Moment = { readonly at: string | null; readonly how: string };

/** The three times that are not the same, and are often sold as one. */
export type Times = {
  readonly unreadableToProduct: Moment;
  readonly unrecoverableFromLiveFiles: Moment;
  readonly unrecoverableFromBackups: Moment;
};

const dayMs = 86_400_000;
/** Answers to repeated requests are kept for a day, and so is the key of each day beyond its end. */
const repeatKeyMs = 2 * dayMs;

/** One line for each table, and for every other place that has or could have had something. */
export function storesOf({ rows = {}, after = {}, objects = 0 }: Found): StoreCount[] {
  const tables = Object.entries(rows)
    .filter(([table]) => table !== 'repeats')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([table, before]) => ({
      store: `table app.${table}`,
      before,
      after: after[table] ?? 0,
      method: 'keys destroyed, rows deleted, counted again',
    }));
  const without = (store: string, why: string) => ({ store, before: 0, after: 0, method: why });
  return [
    ...tables,
    {
      store: 'table app.repeats',
      before: rows['repeats'] ?? 0,
      after: 0,
      method: 'answers kept for repeated requests that told of it were emptied',
    },
    { store: 'object store', before: objects, after: 0, method: 'keys destroyed, objects deleted, listed again' },
    without('outbox and mail log', 'mails hold nothing of callers'),
    without('logs', 'logs hold nothing personal'),
    without('caches', 'nothing of a call is kept in memory once it has ended'),
  ];
}

export function timesOf({ config }: Pick<EraseCtx, 'config'>, { unreadableAt, erasedAt, found }: LockedErasure): Times {
  const unreadable = unreadableAt ?? erasedAt!;
  return {
    unreadableToProduct: {
      at: iso(unreadable),
      how: 'its keys were destroyed: no read that begins from then on opens it',
    },
    unrecoverableFromLiveFiles: liveFiles(unreadable, erasedAt!, (found.rows?.['repeats'] ?? 0) > 0),
    unrecoverableFromBackups: backups(unreadable, config.keystoreBackupDays),
  };
}

/** Keyed hashes, times and fixed words lie open in PostgreSQL's files for a while; what was said and who it was does not. */
function liveFiles(unreadable: number, erased: number, hadRepeats: boolean): Moment {
  const rest =
    'deleted rows without their keys, with keyed hashes, times and fixed words, lie in the files of PostgreSQL, its statistics included, until it uses the space again';
  if (!hadRepeats) return { at: iso(unreadable), how: `its keys are overwritten in the keystore; ${rest}` };
  const end = (Math.floor(erased / dayMs) + 1) * dayMs - dayMs + repeatKeyMs;
  return {
    at: iso(end),
    how: `its keys are overwritten in the keystore; answers to repeated requests are under the key of their day, which is destroyed by then; ${rest}`,
  };
}

function backups(unreadable: number, days: number | undefined): Moment {
  if (days === undefined)
    return {
      at: null,
      how: 'nobody has said how long backups of the keystore are kept (SOTTO_KEYSTORE_BACKUP_DAYS)',
    };
  return {
    at: iso(unreadable + days * dayMs),
    how: `backups of the keystore are kept for ${days} days, as whoever runs the installation says; backups of the database alone open nothing`,
  };
}

/** What stays here, and why. */
export function keptOf({ scope }: Pick<LockedErasure, 'scope'>): Kept[] {
  if (scope === 'person') return [kept.hash, kept.audit, kept.request, kept.processors];
  if (scope === 'call') return [kept.audit, kept.request, kept.processors];
  return [kept.organisation, kept.audit, kept.request, { ...kept.processors, until: untilInstallation }];
}

const untilAccount = 'the account is erased';
const untilInstallation = 'the installation ends';

const kept = {
  hash: {
    what: 'a keyed hash of the number in the list of those who must not be contacted',
    why: 'so that an erased person is not called again (47 CFR 64.1200(d)(6))',
    until: untilAccount,
  },
  audit: {
    what: 'entries of the audit log: ids, times and fixed words',
    why: 'so that what was done can be shown; they hold nothing personal',
    until: untilInstallation,
  },
  request: {
    what: 'the request, with the ids of what was erased',
    why: 'so that it can be seen that nothing of it comes back, from a backup for instance',
    until: untilInstallation,
  },
  processors: {
    what: 'what processors had to delete: their names for it, times, and what they answered',
    why: 'so that it can be shown that they were asked',
    until: untilAccount,
  },
  organisation: {
    what: 'a row of the organisation without its name: its id, its kind and times',
    why: 'because entries of the audit log belong to it',
    until: untilInstallation,
  },
} as const satisfies Readonly<Record<string, Kept>>;

/** What could not be reached, or not yet, named. */
export function residueOf(
  { scope, found: { left = [], shared = [] } }: Pick<LockedErasure, 'scope' | 'found'>,
  state: 'interim' | 'final',
): string[] {
  if (scope === 'organisation') return state === 'final' ? [] : [credentials];
  const words = left.map(
    ({ call }) => `words in call ${call}, which came from another number and is not the person's own`,
  );
  const keys = shared.map((key) => `key ${key} lives on: something that stays is sealed under it as well`);
  return scope === 'person' ? [...words, ...keys, ...unsearched] : [...words, ...keys];
}

const credentials =
  'what providers are asked with, its keys included, stays until they have answered or were given up: it says nothing of callers';

const unsearched = [
  'what others may have said of the person in calls of their own was not searched: it is sealed, and theirs',
  'calls that another system of the business has taken over keep the last four figures of a number, sealed, until their time is over; no number finds them',
];
