import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Id } from '#base';
import { guarded } from './failures.ts';
import { bytes, chainFrom, epochFrom, idBytes, installationFrom, organisationFrom } from './rows.ts';
import type { Chain, EpochKey, Installation, OrganisationKey, Owner, Row } from './rows.ts';

/** What is read from and written to the keystore's tables; writing wants a transaction around it. */
export type Statements = {
  installation(): Installation | undefined;
  addInstallation(row: Installation): void;
  organisationKey(organisation: Id): OrganisationKey | undefined;
  addOrganisationKey(row: OrganisationKey, rootId: Buffer): void;
  epochKey(parent: OrganisationKey, kind: string, day: string): EpochKey | undefined;
  addEpochKey(parent: OrganisationKey, row: EpochKey): void;
  /** Deletes the epochs of that kind before that day, and with them every key below; returns how many epochs. */
  deleteEpochKeys(kind: string, beforeDay: string): number;
  chainOf(owner: Owner): Chain | undefined;
  chainById(organisation: Id, id: Buffer): Chain | undefined;
  /** Deletes the keys of every slot; returns how many there were. */
  deleteContentKeys(owner: Omit<Owner, 'slot'>): number;
  indexKey(parent: OrganisationKey, purpose: string): Buffer | undefined;
  addIndexKey(parent: OrganisationKey, purpose: string, wrapped: Buffer): void;
};

/** Prepares every statement once. */
export function prepareStatements(db: DatabaseSync): Statements {
  return { ...upperStatements(db), ...contentStatements(db), ...indexStatements(db) };
}

function upperStatements(db: DatabaseSync) {
  const installation = reading(
    db,
    `select i.id, r.id as root_id, r.sentinel
     from installation i join roots r on r.state = 'active'`,
  );
  const addInstallation = writing(db, 'insert into installation (one, id) values (1, ?)');
  const addRoot = writing(db, "insert into roots (id, state, sentinel) values (?, 'active', ?)");
  const organisation = reading(db, 'select id, wrapped from organisation_keys where organisation = ?');
  const addOrganisation = writing(
    db,
    'insert into organisation_keys (id, organisation, root_id, wrapped) values (?, ?, ?, ?)',
  );
  const epoch = reading(
    db,
    'select id, wrapped from epoch_keys where organisation_key_id = ? and kind = ? and day = ?',
  );
  const addEpoch = writing(
    db,
    'insert into epoch_keys (id, organisation_key_id, kind, day, wrapped) values (?, ?, ?, ?, ?)',
  );
  const removeEpochs = writing(db, 'delete from epoch_keys where kind = ? and day < ?');
  return {
    installation: () => installationFrom(installation()),
    addInstallation(row) {
      addInstallation(row.id);
      addRoot(row.rootId, row.sentinel);
    },
    organisationKey: (id) => organisationFrom(id, organisation(idBytes(id))),
    addOrganisationKey: (row, rootId) => void addOrganisation(row.id, idBytes(row.organisation), rootId, row.wrapped),
    epochKey: (parent, kind, day) => epochFrom(kind, day, epoch(parent.id, kind, day)),
    addEpochKey: (parent, row) => void addEpoch(row.id, parent.id, row.kind, row.day, row.wrapped),
    deleteEpochKeys: (kind, beforeDay) => removeEpochs(kind, beforeDay),
  } satisfies Partial<Statements>;
}

function contentStatements(db: DatabaseSync) {
  const chain = `
    select o.id as o_id, o.wrapped as o_wrapped, e.id as e_id, e.kind, e.day, e.wrapped as e_wrapped,
      c.id as c_id, c.subject, c.slot, c.wrapped as c_wrapped
    from content_keys c
    join epoch_keys e on e.id = c.epoch_key_id and e.kind = c.kind
    join organisation_keys o on o.id = e.organisation_key_id and o.organisation = c.organisation`;
  const chainOf = reading(db, `${chain} where c.organisation = ? and c.kind = ? and c.subject = ? and c.slot = ?`);
  const chainById = reading(db, `${chain} where c.organisation = ? and c.id = ?`);
  const remove = writing(db, 'delete from content_keys where organisation = ? and kind = ? and subject = ?');
  return {
    chainOf: (owner) => chainFrom(owner.organisation, chainOf(...ownerValues(owner), owner.slot)),
    chainById: (organisation, id) => chainFrom(organisation, chainById(idBytes(organisation), id)),
    deleteContentKeys: (owner) => remove(...ownerValues(owner)),
  } satisfies Partial<Statements>;
}

function indexStatements(db: DatabaseSync) {
  const find = reading(db, 'select wrapped from index_keys where organisation_key_id = ? and purpose = ?');
  const add = writing(db, 'insert into index_keys (organisation_key_id, purpose, wrapped) values (?, ?, ?)');
  return {
    indexKey(parent, purpose) {
      const row = find(parent.id, purpose);
      return row && bytes(row, 'wrapped');
    },
    addIndexKey: (parent, purpose, wrapped) => void add(parent.id, purpose, wrapped),
  } satisfies Partial<Statements>;
}

function ownerValues(owner: Omit<Owner, 'slot'>): [Buffer, string, Buffer] {
  return [idBytes(owner.organisation), owner.kind, idBytes(owner.subject)];
}

function reading(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql);
  return (...values: SQLInputValue[]) => guarded(() => statement.get(...values) as Row | undefined);
}

function writing(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql);
  return (...values: SQLInputValue[]) => guarded(() => Number(statement.run(...values).changes));
}
