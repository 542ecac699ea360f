-- Recordings of calls. The audio lies sealed in the object store under `recordings/<organisation>/<id>/`; here is what
-- there is of it and which key opens it.
create table app.recordings (
  organisation_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  stream integer not null,
  key_id bytea not null check (length(key_id) = 16),
  enabled boolean not null,
  state text not null check (state in ('open', 'closed', 'lost')),
  segments integer not null default 0 check (segments >= 0),
  ms integer not null default 0 check (ms >= 0),
  started_at timestamptz not null,
  ended_at timestamptz,
  next_try_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, call_id, stream),
  foreign key (organisation_id, call_id) references app.calls (organisation_id, id)
);
comment on table app.recordings is 'owner: secretary/recordings';
comment on column app.recordings.organisation_id is 'id: the tenant';
comment on column app.recordings.id is 'id: the recording';
comment on column app.recordings.call_id is 'id: the call';
comment on column app.recordings.stream is 'operational: which of the call''s media streams';
comment on column app.recordings.key_id is 'id: the key in the keystore that opens it';
comment on column app.recordings.enabled is 'operational: whether the agent recorded when it began, as the database saw it';
comment on column app.recordings.state is 'operational: open, closed (whole) or lost (broken off, or nothing kept)';
comment on column app.recordings.segments is 'operational: how many segments lie in the object store';
comment on column app.recordings.ms is 'operational: length in milliseconds';
comment on column app.recordings.started_at is 'operational: beginning of the stream';
comment on column app.recordings.ended_at is 'operational: when it was known how much there is';
comment on column app.recordings.next_try_at is 'operational: when an open one is looked at again';
create index recordings_open on app.recordings (next_try_at) where state = 'open';
create index recordings_not_enabled on app.recordings (organisation_id, id) where not enabled;
select sec.protect('app.recordings', 'select, insert, update, delete');

-- Whether the agent records is not for the program to say: what it was when the recording began is looked up here,
-- whatever the insert says, and is never changed again.
create function sec.recording_enabled() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    new.enabled := old.enabled;
  else
    new.enabled := coalesce((
      select a.record from app.calls c
      join app.agents a on a.organisation_id = c.organisation_id and a.id = c.agent_id
      where c.organisation_id = new.organisation_id and c.id = new.call_id), false);
  end if;
  return new;
end $$;
create trigger enabled before insert or update on app.recordings
  for each row execute function sec.recording_enabled();

-- Recordings of calls that are over and that nobody has closed: ids, for the jobs.
create policy find on app.recordings for select to sotto_finder using (true);
grant select (organisation_id, id, call_id, state, next_try_at) on app.recordings to sotto_finder;
grant select (ended_at) on app.calls to sotto_finder;
create function sec.recordings_unfinished(due timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.organisation_id, r.id from app.recordings r
  join app.calls c on c.organisation_id = r.organisation_id and c.id = r.call_id
  where r.state = 'open' and r.next_try_at <= due and c.state = 'ended' and c.ended_at <= due - interval '1 minute'
  order by r.next_try_at
  limit 100
$$;
grant execute on function sec.recordings_unfinished(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.recordings_unfinished(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
