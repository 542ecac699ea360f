/** Raised with every change of `schema`; a keystore of a newer program is refused instead of misread. */
export const schemaVersion = 1;

/**
 * The keystore's tables. Every `wrapped` is AES-256-GCM under the parent's key, bound to the row's place.
 *
 * - `roots` names the root key that wraps: a new one is staged as a second row, organisation keys are wrapped
 *   again one by one (`root_id` says under which), then the state changes. Nothing below is touched. `sentinel`
 *   is a known text that only this root opens.
 * - Deleting an epoch key kills every content key below it; one that is held is first wrapped under another epoch.
 * - Deleting an organisation key kills all of that organisation, its blind indexes included.
 *
 * Rows carry no foreign name of a person: organisations and subjects are the random ids of the database.
 */
export const schema = `
  create table installation (
    one integer primary key check (one = 1),
    id text not null
  ) strict;
  create table roots (
    id blob primary key check (length(id) = 16),
    state text not null,
    sentinel blob not null
  ) strict, without rowid;
  create unique index one_active_root on roots (state) where state = 'active';
  create table organisation_keys (
    id blob primary key check (length(id) = 16),
    organisation blob not null unique check (length(organisation) = 16),
    root_id blob not null references roots (id),
    wrapped blob not null
  ) strict, without rowid;
  create table epoch_keys (
    id blob primary key check (length(id) = 16),
    organisation_key_id blob not null references organisation_keys (id) on delete cascade,
    kind text not null,
    day text not null,
    wrapped blob not null
  ) strict, without rowid;
  create unique index epoch_keys_by_day on epoch_keys (organisation_key_id, kind, day);
  create table content_keys (
    id blob primary key check (length(id) = 16),
    epoch_key_id blob not null references epoch_keys (id) on delete cascade,
    organisation blob not null check (length(organisation) = 16),
    kind text not null,
    subject blob not null check (length(subject) = 16),
    slot text not null,
    wrapped blob not null
  ) strict, without rowid;
  create unique index content_keys_by_subject on content_keys (organisation, kind, subject, slot);
  create index content_keys_by_epoch on content_keys (epoch_key_id);
  create table index_keys (
    organisation_key_id blob not null references organisation_keys (id) on delete cascade,
    purpose text not null,
    wrapped blob not null,
    primary key (organisation_key_id, purpose)
  ) strict, without rowid;
  pragma user_version = ${schemaVersion};
`;
