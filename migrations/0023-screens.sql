-- What the screens look for among many calls, why a call went as it went, and which messages still wait for somebody.

-- A page of calls is read from the index that knows what is asked for; of outcomes only calls that are over have one, so
-- that the steps of a call under way do not pay for these.
create index calls_live_by_start on app.calls (organisation_id, started_at desc, id desc) where state = 'live';
create index calls_by_agent on app.calls (organisation_id, agent_id, started_at desc, id desc);
create index calls_unassigned on app.calls (organisation_id, started_at desc, id desc) where assigned_to is null;
create index calls_by_outcome on app.calls (organisation_id, outcome, started_at desc, id desc)
  where outcome is not null;
create index calls_by_agent_and_outcome on app.calls (organisation_id, agent_id, outcome, started_at desc, id desc)
  where outcome is not null;
create index calls_by_assignee_and_outcome on app.calls (organisation_id, assigned_to, outcome, started_at desc, id desc)
  where outcome is not null and assigned_to is not null;
create index calls_unassigned_by_outcome on app.calls (organisation_id, outcome, started_at desc, id desc)
  where outcome is not null and assigned_to is null;

create table app.call_decisions (
  organisation_id uuid not null,
  call_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  what text not null check (what in ('disclosure', 'recording', 'tool', 'transfer', 'model', 'channel')),
  about text,
  why text not null,
  primary key (organisation_id, call_id, id),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id)
);
comment on table app.call_decisions is 'owner: secretary/calls';
comment on column app.call_decisions.organisation_id is 'id: the tenant';
comment on column app.call_decisions.call_id is 'id: the call';
comment on column app.call_decisions.id is 'id: the decision';
comment on column app.call_decisions.at is 'operational: when it was taken';
comment on column app.call_decisions.what is 'operational: what was decided on, a fixed word';
comment on column app.call_decisions.about is 'operational: which one: file name of the rule, the tool or the model, or a channel';
comment on column app.call_decisions.why is 'operational: what came of it and why, a fixed word';
select sec.protect('app.call_decisions', 'select, insert, delete');

alter table app.messages add column done_at timestamptz;
alter table app.messages add column done_by uuid;
comment on column app.messages.done_at is 'operational: when somebody had seen to it; null while it waits';
comment on column app.messages.done_by is 'id: the person or API key that said so';
create index messages_open on app.messages (organisation_id, created_at desc, id desc) where done_at is null;
create index messages_urgent on app.messages (organisation_id, created_at desc, id desc) where urgent;
create index messages_by_call on app.messages (organisation_id, call_id);
create index leads_by_status on app.leads (organisation_id, status, created_at desc, id desc);
create index appointments_by_call on app.appointments (organisation_id, call_id);
