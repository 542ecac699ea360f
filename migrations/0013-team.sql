-- A team that grows by invitation, keys that expire and rotate, credentials that are tested and revoked, and calls that
-- are somebody's.

-- Addresses that look alike are told apart by nobody: a second hash, over what the address looks like.
alter table app.people add column look_index bytea;
comment on column app.people.look_index is 'index: keyed hash of what the address looks like';
create index people_by_look on app.people (organisation_id, look_index);

create table app.invitations (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  role text not null check (role in ('owner', 'admin', 'agent', 'viewer')),
  name bytea,
  email bytea,
  email_index bytea,
  token_hash bytea not null,
  state text not null check (state in ('open', 'accepted', 'withdrawn')),
  made_by uuid,
  sent integer not null default 1 check (sent > 0),
  created_at timestamptz not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, id),
  -- What is over keeps nothing about a person.
  constraint nothing_is_left check ((state = 'open') = (name is not null) and (state = 'open') = (email is not null)
    and (state = 'open') = (email_index is not null) and (state = 'open') = (ended_at is null))
);
comment on table app.invitations is 'owner: safeguards/accounts';
comment on column app.invitations.organisation_id is 'id: the tenant';
comment on column app.invitations.id is 'id: the invitation';
comment on column app.invitations.role is 'operational: what the person is to be';
comment on column app.invitations.name is 'personal: name of who is invited; null once it is over';
comment on column app.invitations.email is 'personal: address it goes to; null once it is over';
comment on column app.invitations.email_index is 'index: keyed hash of the address; null once it is over';
comment on column app.invitations.token_hash is 'index: keyed hash of the token in the mail that was sent last';
comment on column app.invitations.state is 'operational: open, accepted or withdrawn';
comment on column app.invitations.made_by is 'id: the person who invites, or whose key does; without them it counts for nothing';
comment on column app.invitations.sent is 'operational: how often it was sent';
comment on column app.invitations.created_at is 'operational: when it was made';
comment on column app.invitations.sent_at is 'operational: when it was sent last';
comment on column app.invitations.expires_at is 'operational: seven days after it was sent last';
comment on column app.invitations.ended_at is 'operational: when it was accepted or withdrawn';
create unique index invitations_open on app.invitations (organisation_id, email_index) where state = 'open';
create index invitations_by_token on app.invitations (token_hash);
create index invitations_by_age on app.invitations (organisation_id, created_at desc, id desc);
select sec.protect('app.invitations', 'select, insert, update');

alter table app.api_keys add column made_by uuid;
alter table app.api_keys add column expires_at timestamptz;
alter table app.api_keys add column addresses text[] not null default '{}';
alter table app.api_keys add column old_hash bytea;
alter table app.api_keys add column old_until timestamptz;
alter table app.api_keys add column last_used_at timestamptz;
alter table app.api_keys add constraint old_secret_ends check ((old_hash is null) = (old_until is null));
comment on column app.api_keys.made_by is 'id: the person who made it, or whose key did; it ends with their membership';
comment on column app.api_keys.expires_at is 'operational: when it ends by itself';
comment on column app.api_keys.addresses is 'business: networks it may be used from; none named: from anywhere';
comment on column app.api_keys.old_hash is 'index: keyed hash of the secret before, while that lives on after a rotation';
comment on column app.api_keys.old_until is 'operational: when the secret before ends';
comment on column app.api_keys.last_used_at is 'operational: last use, to the minute';
create index api_keys_by_age on app.api_keys (organisation_id, created_at desc, id desc);
create index api_keys_by_maker on app.api_keys (organisation_id, made_by) where revoked_at is null;

alter table app.carrier_accounts add column version integer not null default 1;
alter table app.carrier_accounts add column rotated_at timestamptz;
alter table app.carrier_accounts add column revoked_at timestamptz;
alter table app.carrier_accounts add column tested_at timestamptz;
alter table app.carrier_accounts add column test_result text;
comment on column app.carrier_accounts.version is 'operational: counts its tokens, so that no process goes on with an old one';
comment on column app.carrier_accounts.rotated_at is 'operational: when its token was last replaced';
comment on column app.carrier_accounts.revoked_at is 'operational: when it was disconnected; the token is gone then';
comment on column app.carrier_accounts.tested_at is 'operational: when the carrier was last asked about it';
comment on column app.carrier_accounts.test_result is 'operational: what came of that, a fixed word';

alter table app.model_credentials add column rotated_at timestamptz;
alter table app.model_credentials add column tested_at timestamptz;
alter table app.model_credentials add column test_result text;
comment on column app.model_credentials.rotated_at is 'operational: when its key was last replaced';
comment on column app.model_credentials.tested_at is 'operational: when the vendor was last asked about it';
comment on column app.model_credentials.test_result is 'operational: what came of that, a fixed word';

-- Not a foreign key: the person may leave, and the call stays.
alter table app.calls add column assigned_to uuid;
comment on column app.calls.assigned_to is 'id: the person whose call it is';
create index calls_by_assignee on app.calls (organisation_id, assigned_to, started_at desc, id desc)
  where assigned_to is not null;

-- The finders, as before, with what they need now.
grant select (organisation_id, id, token_hash) on app.invitations to sotto_finder;
create policy find on app.invitations for select to sotto_finder using (true);
grant select (old_hash) on app.api_keys to sotto_finder;
grant select (version, revoked_at) on app.carrier_accounts to sotto_finder;

drop function sec.api_key(text);
drop function sec.line_candidates(text, text, text);
drop function sec.account_candidates(text, text);

-- Whose key this may be. Revoked ones as well, behind the others: who holds their secret is told so.
create function sec.api_key(key_id text)
returns table (organisation_id uuid, secret_hash bytea, old_hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.organisation_id, k.secret_hash, k.old_hash from app.api_keys k
  where k.key_id = api_key.key_id
  order by k.revoked_at nulls first
  limit 2
$$;

create function sec.line_candidates(carrier text, account_sid text, dialled text)
returns table (organisation_id uuid, line_id uuid, account_id uuid, account_version integer, agent_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.organisation_id, l.id, l.account_id, a.version, l.agent_id
  from app.lines l
  join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
  where l.carrier = line_candidates.carrier and l.e164 = dialled
    and a.carrier = line_candidates.carrier and a.account_sid = line_candidates.account_sid and a.revoked_at is null
  order by l.created_at
  limit 5
$$;

create function sec.account_candidates(carrier text, account_sid text)
returns table (organisation_id uuid, account_id uuid, account_version integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.organisation_id, a.id, a.version from app.carrier_accounts a
  where a.carrier = account_candidates.carrier and a.account_sid = account_candidates.account_sid
    and a.revoked_at is null
  order by a.created_at
  limit 20
$$;

-- Which organisation a token may invite to.
create function sec.invitation(token_hash bytea) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.organisation_id, i.id from app.invitations i where i.token_hash = invitation.token_hash limit 1
$$;

grant execute on function sec.line_candidates(text, text, text), sec.account_candidates(text, text), sec.api_key(text),
  sec.invitation(bytea) to sotto_app;
grant create on schema sec to sotto_finder;
alter function sec.line_candidates(text, text, text) owner to sotto_finder;
alter function sec.account_candidates(text, text) owner to sotto_finder;
alter function sec.api_key(text) owner to sotto_finder;
alter function sec.invitation(bytea) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
