-- How long each type of data is kept, by the rules in src/safeguards/retention/rules, and what the hourly run still found.

-- A window is {"ms": n}, or "account": as long as the account, and 30 days. Nothing is kept without an end. Whole days for
-- everybody; minutes for the two canaries alone, who prove within the hour what holds for all.
create function sec.is_window(organisation uuid, rule text, given jsonb) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  is_canary constant boolean := organisation in ('00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-0000000000c2');
  step constant numeric := case when is_canary then 60000 else 86400000 end;
  ms numeric;
begin
  if given = '"account"'::jsonb then
    return rule in ('people', 'leads', 'appointments');
  end if;
  if jsonb_typeof(given) is distinct from 'object' or jsonb_typeof(given -> 'ms') is distinct from 'number'
    or given - 'ms' <> '{}'::jsonb then
    return false;
  end if;
  ms := (given ->> 'ms')::numeric;
  return ms between step and 3650 * 86400000::numeric and ms % step = 0;
end $$;

-- One for each rule that a business sets, and no other; a recording is kept no longer than its call.
create function sec.are_windows(organisation uuid, given jsonb) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_typeof(given) is distinct from 'object' then
    return false;
  end if;
  return (select array_agg(w.key order by w.key) from jsonb_each(given) w)
      = array['appointments', 'calls', 'leads', 'messages', 'people', 'recordings']
    and (select bool_and(sec.is_window(organisation, w.key, w.value)) from jsonb_each(given) w)
    -- Whose recording it is can be told by its call alone.
    and (given #>> '{recordings,ms}')::numeric <= (given #>> '{calls,ms}')::numeric;
end $$;
grant execute on function sec.is_window(uuid, text, jsonb), sec.are_windows(uuid, jsonb) to sotto_app, sotto_jobs, sotto_prove;

alter table app.keepings
  drop constraint keepings_preset_check,
  add constraint preset_is_a_name check (preset ~ '^[a-z]+(-[a-z]+)*$' and length(preset) <= 40),
  add column windows jsonb,
  add column after_hand_over_ms bigint,
  add column gone_to jsonb;
comment on column app.keepings.preset is 'business: which of the usual settings it is, or custom';
comment on column app.keepings.windows is 'business: how long each type of data is kept, by rule';
comment on column app.keepings.after_hand_over_ms is 'business: how long after a confirmed hand-over words, names and numbers are kept; null: no sooner for that';
comment on column app.keepings.gone_to is 'operational: by rule, and for hand-overs: whatever is from then or before was past its time already';

-- Those that are there: recordings no longer than their calls, of whom somebody knows as long as of their calls; leads and appointments as long as the account.
alter table app.keepings no force row level security;
update app.keepings set
  windows = jsonb_build_object(
    'recordings', jsonb_build_object('ms', least(recording_days, call_days) * 86400000::bigint),
    'calls', jsonb_build_object('ms', call_days * 86400000::bigint),
    'messages', jsonb_build_object('ms', message_days * 86400000::bigint),
    'people', jsonb_build_object('ms', call_days * 86400000::bigint),
    'leads', 'account', 'appointments', 'account'),
  gone_to = jsonb_build_object(
    'recordings', to_char(recordings_gone_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'calls', to_char(calls_gone_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'messages', to_char(messages_gone_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'people', to_char(calls_gone_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'leads', '1970-01-01T00:00:00.000Z', 'appointments', '1970-01-01T00:00:00.000Z',
    'handOver', '1970-01-01T00:00:00.000Z');
alter table app.keepings force row level security;

drop function sec.past_their_time(timestamptz);
revoke select (recording_days, call_days, message_days, recordings_gone_to, calls_gone_to, messages_gone_to,
  organisation_id, version) on app.keepings from sotto_finder;
revoke select (organisation_id, id, phone_index, seen_at) on app.contacts from sotto_finder;
revoke select (organisation_id, id, created_at) on app.messages from sotto_finder;
revoke select (started_at) on app.recordings from sotto_finder;
revoke select (contact_id, emptied_at) on app.calls from sotto_finder;
drop policy find on app.keepings;
drop policy find on app.contacts;
drop policy find on app.messages;

alter table app.keepings
  alter column windows set not null,
  alter column gone_to set not null,
  add constraint windows_end check (sec.are_windows(organisation_id, windows)),
  add constraint hand_over_is_soon check (after_hand_over_ms between 0 and 2592000000),
  add constraint gone_to_is_known check (
    jsonb_typeof(gone_to) = 'object'
    and gone_to ?& array['recordings', 'calls', 'messages', 'people', 'leads', 'appointments', 'handOver']),
  drop column recording_days, drop column call_days, drop column message_days,
  drop column recordings_gone_to, drop column calls_gone_to, drop column messages_gone_to;

-- What is due is found by its age, the oldest first. (Calls, recordings and contacts have theirs since 0021, messages and
-- leads since 0004.)
create index appointments_by_end on app.appointments (organisation_id, ends_at);

-- The second net: when it looked at every organisation, and what was still there although its time was over.
create table app.hygiene_runs (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  at timestamptz not null,
  took_ms integer not null check (took_ms >= 0),
  organisations integer not null check (organisations >= 0),
  found jsonb not null check (jsonb_typeof(found) = 'object'),
  swept jsonb not null check (jsonb_typeof(swept) = 'object'),
  failed jsonb not null check (jsonb_typeof(failed) = 'array'),
  primary key (organisation_id, id)
);
comment on table app.hygiene_runs is 'owner: safeguards/retention';
comment on column app.hygiene_runs.organisation_id is 'id: the installation';
comment on column app.hygiene_runs.id is 'id: the run';
comment on column app.hygiene_runs.at is 'operational: when it began';
comment on column app.hygiene_runs.took_ms is 'operational: how long it took';
comment on column app.hygiene_runs.organisations is 'operational: how many organisations were looked at';
comment on column app.hygiene_runs.found is 'operational: how many things were past their time and still there, by rule';
comment on column app.hygiene_runs.swept is 'operational: how many things the other sweepers ended, by their names';
comment on column app.hygiene_runs.failed is 'operational: rules and sweepers that failed';
create index hygiene_runs_by_time on app.hygiene_runs (organisation_id, at desc);
select sec.protect('app.hygiene_runs', 'select, insert, delete');
