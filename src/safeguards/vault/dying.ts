import type { DatabaseSync } from 'node:sqlite';
import type { Id } from '#base';
import { listing, reading, writing } from './prepared.ts';
import { bytes, held, idBytes, number, text, uuid, type Owner, type RootState, type Row } from './rows.ts';

const dayMs = 86_400_000;
/** For how long after its day an epoch is left alone whatever its window: what began before midnight goes on after it. */
const graceMs = dayMs;

export type DatedEpoch = {
  readonly id: Buffer;
  readonly organisation: Id;
  readonly kind: string;
  readonly day: string;
};

/** How keys end, beside the one by one of `Statements`; writing wants a transaction around it. */
export type Deaths = {
  setWindow(organisation: Id, kind: string, ms: number | null): void;
  /** Epochs whose time was over by then, by the windows. */
  dueEpochs(nowMs: number, limit: number): DatedEpoch[];
  epochsBefore(kind: string, day: string, limit: number): DatedEpoch[];
  /**
   * Overwrites keys by nothing, so that none below opens: of every epoch of an organisation but those of these kinds; its
   * index keys and windows go. Returns how many keys.
   */
  killEpochs(organisation: Id, except: readonly string[]): number;
  /** The same for the organisation itself, which never gets a key again. Returns how many keys. */
  killOrganisation(organisation: Id): number;
  isEnded(organisation: Id): boolean;
  countContentKeys(owner: Omit<Owner, 'slot'>): number;
  census(): Census[];
  /** Keys of organisations by the state of the root that wraps them. */
  wrappedBy(state: RootState): number;
};

export type Census = {
  readonly organisation: Id;
  readonly kind: string;
  readonly days: number;
  readonly oldest: string | undefined;
  readonly held: number;
  readonly diesAt: number | null;
};

const alive = "e.wrapped <> x'' and o.wrapped <> x''";

export function prepareDeaths(db: DatabaseSync): Deaths {
  return { ...windowStatements(db), ...killing(db), ...counting(db) };
}

function windowStatements(db: DatabaseSync) {
  const set = writing(
    db,
    `insert into windows (organisation, kind, ms) values (?, ?, ?)
     on conflict (organisation, kind) do update set ms = excluded.ms where ms is not excluded.ms`,
  );
  // By index: organisation, kind and a range of days. A held epoch's day is later than every date.
  const due = listing(
    db,
    `select e.id, o.organisation, e.kind, e.day
     from windows w
     join organisation_keys o on o.organisation = w.organisation
     join epoch_keys e on e.organisation_key_id = o.id and e.kind = w.kind
       and e.day <= date((? - w.ms) / 1000, 'unixepoch')
     where w.ms is not null and ${alive} limit ?`,
  );
  const before = listing(
    db,
    `select e.id, o.organisation, e.kind, e.day
     from epoch_keys e join organisation_keys o on o.id = e.organisation_key_id
     where e.kind = ? and e.day < ? and ${alive} limit ?`,
  );
  return {
    setWindow: (organisation, kind, ms) => void set(idBytes(organisation), kind, ms),
    // The day itself counts as over when it ends.
    dueEpochs: (nowMs, limit) => due(nowMs - graceMs - dayMs, limit).map(datedEpoch),
    epochsBefore: (kind, day, limit) => before(kind, day, limit).map(datedEpoch),
  } satisfies Partial<Deaths>;
}

function killing(db: DatabaseSync) {
  const doomed = `
    from epoch_keys e join organisation_keys o on o.id = e.organisation_key_id
    where o.organisation = ?1 and e.wrapped <> x'' and e.kind not in (select value from json_each(?2))`;
  const count = reading(
    db,
    `select (select count(*) ${doomed})
       + (select count(*) from content_keys c where c.epoch_key_id in (select e.id ${doomed}))
       + (select count(*) from index_keys i join organisation_keys o on o.id = i.organisation_key_id
          where o.organisation = ?1) as keys`,
  );
  const epochs = writing(db, `update epoch_keys set wrapped = x'' where id in (select e.id ${doomed})`);
  const indexes = writing(
    db,
    'delete from index_keys where organisation_key_id in (select id from organisation_keys where organisation = ?)',
  );
  const windows = writing(db, 'delete from windows where organisation = ?');
  const organisation = writing(
    db,
    "update organisation_keys set wrapped = x'' where organisation = ? and wrapped <> x''",
  );
  const end = writing(db, 'insert into ended_organisations (organisation) values (?) on conflict do nothing');
  const ended = reading(db, 'select 1 as ended from ended_organisations where organisation = ?');
  return {
    killEpochs(given, except) {
      const values = [idBytes(given), JSON.stringify(except)] as const;
      const keys = numberIn(count(...values), 'keys');
      epochs(...values);
      indexes(values[0]);
      windows(values[0]);
      return keys;
    },
    killOrganisation(given) {
      end(idBytes(given));
      return organisation(idBytes(given));
    },
    isEnded: (given) => ended(idBytes(given)) !== undefined,
  } satisfies Partial<Deaths>;
}

function counting(db: DatabaseSync) {
  const ofSubject = reading(
    db,
    `select count(*) as keys from content_keys c
     join epoch_keys e on e.id = c.epoch_key_id
     join organisation_keys o on o.id = e.organisation_key_id
     where c.organisation = ? and c.kind = ? and c.subject = ? and ${alive}`,
  );
  const census = listing(
    db,
    `select o.organisation, e.kind, count(*) filter (where e.day <> '${held}') as days,
       min(e.day) filter (where e.day <> '${held}') as oldest, w.ms,
       coalesce(sum(case when e.day = '${held}'
         then (select count(*) from content_keys c where c.epoch_key_id = e.id) end), 0) as held
     from epoch_keys e
     join organisation_keys o on o.id = e.organisation_key_id
     left join windows w on w.organisation = o.organisation and w.kind = e.kind
     where ${alive}
     group by o.organisation, e.kind, w.ms order by o.organisation, e.kind`,
  );
  const wrapped = reading(
    db,
    `select count(*) as keys from organisation_keys o join roots r on r.id = o.root_id
     where r.state = ? and o.wrapped <> x''`,
  );
  return {
    wrappedBy: (state) => numberIn(wrapped(state), 'keys'),
    countContentKeys: ({ organisation, kind, subject }) =>
      numberIn(ofSubject(idBytes(organisation), kind, idBytes(subject)), 'keys'),
    census: () => census().map(censusOf),
  } satisfies Partial<Deaths>;
}

function censusOf(row: Row): Census {
  const oldest = row['oldest'] === null ? undefined : text(row, 'oldest');
  const ms = number(row, 'ms');
  return {
    organisation: uuid(bytes(row, 'organisation')),
    kind: text(row, 'kind'),
    days: numberIn(row, 'days'),
    oldest,
    held: numberIn(row, 'held'),
    diesAt: oldest === undefined || ms === undefined ? null : Date.parse(oldest) + dayMs + ms + graceMs,
  };
}

function datedEpoch(row: Row): DatedEpoch {
  return {
    id: bytes(row, 'id'),
    organisation: uuid(bytes(row, 'organisation')),
    kind: text(row, 'kind'),
    day: text(row, 'day'),
  };
}

function numberIn(row: Row | undefined, column: string): number {
  return (row && number(row, column)) ?? 0;
}
