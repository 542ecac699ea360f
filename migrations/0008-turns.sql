-- How long callers wait: each turn of a live call, from the end of their words to the first sound of the answer.
create table app.turns (
  organisation_id uuid not null,
  call_id uuid not null,
  stream integer not null,
  n integer not null,
  agent_id uuid not null,
  at timestamptz not null,
  endpoint_ms integer not null,
  model_ms integer not null,
  sent_ms integer not null,
  heard_ms integer not null,
  primary key (organisation_id, call_id, stream, n),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id),
  foreign key (organisation_id, agent_id) references app.agents (organisation_id, id)
);
comment on table app.turns is 'owner: secretary/turns';
comment on column app.turns.organisation_id is 'id: the tenant';
comment on column app.turns.call_id is 'id: the call';
comment on column app.turns.stream is 'operational: which of the call''s media streams';
comment on column app.turns.n is 'operational: which happening of that stream, counted from 1';
comment on column app.turns.agent_id is 'id: the agent that answered';
comment on column app.turns.at is 'operational: when the answer began to be heard';
comment on column app.turns.endpoint_ms is 'operational: from the end of the caller''s words until the model said that they had ended';
comment on column app.turns.model_ms is 'operational: from the end of the caller''s words until the first sound of the answer came from the model';
comment on column app.turns.sent_ms is 'operational: from the end of the caller''s words until that sound went to the carrier';
comment on column app.turns.heard_ms is 'operational: from the end of the caller''s words until the carrier acknowledged that it was played';
-- A window of one agent is read from the index alone.
create index turns_by_agent on app.turns (organisation_id, agent_id, at desc) include (endpoint_ms, model_ms, sent_ms, heard_ms);
select sec.protect('app.turns', 'select, insert');
