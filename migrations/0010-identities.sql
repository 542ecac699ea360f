-- Who can sign in. A person belongs to an organisation; an identity is what several persons of several organisations
-- are when one human being is behind them, so it lies under the instance organisation.
create table app.identities (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  email bytea not null,
  email_index bytea not null,
  email_verified_at timestamptz not null,
  name bytea not null,
  language text not null,
  password_hash bytea,
  password_changed_at timestamptz,
  second_factor boolean not null default false,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, email_index)
);
comment on table app.identities is 'owner: safeguards/identity';
comment on column app.identities.organisation_id is 'id: the instance';
comment on column app.identities.id is 'id: the identity';
comment on column app.identities.email is 'personal: address that was proven';
comment on column app.identities.email_index is 'index: keyed hash of the address';
comment on column app.identities.email_verified_at is 'operational: when the address was proven';
comment on column app.identities.name is 'personal: what they call themselves';
comment on column app.identities.language is 'operational: BCP 47 language tag of what is written to them';
comment on column app.identities.password_hash is 'index: argon2id hash, keyed by a pepper that is not in the database';
comment on column app.identities.password_changed_at is 'operational: when the password was set';
comment on column app.identities.second_factor is 'operational: whether a sign-in needs a second factor';
comment on column app.identities.created_at is 'operational: when they joined';
select sec.protect('app.identities', 'select, insert, update, delete');

create table app.sessions (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  identity_id uuid not null,
  token_hash bytea not null,
  begun_by text not null check (begun_by in ('password', 'link', 'passkey', 'outside')),
  begun_at timestamptz not null,
  seen_at timestamptz not null,
  fresh_at timestamptz,
  member_organisation_id uuid,
  member_id uuid,
  member_role text check (member_role in ('owner', 'admin', 'agent', 'viewer')),
  agent bytea,
  agent_kind bytea not null,
  primary key (organisation_id, id),
  unique (organisation_id, token_hash),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade,
  check (num_nulls(member_organisation_id, member_id, member_role) in (0, 3))
);
comment on table app.sessions is 'owner: safeguards/identity';
comment on column app.sessions.organisation_id is 'id: the instance';
comment on column app.sessions.id is 'id: the session, the same through every change of its token';
comment on column app.sessions.identity_id is 'id: who is signed in';
comment on column app.sessions.token_hash is 'index: keyed hash of the token in the cookie';
comment on column app.sessions.begun_by is 'operational: how they signed in';
comment on column app.sessions.begun_at is 'operational: when they signed in';
comment on column app.sessions.seen_at is 'operational: when it was last used, to the minute';
comment on column app.sessions.fresh_at is 'operational: when a second factor was last shown';
comment on column app.sessions.member_organisation_id is 'id: the organisation it works in';
comment on column app.sessions.member_id is 'id: the person they are there';
comment on column app.sessions.member_role is 'operational: the role when it was chosen; with another one it must be chosen anew';
comment on column app.sessions.agent is 'personal: what the browser called itself';
comment on column app.sessions.agent_kind is 'index: keyed hash of that without its versions, so that one never seen before is noticed';
create index sessions_of_identity on app.sessions (organisation_id, identity_id);
select sec.protect('app.sessions', 'select, insert, update, delete');

-- A sign-in that still lacks its second factor.
create table app.pending_sign_ins (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  identity_id uuid not null,
  token_hash bytea not null,
  begun_by text not null check (begun_by in ('password', 'link', 'passkey', 'outside')),
  failures integer not null,
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, token_hash),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade
);
comment on table app.pending_sign_ins is 'owner: safeguards/identity';
comment on column app.pending_sign_ins.organisation_id is 'id: the instance';
comment on column app.pending_sign_ins.id is 'id: the attempt';
comment on column app.pending_sign_ins.identity_id is 'id: whose first factor was right';
comment on column app.pending_sign_ins.token_hash is 'index: keyed hash of what the browser holds meanwhile';
comment on column app.pending_sign_ins.begun_by is 'operational: which first factor was shown';
comment on column app.pending_sign_ins.failures is 'operational: wrong second factors';
comment on column app.pending_sign_ins.expires_at is 'operational: when it ends unfinished';
create index pending_sign_ins_of_identity on app.pending_sign_ins (organisation_id, identity_id);
select sec.protect('app.pending_sign_ins', 'select, insert, update, delete');

-- What somebody asked to have mailed. A request writes one row whether or not the address is known; what follows from
-- it is found out behind the answer, so neither text nor time of an answer tells.
create table app.sign_in_links (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  kind text not null check (kind in ('sign-in', 'sign-up')),
  email_index bytea not null,
  request bytea,
  asked_at timestamptz not null,
  handled_at timestamptz,
  token_hash bytea,
  expires_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, token_hash)
);
comment on table app.sign_in_links is 'owner: safeguards/identity';
comment on column app.sign_in_links.organisation_id is 'id: the instance';
comment on column app.sign_in_links.id is 'id: the link';
comment on column app.sign_in_links.kind is 'operational: what it opens';
comment on column app.sign_in_links.email_index is 'index: keyed hash of the address it is for';
comment on column app.sign_in_links.request is 'personal: the address, and for a sign-up what was filled in; null when no longer needed';
comment on column app.sign_in_links.asked_at is 'operational: when it was asked for';
comment on column app.sign_in_links.handled_at is 'operational: when it was found out what follows, which may be nothing';
comment on column app.sign_in_links.token_hash is 'index: keyed hash of the token in the mail, once there is one';
comment on column app.sign_in_links.expires_at is 'operational: when it ends unused';
create index sign_in_links_by_address on app.sign_in_links (organisation_id, email_index);
create index sign_in_links_unhandled on app.sign_in_links (organisation_id, asked_at) where handled_at is null;
select sec.protect('app.sign_in_links', 'select, insert, update, delete');

-- Failed tries by what they were aimed at and where they came from. An address that nobody has gets the same row.
create table app.sign_in_tries (
  organisation_id uuid not null references app.organisations (id),
  kind text not null check (kind in ('account', 'address', 'network')),
  subject bytea not null,
  failures integer not null,
  failed_at timestamptz not null,
  locked_until timestamptz,
  notice_due boolean not null default false,
  primary key (organisation_id, kind, subject)
);
comment on table app.sign_in_tries is 'owner: safeguards/identity';
comment on column app.sign_in_tries.organisation_id is 'id: the instance';
comment on column app.sign_in_tries.kind is 'operational: account, sender''s address or its network';
comment on column app.sign_in_tries.subject is 'index: keyed hash of it';
comment on column app.sign_in_tries.failures is 'operational: how many in a row';
comment on column app.sign_in_tries.failed_at is 'operational: when the last one was';
comment on column app.sign_in_tries.locked_until is 'operational: until when nothing that can be guessed is taken';
comment on column app.sign_in_tries.notice_due is 'operational: a lock of which the owner was not told yet';
create index sign_in_tries_by_time on app.sign_in_tries (organisation_id, failed_at);
create index sign_in_tries_noticed on app.sign_in_tries (organisation_id) where notice_due;
select sec.protect('app.sign_in_tries', 'select, insert, update, delete');

alter table app.people add column identity_id uuid;
alter table app.people add column address_index bytea;
comment on column app.people.identity_id is 'id: who signs in as this person; null until they proved their address';
comment on column app.people.address_index is 'index: keyed hash of the address under the instance, by which they are found then';
create unique index people_identity on app.people (organisation_id, identity_id);
create index people_by_identity on app.people (identity_id) where identity_id is not null;
create index people_by_address on app.people (address_index) where identity_id is null;

-- Before an organisation is known: where somebody belongs, and who waits for the owner of an address. Ids only; each
-- is looked at again inside its organisation.
create policy find on app.people for select to sotto_finder using (true);
grant select (organisation_id, id, role, identity_id, address_index, created_at) on app.people to sotto_finder;

create function sec.memberships(identity uuid)
returns table (organisation_id uuid, person_id uuid, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.organisation_id, p.id, p.role from app.people p
  where p.identity_id = identity
  order by p.created_at, p.id
  limit 100
$$;

create function sec.awaited_people(address_index bytea)
returns table (organisation_id uuid, person_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.organisation_id, p.id from app.people p
  where p.identity_id is null and p.address_index = awaited_people.address_index
  order by p.created_at, p.id
  limit 100
$$;

revoke execute on function sec.memberships(uuid), sec.awaited_people(bytea) from public;
grant execute on function sec.memberships(uuid), sec.awaited_people(bytea) to sotto_app, sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.memberships(uuid) owner to sotto_finder;
alter function sec.awaited_people(bytea) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
