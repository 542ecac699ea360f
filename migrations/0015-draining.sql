-- Calls that a node which is about to stop has still to answer for: begun before it took no new ones, and not silent for
-- longer than any state may be. Of a call that was put through only the first while counts, in which nobody may answer.
grant select (started_at) on app.calls to sotto_finder;
create function sec.calls_running(before timestamptz, watched timestamptz, put_through timestamptz)
returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id from app.calls c
  where c.state = 'live' and c.started_at < before and (c.watch_at <= watched or c.watch_at > put_through)
  limit 100
$$;
grant execute on function sec.calls_running(timestamptz, timestamptz, timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.calls_running(timestamptz, timestamptz, timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;

comment on column app.calls.model_lost_at is 'operational: when the model of its agent was lost for good';
