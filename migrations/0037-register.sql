-- The register of processors: who outside gets data of this installation, in versions that stay; who was told before a new
-- one got any, with the proof of it; who wants to be told; who runs the machines; and the books of what really left.

-- A version is a list as it was published. The instance's is that of the installation; an organisation's own lists what it
-- has connected itself.
create table app.register_versions (
  organisation_id uuid not null references app.organisations (id),
  number integer not null check (number > 0),
  at timestamptz not null,
  hash bytea not null check (length(hash) = 32),
  content text not null,
  changes jsonb not null,
  primary key (organisation_id, number)
);
comment on table app.register_versions is 'owner: safeguards/register';
comment on column app.register_versions.organisation_id is 'id: the tenant; the instance for the installation''s own';
comment on column app.register_versions.number is 'operational: counts from 1';
comment on column app.register_versions.at is 'operational: since when it stood like that';
comment on column app.register_versions.hash is 'operational: SHA-256 of the content';
comment on column app.register_versions.content is 'operational: the list as canonical JSON, as published';
comment on column app.register_versions.changes is 'operational: what was added, removed and changed against the one before';
select sec.protect('app.register_versions', 'select, insert');

-- That a processor of the installation was switched on, and from when it may be used. Null: nobody has been told yet, and it
-- gets nothing.
create table app.register_uses (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  processor text not null check (processor ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  party text not null,
  name text not null,
  found_at timestamptz not null,
  why text not null check (why in ('already', 'nobody-affected', 'told', 'urgent')),
  usable_at timestamptz,
  urgent_at timestamptz,
  urgent_reason text check (length(urgent_reason) between 1 and 500),
  withdrawn_at timestamptz,
  withdraw_reason text check (length(withdraw_reason) between 1 and 500),
  ended_at timestamptz,
  primary key (organisation_id, id),
  constraint urgent_has_a_reason check ((urgent_at is null) = (urgent_reason is null)),
  constraint waits_for_its_day check (why <> 'urgent' or (urgent_at is not null and usable_at is not null))
);
comment on table app.register_uses is 'owner: safeguards/register';
comment on column app.register_uses.organisation_id is 'id: the instance';
comment on column app.register_uses.id is 'id: the use';
comment on column app.register_uses.processor is 'operational: which vendor file';
comment on column app.register_uses.party is 'operational: the same, and the host where the operator chooses the company';
comment on column app.register_uses.name is 'operational: its name as published';
comment on column app.register_uses.found_at is 'operational: when it was found switched on';
comment on column app.register_uses.why is 'operational: by what it may be used: in use before the register, nobody to tell, told, or urgent';
comment on column app.register_uses.usable_at is 'operational: from when it gets data; null while it is not known';
comment on column app.register_uses.urgent_at is 'operational: when somebody decided not to wait';
comment on column app.register_uses.urgent_reason is 'business: why, in their words; published';
comment on column app.register_uses.withdrawn_at is 'operational: when it was taken back';
comment on column app.register_uses.withdraw_reason is 'business: why, in their words; published';
comment on column app.register_uses.ended_at is 'operational: when it was found switched off';
create unique index register_uses_open on app.register_uses (organisation_id, party) where ended_at is null;
select sec.protect('app.register_uses', 'select, insert, update');

-- That one organisation was, or is being, told of one of them.
create table app.register_notices (
  organisation_id uuid not null references app.organisations (id),
  use_id uuid not null,
  kind text not null check (kind in ('coming', 'urgent', 'withdrawn')),
  days integer not null check (days between 0 and 365),
  written_at timestamptz not null,
  recipients integer not null check (recipients >= 0),
  told_at timestamptz,
  told_by text check (told_by in ('mail', 'hand', 'nobody')),
  told_how text check (length(told_how) between 1 and 500),
  primary key (organisation_id, use_id, kind),
  constraint told_somehow check ((told_at is null) = (told_by is null)),
  constraint by_hand_says_how check ((told_how is not null) = (told_by is not null and told_by = 'hand'))
);
comment on table app.register_notices is 'owner: safeguards/register';
comment on column app.register_notices.organisation_id is 'id: the tenant';
comment on column app.register_notices.use_id is 'id: the use that it tells of';
comment on column app.register_notices.kind is 'operational: coming, urgent or withdrawn';
comment on column app.register_notices.days is 'operational: how many days before its first use, as agreed';
comment on column app.register_notices.written_at is 'operational: when the mails were written';
comment on column app.register_notices.recipients is 'operational: to how many people';
comment on column app.register_notices.told_at is 'operational: when the first of them had gone; null while none has';
comment on column app.register_notices.told_by is 'operational: mail, hand (the operator says so) or nobody (nobody there has an address)';
comment on column app.register_notices.told_how is 'business: what the operator says of a notice given by hand';
create index register_notices_open on app.register_notices (use_id) where told_at is null;
select sec.protect('app.register_notices', 'select, insert, update, delete');
select sec.count_changes('app.register_notices', array['told_at', 'told_by']);

-- The proof of sending, kept beyond the log of mails. Below the instance: to those who subscribed.
create table app.register_mails (
  organisation_id uuid not null references app.organisations (id),
  mail_id uuid not null,
  use_id uuid not null,
  kind text not null check (kind in ('coming', 'urgent', 'withdrawn')),
  recipient bytea not null check (length(recipient) = 32),
  written_at timestamptz not null,
  state text not null check (state in ('waiting', 'sent', 'kept', 'given-up')),
  ended_at timestamptz,
  vendor text,
  primary key (organisation_id, mail_id)
);
comment on table app.register_mails is 'owner: safeguards/register';
comment on column app.register_mails.organisation_id is 'id: the tenant; the instance for a subscriber';
comment on column app.register_mails.mail_id is 'id: the mail; its Message-ID is made of it';
comment on column app.register_mails.use_id is 'id: the use that it tells of';
comment on column app.register_mails.kind is 'operational: coming, urgent or withdrawn';
comment on column app.register_mails.recipient is 'index: keyed hash of the address';
comment on column app.register_mails.written_at is 'operational: when it was written';
comment on column app.register_mails.state is 'operational: waiting, sent, kept (nothing sends mail here) or given-up';
comment on column app.register_mails.ended_at is 'operational: when that was';
comment on column app.register_mails.vendor is 'operational: file name of what sent it';
create index register_mails_by_use on app.register_mails (use_id, written_at);
create index register_mails_open on app.register_mails (organisation_id) where state = 'waiting';
select sec.protect('app.register_mails', 'select, insert, update, delete');
select sec.count_changes('app.register_mails', array['state', 'ended_at', 'vendor']);

-- Who wants a mail whenever the register changes. Nothing is sent before the address is confirmed; what is not confirmed goes.
create table app.register_subscribers (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  address bytea not null,
  address_index bytea not null,
  language text not null,
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, address_index)
);
comment on table app.register_subscribers is 'owner: safeguards/register';
comment on column app.register_subscribers.organisation_id is 'id: the instance';
comment on column app.register_subscribers.id is 'id: the subscription';
comment on column app.register_subscribers.address is 'personal: where the mails go';
comment on column app.register_subscribers.address_index is 'index: keyed hash of the address';
comment on column app.register_subscribers.language is 'operational: BCP 47, of the page it came from';
comment on column app.register_subscribers.asked_at is 'operational: when it was asked for';
comment on column app.register_subscribers.confirmed_at is 'operational: when the address was confirmed; null until then';
create index register_subscribers_open on app.register_subscribers (organisation_id, asked_at) where confirmed_at is null;
select sec.protect('app.register_subscribers', 'select, insert, update, delete');

-- Who runs the machines: no program can see that, so the operator says it, and says once a year that it is still so.
create table app.register_hosting (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  does text not null check (length(does) between 1 and 300),
  region text not null check (length(region) between 1 and 100),
  website text check (website ~ '^https://[^\s]+$'),
  certifications jsonb not null,
  declared_at timestamptz not null,
  confirmed_at timestamptz not null,
  removed_at timestamptz,
  primary key (organisation_id, id)
);
comment on table app.register_hosting is 'owner: safeguards/register';
comment on column app.register_hosting.organisation_id is 'id: the instance';
comment on column app.register_hosting.id is 'id: the entry';
comment on column app.register_hosting.name is 'business: the company; published';
comment on column app.register_hosting.does is 'business: what it does for the installation; published';
comment on column app.register_hosting.region is 'business: where; published';
comment on column app.register_hosting.website is 'business: where it says so itself; published';
comment on column app.register_hosting.certifications is 'business: what it says to be certified for, with dates and sources; published';
comment on column app.register_hosting.declared_at is 'operational: when the operator said it';
comment on column app.register_hosting.confirmed_at is 'operational: when they last said that it is so';
comment on column app.register_hosting.removed_at is 'operational: when they took it off';
create unique index register_hosting_open on app.register_hosting (organisation_id, lower(name)) where removed_at is null;
select sec.protect('app.register_hosting', 'select, insert, update');

-- What left, and what was refused because no processor lists the host: no restart loses it.
create table app.egress_books (
  organisation_id uuid not null references app.organisations (id),
  vendor text not null,
  host text not null check (length(host) <= 300),
  outcome text not null check (outcome in ('sent', 'unlisted')),
  count bigint not null check (count > 0),
  first_at timestamptz not null,
  since_at timestamptz not null,
  last_at timestamptz not null,
  acknowledged_at timestamptz,
  reason text check (length(reason) between 1 and 500),
  primary key (organisation_id, vendor, host, outcome),
  constraint acknowledged_with_a_reason check ((acknowledged_at is null) = (reason is null))
);
comment on table app.egress_books is 'owner: safeguards/register';
comment on column app.egress_books.organisation_id is 'id: the instance';
comment on column app.egress_books.vendor is 'operational: on whose behalf';
comment on column app.egress_books.host is 'operational: host and port that were asked for';
comment on column app.egress_books.outcome is 'operational: sent, or unlisted (refused)';
comment on column app.egress_books.count is 'operational: how often';
comment on column app.egress_books.first_at is 'operational: when for the first time';
comment on column app.egress_books.since_at is 'operational: when for the first time since it was last acknowledged';
comment on column app.egress_books.last_at is 'operational: when last';
comment on column app.egress_books.acknowledged_at is 'operational: when the operator had looked into it';
comment on column app.egress_books.reason is 'business: what the operator found';
create index egress_books_unlisted on app.egress_books (organisation_id, last_at) where outcome = 'unlisted';
select sec.protect('app.egress_books', 'select, insert, update');
select sec.count_changes('app.egress_books', array['insert', 'count', 'since_at', 'last_at']);

-- Every organisation whose data a processor of the installation gets, but for the operator's own: the first customer that
-- there ever was.
grant select (created_at) on app.organisations to sotto_finder;
create function sec.register_affected(until timestamptz) returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id from app.organisations o
  where o.kind = 'customer' and o.erased_at is null and o.created_at <= register_affected.until
    and o.id <> (select f.id from app.organisations f where f.kind = 'customer' order by f.created_at, f.id limit 1)
  order by o.created_at, o.id
$$;

-- What organisations have connected themselves, by vendor file. Canaries speak with nobody.
create policy find on app.model_credentials for select to sotto_finder using (true);
grant select (organisation_id, vendor) on app.model_credentials to sotto_finder;
create function sec.register_connected() returns table (organisation_id uuid, kind text, vendor text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.kind, c.vendor from (
    select a.organisation_id, 'carrier' as kind, a.carrier as vendor from app.carrier_accounts a where a.revoked_at is null
    union
    select m.organisation_id, 'model', m.vendor from app.model_credentials m) c
  join app.organisations o on o.id = c.organisation_id
  where o.kind in ('customer', 'demo') and o.erased_at is null
  order by c.organisation_id, c.kind, c.vendor
$$;

-- The newest version of every organisation's own register.
create policy find on app.register_versions for select to sotto_finder using (true);
grant select (organisation_id, number, hash) on app.register_versions to sotto_finder;
create function sec.register_heads() returns table (organisation_id uuid, number integer, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct on (v.organisation_id) v.organisation_id, v.number, v.hash from app.register_versions v
  order by v.organisation_id, v.number desc
$$;

-- Who was told of a use: for the page without, for the command on the machine itself with the organisation.
create policy find on app.register_notices for select to sotto_finder using (true);
create policy find on app.register_mails for select to sotto_finder using (true);
grant select (organisation_id, use_id, kind, days, written_at, recipients, told_at, told_by) on app.register_notices
  to sotto_finder;
grant select (organisation_id, mail_id, use_id, kind, recipient, written_at, state, ended_at) on app.register_mails
  to sotto_finder;
create function sec.register_told(use_id uuid)
returns table (kind text, days integer, written_at timestamptz, recipients integer, told_at timestamptz, told_by text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select n.kind, n.days, n.written_at, n.recipients, n.told_at, n.told_by from app.register_notices n
  where n.use_id = register_told.use_id order by n.written_at
$$;
create function sec.register_sent(use_id uuid)
returns table (mail_id uuid, kind text, recipient bytea, written_at timestamptz, state text, ended_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.mail_id, m.kind, m.recipient, m.written_at, m.state, m.ended_at from app.register_mails m
  where m.use_id = register_sent.use_id order by m.written_at, m.mail_id limit 10000
$$;
create function sec.register_untold(use_id uuid) returns table (organisation_id uuid, kind text, told_at timestamptz, days integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select n.organisation_id, n.kind, n.told_at, n.days from app.register_notices n where n.use_id = register_untold.use_id
$$;
create function sec.register_mails_open() returns table (organisation_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct m.organisation_id from app.register_mails m where m.state = 'waiting' limit 1000
$$;
grant execute on function sec.register_affected(timestamptz), sec.register_connected(), sec.register_heads(),
  sec.register_told(uuid), sec.register_sent(uuid), sec.register_untold(uuid), sec.register_mails_open()
  to sotto_app, sotto_jobs;
grant execute on function sec.register_affected(timestamptz) to sotto_prove;
grant create on schema sec to sotto_finder;
alter function sec.register_affected(timestamptz) owner to sotto_finder;
alter function sec.register_connected() owner to sotto_finder;
alter function sec.register_heads() owner to sotto_finder;
alter function sec.register_told(uuid) owner to sotto_finder;
alter function sec.register_sent(uuid) owner to sotto_finder;
alter function sec.register_untold(uuid) owner to sotto_finder;
alter function sec.register_mails_open() owner to sotto_finder;
revoke create on schema sec from sotto_finder;

-- Erasing an organisation takes its rows out of every table (0032).
do $$
declare
  one text;
begin
  foreach one in array array['register_versions', 'register_uses', 'register_notices', 'register_mails',
    'register_subscribers', 'register_hosting', 'egress_books']
  loop
    execute format('grant delete on app.%I to sotto_jobs', one);
  end loop;
end $$;
