/**
 * The keystore's tables. Every `wrapped` is AES-256-GCM under the parent's key, bound to the row's place.
 *
 * - `roots` names the root key that wraps: a new one is staged as a second row, organisation keys are wrapped
 *   again one by one (`root_id` says under which), then the state changes. Nothing below is touched. `sentinel`
 *   is a known text that only this root opens; that of a retired one stays, so that it can be refused by name. `seed`
 *   is what all is derived from, wrapped by that root: it stays the same when the root does not.
 * - Deleting an epoch key kills every content key below it; one that is held is first wrapped under another epoch.
 * - Deleting an organisation key kills all of that organisation, its blind indexes included.
 * - An epoch or organisation that may have many keys below it dies in two steps: its `wrapped` is overwritten by
 *   nothing, which ends them all at once; then the rows go, a few at a time, so that no one waits for them.
 * - `ended_organisations` keeps one that is late from making keys anew.
 * - `windows` says how long epochs live, in milliseconds after the end of their day; null: as long as the organisation.
 * - `known_time` is the last time that was believed, in milliseconds; `contradicted` is how far the clock was from it when
 *   somebody outside told another time, and goes as soon as a time is believed.
 *
 * Rows carry no foreign name of a person: organisations and subjects are the random ids of the database.
 */
const first = `
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
`;

/** Rotation of the root, and a schedule of their own for epochs. */
const second = `
  alter table roots add column provider text not null default '';
  alter table roots add column made_at integer;
  alter table roots add column retired_at integer;
  alter table roots add column seed blob;
  drop index one_active_root;
  create unique index one_root_a_state on roots (state) where state in ('active', 'staged');
  create index organisation_keys_by_root on organisation_keys (root_id);
  create table windows (
    organisation blob not null check (length(organisation) = 16),
    kind text not null,
    ms integer check (ms >= 0),
    primary key (organisation, kind)
  ) strict, without rowid;
  create table ended_organisations (
    organisation blob primary key check (length(organisation) = 16)
  ) strict, without rowid;
  create index dead_organisations on organisation_keys (id) where wrapped = x'';
  create index dead_epochs on epoch_keys (id) where wrapped = x'';
`;

/** The last time that was believed: what the clock says at the next start is held against it. */
const third = `
  create table known_time (
    one integer primary key check (one = 1),
    at integer not null
  ) strict;
`;

/** A clock that somebody outside has contradicted: no other start and no other process believes it by waiting. */
const fourth = `
  alter table known_time add column contradicted integer;
`;

/** What made each version of the tables out of the one before; never changed, only added to. */
const steps = [first, second, third, fourth];

/** A keystore of a newer program is refused instead of misread. */
export const schemaVersion = steps.length;

/** The statements that bring tables of that version to the present one; 0 stands for none at all. */
export function schemaFrom(version: number): string {
  return `${steps.slice(version).join('')} pragma user_version = ${schemaVersion};`;
}
