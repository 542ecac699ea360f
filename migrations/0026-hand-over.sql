-- Calls that a system of the business's own (a CRM, an agency system) has taken over, and what is deleted after that.

-- What each such system said of a call: that it has it and confirms so, or that it could not take it.
create table app.hand_overs (
  organisation_id uuid not null,
  call_id uuid not null,
  system text not null check (system ~ '^[a-z][a-z0-9-]{0,39}$'),
  state text not null check (state in ('confirmed', 'failed')),
  reference bytea,
  code text check (code ~ '^[a-z][a-z0-9-]{0,39}$'),
  at timestamptz not null,
  failures integer not null default 0 check (failures >= 0),
  said_by text not null,
  primary key (organisation_id, call_id, system),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id),
  constraint failures_say_why check ((state = 'failed') = (code is not null))
);
comment on table app.hand_overs is 'owner: safeguards/retention';
comment on column app.hand_overs.organisation_id is 'id: the tenant';
comment on column app.hand_overs.call_id is 'id: the call';
comment on column app.hand_overs.system is 'business: which system of the business it was handed over to';
comment on column app.hand_overs.state is 'operational: confirmed or failed';
comment on column app.hand_overs.reference is 'personal: how that system names the record; sealed with the number as it is shown shortened';
comment on column app.hand_overs.code is 'operational: why it failed, a fixed word';
comment on column app.hand_overs.at is 'operational: when that was said';
comment on column app.hand_overs.failures is 'operational: how often it had failed by then';
comment on column app.hand_overs.said_by is 'id: who said so, as the audit log names them';
select sec.protect('app.hand_overs', 'select, insert, update, delete');

-- Since when a system of the business has it, on everything that came of the call: reads and sweeps look at their own row.
-- `forgotten_at`: since when words, names and the whole number have been destroyed for that. `masked` is what is left of
-- the number, under a key of its own (one for each call) that ends with the time of the call.
alter table app.calls add column handed_over_at timestamptz;
alter table app.calls add column forgotten_at timestamptz;
alter table app.calls add column masked bytea;
comment on column app.calls.handed_over_at is 'operational: when a system of the business first confirmed that it has the call';
comment on column app.calls.forgotten_at is 'operational: when words, name and number had been destroyed because it was handed over';
comment on column app.calls.masked is 'personal: last four digits of the number, after a hand-over';

alter table app.messages alter column body drop not null;
alter table app.messages add column handed_over_at timestamptz;
alter table app.messages add column forgotten_at timestamptz;
alter table app.messages add column masked bytea;
comment on column app.messages.handed_over_at is 'operational: when the call it was left in was handed over';
comment on column app.messages.forgotten_at is 'operational: when words, name and number had been destroyed because of that';
comment on column app.messages.masked is 'personal: last four digits of the number, after a hand-over';

alter table app.leads add column handed_over_at timestamptz;
alter table app.leads add column forgotten_at timestamptz;
alter table app.leads add column masked bytea;
comment on column app.leads.handed_over_at is 'operational: when the call it came from was handed over';
comment on column app.leads.forgotten_at is 'operational: when words, name and number had been destroyed because of that';
comment on column app.leads.masked is 'personal: last four digits of the number, after a hand-over';

alter table app.appointments add column handed_over_at timestamptz;
alter table app.appointments add column forgotten_at timestamptz;
alter table app.appointments add column masked bytea;
comment on column app.appointments.handed_over_at is 'operational: when the call it was booked in was handed over';
comment on column app.appointments.forgotten_at is 'operational: when words, name and number had been destroyed because of that';
comment on column app.appointments.masked is 'personal: last four digits of the number, after a hand-over';

alter table app.recordings add column handed_over_at timestamptz;
comment on column app.recordings.handed_over_at is 'operational: when the call was handed over';
alter table app.contacts add column handed_over_at timestamptz;
comment on column app.contacts.handed_over_at is 'operational: when the last of their calls was handed over; null while one is needed still';

-- What waits for its end after a hand-over, the longest handed over first.
create index calls_handed_over on app.calls (organisation_id, handed_over_at)
  where handed_over_at is not null and forgotten_at is null;
create index messages_handed_over on app.messages (organisation_id, handed_over_at)
  where handed_over_at is not null and forgotten_at is null;
create index leads_handed_over on app.leads (organisation_id, handed_over_at)
  where handed_over_at is not null and forgotten_at is null;
create index appointments_handed_over on app.appointments (organisation_id, handed_over_at)
  where handed_over_at is not null and forgotten_at is null;
create index recordings_handed_over on app.recordings (organisation_id, handed_over_at) where handed_over_at is not null;
create index contacts_handed_over on app.contacts (organisation_id, handed_over_at) where handed_over_at is not null;
-- Those forgotten last, for the claim that looks into them.
create index calls_forgotten on app.calls (organisation_id, forgotten_at desc) where forgotten_at is not null;

-- Of mails there is a log for twelve months: to whom, about what, when. Those of before: ids, for the jobs.
create index mails_by_age on app.mails (created_at);
create function sec.mails_before(written timestamptz, most integer) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.organisation_id, m.id from app.mails m
  where m.created_at <= written
  order by m.created_at
  limit least(most, 1000)
$$;
grant execute on function sec.mails_before(timestamptz, integer) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.mails_before(timestamptz, integer) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
