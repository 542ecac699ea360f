-- As in 0046: a witness that was put off under a clock that was ahead is asked once it is right.
drop function sec.witnesses_due(timestamptz);
create function sec.witnesses_due(now timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.organisation_id, w.id from app.log_witnesses w
  where (w.due_at <= witnesses_due.now or w.due_at > witnesses_due.now + interval '2 days') and w.size < (
    select h.size from app.audit_heads h
    where h.organisation_id = w.organisation_id and h.tree = w.tree order by h.size desc limit 1)
  order by w.due_at limit 100
$$;
grant execute on function sec.witnesses_due(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.witnesses_due(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
