-- An erasure is never put off for longer than a minute: what waits for longer was put off under a clock that was wrong.
drop function sec.erasures_due(timestamptz);
create function sec.erasures_due(now timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.organisation_id, e.id from app.erasures e
  where e.due_at <= erasures_due.now or e.due_at > erasures_due.now + interval '1 hour' order by e.due_at limit 100
$$;
grant execute on function sec.erasures_due(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.erasures_due(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
