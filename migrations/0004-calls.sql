create table app.contacts (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  phone bytea not null,
  phone_index bytea not null,
  name bytea,
  language text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, phone_index)
);
comment on table app.contacts is 'owner: secretary/contacts';
comment on column app.contacts.organisation_id is 'id: the tenant';
comment on column app.contacts.id is 'id: the person';
comment on column app.contacts.phone is 'personal: number the person calls from';
comment on column app.contacts.phone_index is 'index: keyed hash of the number';
comment on column app.contacts.name is 'personal: name as the person gave it';
comment on column app.contacts.language is 'operational: language last spoken';
comment on column app.contacts.created_at is 'operational: first contact';
comment on column app.contacts.seen_at is 'operational: last contact';
select sec.protect('app.contacts', 'select, insert, update, delete');

create table app.suppressions (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  phone_index bytea not null,
  reason text not null,
  call_id uuid,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, phone_index)
);
comment on table app.suppressions is 'owner: secretary/contacts';
comment on column app.suppressions.organisation_id is 'id: the tenant';
comment on column app.suppressions.id is 'id: the entry';
comment on column app.suppressions.phone_index is 'index: keyed hash of a number that must not be contacted';
comment on column app.suppressions.reason is 'operational: why, a fixed word';
comment on column app.suppressions.call_id is 'id: the call in which it was asked for';
comment on column app.suppressions.created_at is 'operational: since when';
select sec.protect('app.suppressions', 'select, insert');

create table app.calls (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  carrier text not null,
  carrier_call_id text not null,
  line_id uuid not null,
  agent_id uuid not null,
  contact_id uuid,
  caller_number bytea,
  caller_index bytea,
  language text not null,
  state text not null check (state in ('live', 'ended')),
  conversation bytea not null,
  turn integer not null,
  started_at timestamptz not null,
  watch_at timestamptz not null,
  disclosed_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  outcome text,
  summary bytea,
  extraction bytea,
  finished_at timestamptz,
  tries integer not null default 0,
  next_try_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, carrier, carrier_call_id),
  foreign key (organisation_id, line_id) references app.lines (organisation_id, id),
  foreign key (organisation_id, agent_id) references app.agents (organisation_id, id),
  foreign key (organisation_id, contact_id) references app.contacts (organisation_id, id)
);
comment on table app.calls is 'owner: secretary/calls';
comment on column app.calls.organisation_id is 'id: the tenant';
comment on column app.calls.id is 'id: the call';
comment on column app.calls.carrier is 'operational: file name of the carrier';
comment on column app.calls.carrier_call_id is 'id: the carrier''s name for the call';
comment on column app.calls.line_id is 'id: the line that was dialled';
comment on column app.calls.agent_id is 'id: the agent that answers';
comment on column app.calls.contact_id is 'id: who called';
comment on column app.calls.caller_number is 'personal: number of the caller, absent when withheld';
comment on column app.calls.caller_index is 'index: keyed hash of the number';
comment on column app.calls.language is 'operational: language spoken';
comment on column app.calls.state is 'operational: live or ended';
comment on column app.calls.conversation is 'personal: state of the conversation, enough to go on after a crash';
comment on column app.calls.turn is 'operational: number of steps taken, guards against two writers';
comment on column app.calls.started_at is 'operational: ring';
comment on column app.calls.watch_at is 'operational: when the watchdog ends the call unless it shows a sign of life before';
comment on column app.calls.disclosed_at is 'operational: when the disclosure had been heard';
comment on column app.calls.ended_at is 'operational: hang-up';
comment on column app.calls.end_reason is 'operational: why it ended, a fixed word';
comment on column app.calls.outcome is 'operational: what came of it, a fixed word';
comment on column app.calls.summary is 'personal: what the call was about';
comment on column app.calls.extraction is 'personal: slots filled in the call';
comment on column app.calls.finished_at is 'operational: when summary, lead and outcome were written';
comment on column app.calls.tries is 'operational: attempts at finishing';
comment on column app.calls.next_try_at is 'operational: when finishing is due';
create index calls_by_start on app.calls (organisation_id, started_at desc, id desc);
create index calls_by_caller on app.calls (organisation_id, caller_index);
create index calls_live on app.calls (watch_at) where state = 'live';
create index calls_unfinished on app.calls (next_try_at) where state = 'ended' and finished_at is null;
select sec.protect('app.calls', 'select, insert, update');

create table app.call_entries (
  organisation_id uuid not null,
  call_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  speaker text not null check (speaker in ('caller', 'agent')),
  kind text not null check (kind in ('speech', 'digits', 'silence', 'disclosure')),
  meant bytea,
  heard bytea,
  heard_at timestamptz,
  primary key (organisation_id, call_id, seq),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id)
);
comment on table app.call_entries is 'owner: secretary/calls';
comment on column app.call_entries.organisation_id is 'id: the tenant';
comment on column app.call_entries.call_id is 'id: the call';
comment on column app.call_entries.seq is 'operational: order within the call';
comment on column app.call_entries.at is 'operational: when it was said';
comment on column app.call_entries.speaker is 'operational: who spoke';
comment on column app.call_entries.kind is 'operational: speech, keypad, silence or disclosure';
comment on column app.call_entries.meant is 'personal: words as sent to be spoken';
comment on column app.call_entries.heard is 'personal: words as they were heard';
comment on column app.call_entries.heard_at is 'operational: when the hearing was acknowledged';
select sec.protect('app.call_entries', 'select, insert, update, delete');

create table app.stream_tokens (
  organisation_id uuid not null,
  call_id uuid not null,
  turn integer not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organisation_id, call_id, turn),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id)
);
comment on table app.stream_tokens is 'owner: secretary/calls';
comment on column app.stream_tokens.organisation_id is 'id: the tenant';
comment on column app.stream_tokens.call_id is 'id: the one call it opens';
comment on column app.stream_tokens.turn is 'operational: the turn in which a socket was offered';
comment on column app.stream_tokens.expires_at is 'operational: 60 s after it was made';
comment on column app.stream_tokens.used_at is 'operational: when it was used up';
select sec.protect('app.stream_tokens', 'select, insert, update, delete');

create table app.tool_runs (
  organisation_id uuid not null,
  call_id uuid not null,
  key text not null,
  tool text not null,
  result bytea not null,
  at timestamptz not null,
  primary key (organisation_id, call_id, key),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id)
);
comment on table app.tool_runs is 'owner: secretary/agent';
comment on column app.tool_runs.organisation_id is 'id: the tenant';
comment on column app.tool_runs.call_id is 'id: the call';
comment on column app.tool_runs.key is 'operational: idempotency key within the call';
comment on column app.tool_runs.tool is 'operational: file name of the tool';
comment on column app.tool_runs.result is 'personal: what the tool answered';
comment on column app.tool_runs.at is 'operational: commit point';
select sec.protect('app.tool_runs', 'select, insert');

create table app.messages (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  call_id uuid,
  contact_id uuid,
  channel text not null check (channel in ('voice')),
  name bytea,
  callback bytea,
  body bytea not null,
  urgent boolean not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id),
  foreign key (organisation_id, contact_id) references app.contacts (organisation_id, id)
);
comment on table app.messages is 'owner: secretary/messages';
comment on column app.messages.organisation_id is 'id: the tenant';
comment on column app.messages.id is 'id: the message';
comment on column app.messages.call_id is 'id: the call it was left in';
comment on column app.messages.contact_id is 'id: who left it';
comment on column app.messages.channel is 'operational: how it came';
comment on column app.messages.name is 'personal: name as given';
comment on column app.messages.callback is 'personal: number to call back';
comment on column app.messages.body is 'personal: what it is about';
comment on column app.messages.urgent is 'operational: the caller said it is urgent';
comment on column app.messages.created_at is 'operational: when it was taken';
create index messages_by_age on app.messages (organisation_id, created_at desc, id desc);
select sec.protect('app.messages', 'select, insert, update, delete');

create table app.leads (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  call_id uuid not null,
  contact_id uuid,
  name bytea,
  phone bytea,
  interest bytea,
  status text not null check (status in ('new', 'contacted', 'won', 'lost')),
  created_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, call_id),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id),
  foreign key (organisation_id, contact_id) references app.contacts (organisation_id, id)
);
comment on table app.leads is 'owner: secretary/contacts';
comment on column app.leads.organisation_id is 'id: the tenant';
comment on column app.leads.id is 'id: the lead';
comment on column app.leads.call_id is 'id: the call it came from';
comment on column app.leads.contact_id is 'id: the person';
comment on column app.leads.name is 'personal: name as given';
comment on column app.leads.phone is 'personal: number to reach them';
comment on column app.leads.interest is 'personal: what they want';
comment on column app.leads.status is 'operational: where it stands';
comment on column app.leads.created_at is 'operational: when it was captured';
create index leads_by_age on app.leads (organisation_id, created_at desc, id desc);
select sec.protect('app.leads', 'select, insert, update, delete');

-- btree_gist is a trusted extension: it lets one constraint compare both the agent and the time range.
create extension if not exists btree_gist with schema sec;
create table app.appointments (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  agent_id uuid not null,
  call_id uuid,
  contact_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  status text not null check (status in ('booked', 'cancelled')),
  phone_index bytea,
  name bytea,
  phone bytea,
  reason bytea,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, agent_id) references app.agents (organisation_id, id),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id),
  foreign key (organisation_id, contact_id) references app.contacts (organisation_id, id),
  constraint appointments_never_overlap exclude using gist
    (organisation_id with =, agent_id with =, tstzrange(starts_at, ends_at) with &&) where (status = 'booked')
);
comment on table app.appointments is 'owner: secretary/appointments';
comment on column app.appointments.organisation_id is 'id: the tenant';
comment on column app.appointments.id is 'id: the appointment';
comment on column app.appointments.agent_id is 'id: whose calendar';
comment on column app.appointments.call_id is 'id: the call it was booked in';
comment on column app.appointments.contact_id is 'id: the person';
comment on column app.appointments.starts_at is 'operational: begins';
comment on column app.appointments.ends_at is 'operational: ends';
comment on column app.appointments.status is 'operational: booked or cancelled';
comment on column app.appointments.phone_index is 'index: keyed hash of the number, to find it again';
comment on column app.appointments.name is 'personal: name as given';
comment on column app.appointments.phone is 'personal: number to reach them';
comment on column app.appointments.reason is 'personal: what it is for';
comment on column app.appointments.created_at is 'operational: when it was booked';
comment on column app.appointments.changed_at is 'operational: when it was last changed';
create index appointments_by_start on app.appointments (organisation_id, starts_at desc, id desc);
create index appointments_by_time on app.appointments (organisation_id, agent_id, starts_at);
create index appointments_by_caller on app.appointments (organisation_id, phone_index, starts_at);
select sec.protect('app.appointments', 'select, insert, update, delete');

-- What the jobs role may find across organisations: ids of work that is due, nothing else.
create policy find on app.calls for select to sotto_finder using (true);
grant select (organisation_id, id, state, watch_at, finished_at, next_try_at) on app.calls to sotto_finder;
create function sec.calls_unfinished(due timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id from app.calls c
  where c.state = 'ended' and c.finished_at is null and c.next_try_at <= due
  order by c.next_try_at
  limit 100
$$;
create function sec.calls_silent(now timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id from app.calls c
  where c.state = 'live' and c.watch_at <= calls_silent.now
  order by c.watch_at
  limit 100
$$;
grant execute on function sec.calls_unfinished(timestamptz), sec.calls_silent(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.calls_unfinished(timestamptz) owner to sotto_finder;
alter function sec.calls_silent(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
