create table app.organisations (
  id uuid primary key,
  kind text not null check (kind in ('customer', 'demo', 'canary', 'instance')),
  name text not null,
  time_zone text not null,
  language text not null,
  region text not null,
  created_at timestamptz not null
);
comment on table app.organisations is 'owner: safeguards/accounts';
comment on column app.organisations.id is 'id: the tenant';
comment on column app.organisations.kind is 'operational: what the organisation is for';
comment on column app.organisations.name is 'business: trading name';
comment on column app.organisations.time_zone is 'business: IANA time zone';
comment on column app.organisations.language is 'business: BCP 47 language tag';
comment on column app.organisations.region is 'business: ISO 3166 country or subdivision, decides the disclosure';
comment on column app.organisations.created_at is 'operational: when it was made';
select sec.protect('app.organisations', 'select, insert, update', 'id');

create table app.people (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  name bytea not null,
  email bytea not null,
  email_index bytea not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, email_index)
);
comment on table app.people is 'owner: safeguards/accounts';
comment on column app.people.organisation_id is 'id: the tenant';
comment on column app.people.id is 'id: the person';
comment on column app.people.role is 'operational: what they may do';
comment on column app.people.name is 'personal: name of a team member';
comment on column app.people.email is 'personal: address of a team member';
comment on column app.people.email_index is 'index: keyed hash of the address';
comment on column app.people.created_at is 'operational: when they joined';
select sec.protect('app.people', 'select, insert, update, delete');

create table app.api_keys (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  key_id text not null,
  secret_hash bytea not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, key_id)
);
comment on table app.api_keys is 'owner: safeguards/accounts';
comment on column app.api_keys.organisation_id is 'id: the tenant';
comment on column app.api_keys.id is 'id: the key';
comment on column app.api_keys.key_id is 'operational: the part of the key that names it';
comment on column app.api_keys.secret_hash is 'index: keyed hash of the secret part';
comment on column app.api_keys.name is 'business: what the key is for';
comment on column app.api_keys.scopes is 'operational: what the key may do';
comment on column app.api_keys.created_at is 'operational: when it was made';
comment on column app.api_keys.revoked_at is 'operational: when it was revoked';
create index api_keys_by_key_id on app.api_keys (key_id);
select sec.protect('app.api_keys', 'select, insert, update');

create table app.carrier_accounts (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  carrier text not null,
  account_sid text not null,
  auth_token bytea not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, carrier, account_sid)
);
comment on table app.carrier_accounts is 'owner: safeguards/accounts';
comment on column app.carrier_accounts.organisation_id is 'id: the tenant';
comment on column app.carrier_accounts.id is 'id: the account row';
comment on column app.carrier_accounts.carrier is 'operational: file name of the carrier';
comment on column app.carrier_accounts.account_sid is 'business: account name at the carrier';
comment on column app.carrier_accounts.auth_token is 'secret: key that the carrier signs with';
comment on column app.carrier_accounts.created_at is 'operational: when it was connected';
select sec.protect('app.carrier_accounts', 'select, insert, update, delete');

create table app.agents (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  name text not null,
  language text not null,
  greeting text not null,
  facts jsonb not null,
  hours jsonb not null,
  visit_minutes integer not null check (visit_minutes between 5 and 480),
  transfer_to text,
  speech text not null check (speech in ('relay', 'gather')),
  model text not null,
  disclose_ai boolean not null,
  created_at timestamptz not null,
  primary key (organisation_id, id)
);
comment on table app.agents is 'owner: secretary/agent';
comment on column app.agents.organisation_id is 'id: the tenant';
comment on column app.agents.id is 'id: the agent';
comment on column app.agents.name is 'business: what the secretary calls itself';
comment on column app.agents.language is 'business: BCP 47 language tag it opens with';
comment on column app.agents.greeting is 'business: sentence after the disclosure';
comment on column app.agents.facts is 'business: questions and answers about the business';
comment on column app.agents.hours is 'business: opening hours by weekday';
comment on column app.agents.visit_minutes is 'business: length of an appointment';
comment on column app.agents.transfer_to is 'business: E.164 number of a person on duty';
comment on column app.agents.speech is 'operational: how the carrier speaks for us';
comment on column app.agents.model is 'operational: file name of the model';
comment on column app.agents.disclose_ai is 'business: whether the AI disclosure is spoken where the law leaves the choice';
comment on column app.agents.created_at is 'operational: when it was made';
select sec.protect('app.agents', 'select, insert, update');

create table app.lines (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  carrier text not null,
  account_id uuid not null,
  e164 text not null,
  agent_id uuid not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, carrier, e164),
  foreign key (organisation_id, account_id) references app.carrier_accounts (organisation_id, id),
  foreign key (organisation_id, agent_id) references app.agents (organisation_id, id)
);
comment on table app.lines is 'owner: safeguards/accounts';
comment on column app.lines.organisation_id is 'id: the tenant';
comment on column app.lines.id is 'id: the line';
comment on column app.lines.carrier is 'operational: file name of the carrier';
comment on column app.lines.account_id is 'id: the carrier account it belongs to';
comment on column app.lines.e164 is 'business: the business''s own number';
comment on column app.lines.agent_id is 'id: the agent that answers';
comment on column app.lines.created_at is 'operational: when it was added';
create index lines_by_number on app.lines (carrier, e164);
select sec.protect('app.lines', 'select, insert, update, delete');

create table app.installation (
  organisation_id uuid primary key references app.organisations (id),
  keystore_id uuid not null,
  created_at timestamptz not null
);
comment on table app.installation is 'owner: safeguards/accounts';
comment on column app.installation.organisation_id is 'id: always the instance organisation';
comment on column app.installation.keystore_id is 'id: the one keystore that opens this data';
comment on column app.installation.created_at is 'operational: first start';
select sec.protect('app.installation', 'select, insert');

-- The functions that find an organisation before one is known. They belong to a role that can sign in
-- nowhere and reads exactly the columns named here.
create policy find on app.lines for select to sotto_finder using (true);
create policy find on app.carrier_accounts for select to sotto_finder using (true);
create policy find on app.api_keys for select to sotto_finder using (true);
create policy find on app.organisations for select to sotto_finder using (true);
grant select (organisation_id, id, carrier, account_id, e164, agent_id) on app.lines to sotto_finder;
grant select (organisation_id, id, carrier, account_sid, created_at) on app.carrier_accounts to sotto_finder;
grant select (organisation_id, key_id, secret_hash, scopes, revoked_at) on app.api_keys to sotto_finder;
grant select (id, kind) on app.organisations to sotto_finder;

-- Whose line the carrier may mean: hints only. Several organisations may list the same account and number;
-- the one whose key verifies the signature is meant, so claiming a number gains nothing.
create function sec.line_candidates(carrier text, account_sid text, dialled text)
returns table (organisation_id uuid, line_id uuid, account_id uuid, agent_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.organisation_id, l.id, l.account_id, l.agent_id
  from app.lines l
  join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
  where l.carrier = line_candidates.carrier and l.e164 = dialled
    and a.carrier = line_candidates.carrier and a.account_sid = line_candidates.account_sid
  order by l.created_at
  limit 5
$$;
grant select (created_at) on app.lines to sotto_finder;

-- Whose carrier account this may be, for webhooks that name no line, and for socket handshakes.
create function sec.account_candidates(carrier text, account_sid text)
returns table (organisation_id uuid, account_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.organisation_id, a.id from app.carrier_accounts a
  where a.carrier = account_candidates.carrier and a.account_sid = account_candidates.account_sid
  order by a.created_at
  limit 20
$$;

create function sec.api_key(key_id text)
returns table (organisation_id uuid, secret_hash bytea, scopes text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.organisation_id, k.secret_hash, k.scopes from app.api_keys k
  where k.key_id = api_key.key_id and k.revoked_at is null
  limit 2
$$;

create function sec.organisations() returns table (id uuid, kind text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.kind from app.organisations o
$$;

grant execute on function sec.line_candidates(text, text, text), sec.account_candidates(text, text), sec.api_key(text)
  to sotto_app;
grant execute on function sec.organisations() to sotto_app, sotto_jobs, sotto_prove;
-- Granted before they change hands: the migrating role does not inherit what the finder may do, so that the
-- owner of the tables sees no rows either.
grant create on schema sec to sotto_finder;
alter function sec.line_candidates(text, text, text) owner to sotto_finder;
alter function sec.account_candidates(text, text) owner to sotto_finder;
alter function sec.api_key(text) owner to sotto_finder;
alter function sec.organisations() owner to sotto_finder;
revoke create on schema sec from sotto_finder;
