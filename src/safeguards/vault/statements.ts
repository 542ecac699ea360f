import type { DatabaseSync } from 'node:sqlite';
import type { Id } from '#base';
import { bytes, chainFrom, epochFrom, idBytes, number, organisationFrom, rootFrom, text, uuid } from './rows.ts';
import type { Chain, EpochKey, OrganisationKey, Owner, RootRow, RootState } from './rows.ts';
import { listing, reading, writing } from './prepared.ts';

/** What is read from and written to the keystore's tables; writing wants a transaction around it. */
export type Statements = {
  /** The keystore's name; undefined before the first start came to its end. */
  installation(): Id | undefined;
  addInstallation(id: Id): void;
  /** The last time that was believed, in milliseconds; undefined before the first. */
  knownTime(): number | undefined;
  /** Nobody outside contradicts it any more. */
  setKnownTime(at: number): void;
  /** How far the clock was from it when somebody outside told another time, in milliseconds; undefined when nobody has. */
  contradicted(): number | undefined;
  setContradicted(aheadMs: number): void;
  roots(): RootRow[];
  addRoot(row: RootRow): void;
  setRootState(id: Buffer, state: RootState): void;
  retireRoot(id: Buffer, at: number): void;
  deleteRoot(id: Buffer): void;
  organisationKey(organisation: Id): OrganisationKey | undefined;
  addOrganisationKey(row: OrganisationKey): void;
  /** False when the row was changed since: nothing is written then. */
  wrapOrganisationKey(row: OrganisationKey, rootId: Buffer, wrapped: Buffer): boolean;
  /** At most `limit` of those that this root wraps. */
  organisationKeysUnder(rootId: Buffer, limit: number): OrganisationKey[];
  epochKey(parent: OrganisationKey, kind: string, day: string): EpochKey | undefined;
  epochKeysOf(parent: OrganisationKey): EpochKey[];
  addEpochKey(parent: OrganisationKey, row: EpochKey): void;
  wrapEpochKey(id: Buffer, wrapped: Buffer): void;
  chainOf(owner: Owner): Chain | undefined;
  chainById(organisation: Id, id: Buffer): Chain | undefined;
  /** The keys of every slot. */
  chainsOf(owner: Omit<Owner, 'slot'>): Chain[];
  indexKey(parent: OrganisationKey, purpose: string): Buffer | undefined;
  indexKeysOf(parent: OrganisationKey): { readonly purpose: string; readonly wrapped: Buffer }[];
  addIndexKey(parent: OrganisationKey, purpose: string, wrapped: Buffer): void;
  wrapIndexKey(parent: OrganisationKey, purpose: string, wrapped: Buffer): void;
};

/** Prepares every statement once. */
export function prepareStatements(db: DatabaseSync): Statements {
  return {
    ...rootStatements(db),
    ...timeStatements(db),
    ...organisationStatements(db),
    ...epochStatements(db),
    ...contentStatements(db),
    ...indexStatements(db),
  };
}

function rootStatements(db: DatabaseSync) {
  const installation = reading(db, 'select id from installation');
  const addInstallation = writing(db, 'insert into installation (one, id) values (1, ?)');
  const all = listing(db, 'select id, state, provider, made_at, retired_at, sentinel, seed from roots');
  const add = writing(
    db,
    'insert into roots (id, state, provider, made_at, retired_at, sentinel, seed) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const state = writing(db, 'update roots set state = ? where id = ?');
  const retire = writing(db, "update roots set state = 'retired', retired_at = ?, seed = null where id = ?");
  const remove = writing(db, 'delete from roots where id = ?');
  return {
    installation() {
      const row = installation();
      return row && text(row, 'id');
    },
    addInstallation: (id) => void addInstallation(id),
    roots: () => all().map(rootFrom),
    addRoot: ({ id, state: given, provider, madeAt, retiredAt, sentinel, seed }) =>
      void add(id, given, provider, madeAt ?? null, retiredAt ?? null, sentinel, seed ?? null),
    setRootState: (id, given) => void state(given, id),
    retireRoot: (id, at) => void retire(at, id),
    deleteRoot: (id) => void remove(id),
  } satisfies Partial<Statements>;
}

function timeStatements(db: DatabaseSync) {
  const find = reading(db, 'select at, contradicted from known_time');
  const set = writing(
    db,
    'insert into known_time (one, at) values (1, ?) on conflict (one) do update set at = excluded.at, contradicted = null',
  );
  const contradict = writing(db, 'update known_time set contradicted = ?');
  return {
    knownTime() {
      const row = find();
      return row && number(row, 'at');
    },
    setKnownTime: (at) => void set(Math.round(at)),
    contradicted() {
      const row = find();
      return row && number(row, 'contradicted');
    },
    setContradicted: (aheadMs) => void contradict(Math.round(aheadMs)),
  } satisfies Partial<Statements>;
}

function organisationStatements(db: DatabaseSync) {
  const find = reading(
    db,
    "select id, root_id, wrapped from organisation_keys where organisation = ? and wrapped <> x''",
  );
  const add = writing(db, 'insert into organisation_keys (id, organisation, root_id, wrapped) values (?, ?, ?, ?)');
  const wrap = writing(db, 'update organisation_keys set root_id = ?, wrapped = ? where id = ? and wrapped = ?');
  const under = listing(
    db,
    "select id, organisation, root_id, wrapped from organisation_keys where root_id = ? and wrapped <> x'' limit ?",
  );
  return {
    organisationKey: (id) => organisationFrom(id, find(idBytes(id))),
    addOrganisationKey: (row) => void add(row.id, idBytes(row.organisation), row.rootId, row.wrapped),
    wrapOrganisationKey: (row, rootId, wrapped) => wrap(rootId, wrapped, row.id, row.wrapped) === 1,
    organisationKeysUnder: (rootId, limit) =>
      under(rootId, limit).flatMap((row) => organisationFrom(uuid(bytes(row, 'organisation')), row) ?? []),
  } satisfies Partial<Statements>;
}

function epochStatements(db: DatabaseSync) {
  const find = reading(
    db,
    "select id, wrapped from epoch_keys where organisation_key_id = ? and kind = ? and day = ? and wrapped <> x''",
  );
  const all = listing(
    db,
    "select id, kind, day, wrapped from epoch_keys where organisation_key_id = ? and wrapped <> x''",
  );
  const add = writing(
    db,
    'insert into epoch_keys (id, organisation_key_id, kind, day, wrapped) values (?, ?, ?, ?, ?)',
  );
  const wrap = writing(db, 'update epoch_keys set wrapped = ? where id = ?');
  return {
    epochKey: (parent, kind, day) => epochFrom(kind, day, find(parent.id, kind, day)),
    epochKeysOf: (parent) => all(parent.id).flatMap((row) => epochFrom(text(row, 'kind'), text(row, 'day'), row) ?? []),
    addEpochKey: (parent, row) => void add(row.id, parent.id, row.kind, row.day, row.wrapped),
    wrapEpochKey: (id, wrapped) => void wrap(wrapped, id),
  } satisfies Partial<Statements>;
}

function contentStatements(db: DatabaseSync) {
  const chain = `
    select o.id as o_id, o.root_id as o_root, o.wrapped as o_wrapped, e.id as e_id, e.kind, e.day, e.wrapped as e_wrapped,
      c.id as c_id, c.subject, c.slot, c.wrapped as c_wrapped
    from content_keys c
    join epoch_keys e on e.id = c.epoch_key_id and e.kind = c.kind and e.wrapped <> x''
    join organisation_keys o on o.id = e.organisation_key_id and o.organisation = c.organisation and o.wrapped <> x''`;
  const ofSubject = 'where c.organisation = ? and c.kind = ? and c.subject = ?';
  const chainOf = reading(db, `${chain} ${ofSubject} and c.slot = ?`);
  const chainById = reading(db, `${chain} where c.organisation = ? and c.id = ?`);
  const chainsOf = listing(db, `${chain} ${ofSubject}`);
  return {
    chainOf: (owner) => chainFrom(owner.organisation, chainOf(...ownerValues(owner), owner.slot)),
    chainById: (organisation, id) => chainFrom(organisation, chainById(idBytes(organisation), id)),
    chainsOf: (owner) => chainsOf(...ownerValues(owner)).flatMap((row) => chainFrom(owner.organisation, row) ?? []),
  } satisfies Partial<Statements>;
}

function indexStatements(db: DatabaseSync) {
  const find = reading(db, 'select wrapped from index_keys where organisation_key_id = ? and purpose = ?');
  const all = listing(db, 'select purpose, wrapped from index_keys where organisation_key_id = ?');
  const add = writing(db, 'insert into index_keys (organisation_key_id, purpose, wrapped) values (?, ?, ?)');
  const wrap = writing(db, 'update index_keys set wrapped = ? where organisation_key_id = ? and purpose = ?');
  return {
    indexKey(parent, purpose) {
      const row = find(parent.id, purpose);
      return row && bytes(row, 'wrapped');
    },
    indexKeysOf: (parent) =>
      all(parent.id).map((row) => ({ purpose: text(row, 'purpose'), wrapped: bytes(row, 'wrapped') })),
    addIndexKey: (parent, purpose, wrapped) => void add(parent.id, purpose, wrapped),
    wrapIndexKey: (parent, purpose, wrapped) => void wrap(wrapped, parent.id, purpose),
  } satisfies Partial<Statements>;
}

function ownerValues(owner: Omit<Owner, 'slot'>): [Buffer, string, Buffer] {
  return [idBytes(owner.organisation), owner.kind, idBytes(owner.subject)];
}
