-- What companies outside that hold something of a call have to delete: decided in the transaction in which the call ends
-- here, done and read back there by a reconciler. One row is one thing at one processor, for one decision; names are the
-- processor's own, and mean nothing once it is gone.

-- Through which of the business's accounts a call came: a number can move to another one, and the call does not.
alter table app.calls add column account_id uuid;
comment on column app.calls.account_id is 'id: the carrier account it came through; null for calls from before this was kept';

create table app.processor_erasures (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  processor text not null,
  item text not null check (item in ('call', 'message', 'words')),
  name text,
  call_id uuid not null,
  account_id uuid,
  erasure_id uuid,
  state text not null check (state in ('waiting', 'asked', 'confirmed', 'nothing-held', 'cannot-ask', 'given-up')),
  made_at timestamptz not null,
  call_started_at timestamptz not null,
  call_ended_at timestamptz not null,
  due_at timestamptz,
  attempts integer not null default 0 check (attempts >= 0),
  asked_at timestamptz,
  removed integer not null default 0 check (removed >= 0),
  answered_at timestamptz,
  answer integer,
  trouble text,
  settled_at timestamptz,
  primary key (organisation_id, id),
  constraint asked_once unique nulls not distinct (organisation_id, call_id, processor, item, erasure_id),
  -- What is not settled is looked at again; what is settled is not.
  constraint goes_on check ((due_at is null) = (state in ('confirmed', 'nothing-held', 'given-up'))),
  constraint settles check ((settled_at is null) = (due_at is not null)),
  constraint can_be_asked check (state = 'nothing-held' or name is not null)
);
comment on table app.processor_erasures is 'owner: safeguards/processors';
comment on column app.processor_erasures.organisation_id is 'id: the tenant';
comment on column app.processor_erasures.id is 'id: the deletion';
comment on column app.processor_erasures.processor is 'operational: file name of the vendor';
comment on column app.processor_erasures.item is 'operational: what is to go there: a call with all that was made of it, a message, or words that it does not store';
comment on column app.processor_erasures.name is 'id: the processor''s own name for it';
comment on column app.processor_erasures.call_id is 'id: the call here';
comment on column app.processor_erasures.account_id is 'id: the account of the business there';
comment on column app.processor_erasures.erasure_id is 'id: the erasure that wants it; null when its time was over';
comment on column app.processor_erasures.state is 'operational: waiting, asked (taken, not read back), confirmed (read back), nothing-held, cannot-ask (no credential) or given-up';
comment on column app.processor_erasures.made_at is 'operational: when it was decided';
comment on column app.processor_erasures.call_started_at is 'operational: when the call began: what stays there counts from it';
comment on column app.processor_erasures.call_ended_at is 'operational: when the call ended: what was made of it may appear a while later';
comment on column app.processor_erasures.due_at is 'operational: when it is looked at again; null when it is settled';
comment on column app.processor_erasures.attempts is 'operational: how often it was tried';
comment on column app.processor_erasures.asked_at is 'operational: when the processor last took a deletion';
comment on column app.processor_erasures.removed is 'operational: how many things it took the deletion of';
comment on column app.processor_erasures.answered_at is 'operational: when it last answered at all';
comment on column app.processor_erasures.answer is 'operational: HTTP status of that answer';
comment on column app.processor_erasures.trouble is 'operational: why the last try came to nothing, a fixed word';
comment on column app.processor_erasures.settled_at is 'operational: when it was confirmed or given up';
create index processor_erasures_wanted on app.processor_erasures (organisation_id, due_at)
  where due_at is not null and erasure_id is not null;
create index processor_erasures_aged on app.processor_erasures (organisation_id, due_at)
  where due_at is not null and erasure_id is null;
create index processor_erasures_open on app.processor_erasures (organisation_id, made_at, id) where due_at is not null;
create index processor_erasures_settled on app.processor_erasures (organisation_id, settled_at) where state = 'confirmed';
create index processor_erasures_given_up on app.processor_erasures (organisation_id, settled_at, id) where state = 'given-up';
create index processor_erasures_by_erasure on app.processor_erasures (organisation_id, erasure_id, made_at, id)
  where erasure_id is not null;
select sec.protect('app.processor_erasures', 'select, insert, update, delete');

-- That the owners of a business were told by mail what has not been confirmed for a day, or was given up.
create table app.processor_notices (
  organisation_id uuid not null references app.organisations (id),
  at timestamptz not null,
  late integer not null check (late >= 0),
  given_up integer not null check (given_up >= 0),
  primary key (organisation_id, at)
);
comment on table app.processor_notices is 'owner: safeguards/processors';
comment on column app.processor_notices.organisation_id is 'id: the tenant';
comment on column app.processor_notices.at is 'operational: when they were told';
comment on column app.processor_notices.late is 'operational: of how many deletions that had not been confirmed for a day';
comment on column app.processor_notices.given_up is 'operational: of how many that had been given up';
select sec.protect('app.processor_notices', 'select, insert, delete');

-- Calls whose time was over before anything was asked of anybody: it is asked now. (Twilio is the one carrier that holds
-- something so far.)
create index calls_emptied on app.calls (organisation_id, emptied_at) where emptied_at is not null;
alter table app.calls no force row level security;
alter table app.lines no force row level security;
alter table app.processor_erasures no force row level security;
insert into app.processor_erasures (organisation_id, id, processor, item, name, call_id, account_id, state, made_at,
  call_started_at, call_ended_at, due_at)
select c.organisation_id, c.id, c.carrier, 'call', c.carrier_call_id, c.id, l.account_id, 'waiting', now(), c.started_at,
  c.ended_at, now()
from app.calls c join app.lines l on l.organisation_id = c.organisation_id and l.id = c.line_id
where c.emptied_at is not null and c.carrier = 'twilio';
alter table app.calls force row level security;
alter table app.lines force row level security;
alter table app.processor_erasures force row level security;

-- What is due, for the jobs: ids. First what somebody asked for, then what had its time; a few of each organisation, those
-- that have waited longest first, so that nobody's backlog keeps another waiting.
create policy find on app.processor_erasures for select to sotto_finder using (true);
grant select (organisation_id, id, erasure_id, due_at) on app.processor_erasures to sotto_finder;
create function sec.processor_erasures_due(due timestamptz, organisations integer, each integer)
returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive waiting as (
    (select e.organisation_id from app.processor_erasures e where e.due_at is not null
      order by e.organisation_id limit 1)
    union all
    select (select e.organisation_id from app.processor_erasures e
      where e.due_at is not null and e.organisation_id > w.organisation_id order by e.organisation_id limit 1)
    from waiting w where w.organisation_id is not null
  ),
  next as (
    select w.organisation_id, least(
      (select min(e.due_at) from app.processor_erasures e
        where e.organisation_id = w.organisation_id and e.due_at is not null and e.erasure_id is not null),
      (select min(e.due_at) from app.processor_erasures e
        where e.organisation_id = w.organisation_id and e.due_at is not null and e.erasure_id is null)) as at
    from waiting w where w.organisation_id is not null
  ),
  picked as (
    select n.organisation_id, n.at from next n where n.at <= processor_erasures_due.due order by n.at
    limit least(organisations, 100)
  )
  select p.organisation_id, found.id from picked p
  cross join lateral (
    (select e.id, 0 as rank, e.due_at from app.processor_erasures e
      where e.organisation_id = p.organisation_id and e.due_at is not null and e.erasure_id is not null
        and e.due_at <= processor_erasures_due.due
      order by e.due_at limit least(each, 100))
    union all
    (select e.id, 1, e.due_at from app.processor_erasures e
      where e.organisation_id = p.organisation_id and e.due_at is not null and e.erasure_id is null
        and e.due_at <= processor_erasures_due.due
      order by e.due_at limit least(each, 100))
    order by rank, due_at limit least(each, 100)) found
  order by p.at
$$;
grant execute on function sec.processor_erasures_due(timestamptz, integer, integer) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.processor_erasures_due(timestamptz, integer, integer) owner to sotto_finder;
revoke create on schema sec from sotto_finder;

-- Whose owners are to be told something: a deletion has not been confirmed for a day, or was given up, since they were told
-- the last time; and they are told once a day at most. Where there are no people there is nobody to tell, as after an
-- organisation was erased.
create policy find on app.processor_notices for select to sotto_finder using (true);
grant select (made_at, state, settled_at) on app.processor_erasures to sotto_finder;
grant select (organisation_id, at) on app.processor_notices to sotto_finder;
create function sec.processor_erasures_untold(now timestamptz) returns table (organisation_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive open as (
    (select e.organisation_id from app.processor_erasures e where e.due_at is not null
      order by e.organisation_id limit 1)
    union all
    select (select e.organisation_id from app.processor_erasures e
      where e.due_at is not null and e.organisation_id > o.organisation_id order by e.organisation_id limit 1)
    from open o where o.organisation_id is not null
  ),
  given_up as (
    (select e.organisation_id from app.processor_erasures e where e.state = 'given-up'
      order by e.organisation_id limit 1)
    union all
    select (select e.organisation_id from app.processor_erasures e
      where e.state = 'given-up' and e.organisation_id > g.organisation_id order by e.organisation_id limit 1)
    from given_up g where g.organisation_id is not null
  ),
  told as (
    select o.organisation_id, coalesce((
      select max(n.at) from app.processor_notices n where n.organisation_id = o.organisation_id), '-infinity') as at
    from (select g.organisation_id from given_up g union select p.organisation_id from open p) o
    where o.organisation_id is not null
  )
  select t.organisation_id from told t
  where t.at <= processor_erasures_untold.now - interval '24 hours'
    and exists (select from app.people p where p.organisation_id = t.organisation_id)
    and (
    exists (
      select from app.processor_erasures e
      where e.organisation_id = t.organisation_id and e.due_at is not null
        and e.made_at <= processor_erasures_untold.now - interval '24 hours' and e.made_at > t.at - interval '24 hours')
    or exists (
      select from app.processor_erasures e
      where e.organisation_id = t.organisation_id and e.state = 'given-up' and e.settled_at > t.at))
  limit 100
$$;
grant execute on function sec.processor_erasures_untold(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.processor_erasures_untold(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
