-- How long a business keeps what calls leave behind, and for what it uses it.

-- Each change is a version of its own; the newest counts, and an organisation without one keeps for 90 days. Whatever had
-- passed its time under an earlier version is in `…_gone_to`: a longer time never brings it back.
create table app.keepings (
  organisation_id uuid not null references app.organisations (id),
  version integer not null check (version > 0),
  preset text not null check (preset in ('standard', 'short', 'minimal', 'custom')),
  recording_days integer not null check (recording_days between 1 and 3650),
  call_days integer not null check (call_days between 1 and 3650),
  message_days integer not null check (message_days between 1 and 3650),
  recordings_gone_to timestamptz not null,
  calls_gone_to timestamptz not null,
  messages_gone_to timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation_id, version)
);
comment on table app.keepings is 'owner: safeguards/retention';
comment on column app.keepings.organisation_id is 'id: the tenant';
comment on column app.keepings.version is 'operational: counts the changes';
comment on column app.keepings.preset is 'business: which of the usual settings it is';
comment on column app.keepings.recording_days is 'business: days that recordings are kept';
comment on column app.keepings.call_days is 'business: days that words, number and name of a caller are kept';
comment on column app.keepings.message_days is 'business: days that messages are kept';
comment on column app.keepings.recordings_gone_to is 'operational: recordings from then or before were past their time already';
comment on column app.keepings.calls_gone_to is 'operational: the same of calls';
comment on column app.keepings.messages_gone_to is 'operational: the same of messages';
comment on column app.keepings.changed_at is 'operational: since when';
comment on column app.keepings.changed_by is 'id: who changed it, as the audit log names them';

create table app.purposes (
  organisation_id uuid not null references app.organisations (id),
  purpose text not null check (purpose in ('messages', 'appointments', 'leads', 'recordings')),
  agreed boolean not null,
  at timestamptz not null,
  by text not null,
  primary key (organisation_id, purpose),
  constraint answering_takes_messages check (agreed or purpose <> 'messages')
);
comment on table app.purposes is 'owner: safeguards/retention';
comment on column app.purposes.organisation_id is 'id: the tenant';
comment on column app.purposes.purpose is 'operational: what data is used for, a fixed word';
comment on column app.purposes.agreed is 'business: whether the business has agreed to it';
comment on column app.purposes.at is 'operational: when it was decided';
comment on column app.purposes.by is 'id: who decided it, as the audit log names them';

-- Those that are here already have been set up by the command, and did all of it until now.
alter table app.organisations no force row level security;
insert into app.purposes (organisation_id, purpose, agreed, at, by)
select o.id, p.purpose, true, now(), 'command:setup'
from app.organisations o, unnest(array['messages', 'appointments', 'leads', 'recordings']) p (purpose);
alter table app.organisations force row level security;

select sec.protect('app.keepings', 'select, insert');
select sec.protect('app.purposes', 'select, insert, update');

-- What of a call is personal can go: when, how long, with which agent and how it ended stays.
alter table app.calls alter column conversation drop not null;
alter table app.calls add column emptied_at timestamptz;
comment on column app.calls.emptied_at is 'operational: when all that was said in it, and whose call it was, had been destroyed';
-- A contact whose time is over is first unlinked from its number, so that a new call makes a new one.
alter table app.contacts alter column phone_index drop not null;
grant delete on app.tool_runs to sotto_jobs, sotto_app;

create index calls_to_empty on app.calls (organisation_id, ended_at) where emptied_at is null;
create index calls_by_contact on app.calls (organisation_id, contact_id) where contact_id is not null;
create index messages_by_contact on app.messages (organisation_id, contact_id) where contact_id is not null;
create index leads_by_contact on app.leads (organisation_id, contact_id) where contact_id is not null;
create index appointments_by_contact on app.appointments (organisation_id, contact_id) where contact_id is not null;
create index contacts_by_sight on app.contacts (organisation_id, seen_at);
create index recordings_by_age on app.recordings (organisation_id, started_at);
comment on column app.recordings.next_try_at is 'operational: when an open one, or one that could not be deleted, is looked at again';

-- A recording needs the agent to record and the business to have agreed to recordings.
create or replace function sec.recording_enabled() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    new.enabled := old.enabled;
  else
    new.enabled := coalesce((
      select a.record and exists (
        select from app.purposes p
        where p.organisation_id = new.organisation_id and p.purpose = 'recordings' and p.agreed)
      from app.calls c
      join app.agents a on a.organisation_id = c.organisation_id and a.id = c.agent_id
      where c.organisation_id = new.organisation_id and c.id = new.call_id), false);
  end if;
  return new;
end $$;

-- What is past its time, in all organisations: kind and id, for the jobs. At most 100 of each kind, so that one kind whose
-- work fails keeps no other waiting.
create policy find on app.keepings for select to sotto_finder using (true);
create policy find on app.contacts for select to sotto_finder using (true);
create policy find on app.messages for select to sotto_finder using (true);
grant select (organisation_id, version, recording_days, call_days, message_days, recordings_gone_to, calls_gone_to,
  messages_gone_to) on app.keepings to sotto_finder;
grant select (organisation_id, id, phone_index, seen_at) on app.contacts to sotto_finder;
grant select (organisation_id, id, created_at) on app.messages to sotto_finder;
grant select (started_at) on app.recordings to sotto_finder;
grant select (contact_id, emptied_at) on app.calls to sotto_finder;

create function sec.past_their_time(now timestamptz) returns table (organisation_id uuid, kind text, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with until as materialized (
    select o.id as organisation_id,
      greatest(past_their_time.now - coalesce(k.recording_days, 90) * interval '24 hours', k.recordings_gone_to) as recordings,
      greatest(past_their_time.now - coalesce(k.call_days, 90) * interval '24 hours', k.calls_gone_to) as calls,
      greatest(past_their_time.now - coalesce(k.message_days, 90) * interval '24 hours', k.messages_gone_to) as messages
    from app.organisations o
    left join lateral (
      select * from (
        select k.recording_days, k.call_days, k.message_days, k.recordings_gone_to, k.calls_gone_to, k.messages_gone_to
        from app.keepings k where k.organisation_id = o.id order by k.version desc limit 1) newest) k on true
  )
  (select u.organisation_id, 'recording', due.id from until u, lateral (
    select r.id from app.recordings r
    where r.organisation_id = u.organisation_id and r.started_at <= u.recordings
      and (r.next_try_at is null or r.next_try_at <= past_their_time.now)
    order by r.started_at limit 100) due limit 100)
  union all
  (select u.organisation_id, 'message', due.id from until u, lateral (
    select m.id from app.messages m
    where m.organisation_id = u.organisation_id and m.created_at <= u.messages
    order by m.created_at limit 100) due limit 100)
  union all
  (select u.organisation_id, 'call', due.id from until u, lateral (
    select c.id from app.calls c
    where c.organisation_id = u.organisation_id and c.emptied_at is null and c.ended_at <= u.calls
    order by c.ended_at limit 100) due limit 100)
  union all
  (select u.organisation_id, 'contact', due.id from until u, lateral (
    select c.id from app.contacts c
    where c.organisation_id = u.organisation_id and c.seen_at <= u.calls
      and not exists (
        select from app.calls x where x.organisation_id = c.organisation_id and x.contact_id = c.id)
    order by c.seen_at limit 100) due limit 100)
$$;
grant execute on function sec.past_their_time(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.past_their_time(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
