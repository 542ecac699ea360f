-- What is put off is put off for hours at most. What waits for longer than two days was put off under a clock that was
-- ahead, and is due now that it is right: as in 0045, for whatever else is tried again.

-- A mail that is only to end, because it is too late for it or because it was kept long enough, ends by `surely`: what the
-- time is at least.
drop function sec.mails_due(timestamptz, integer);
grant select (state, give_up_at) on app.mails to sotto_finder;
create function sec.mails_due(due timestamptz, surely timestamptz, most integer)
returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.organisation_id, m.id from app.mails m
  where case m.state
    when 'kept' then m.due_at <= surely
    when 'waiting' then (m.due_at <= due or m.due_at > due + interval '2 days')
      and (m.give_up_at > due or m.give_up_at <= surely)
    else m.due_at <= due or m.due_at > due + interval '2 days'
  end
  order by m.due_at
  limit least(most, 100)
$$;
grant execute on function sec.mails_due(timestamptz, timestamptz, integer) to sotto_jobs;

drop function sec.calls_unfinished(timestamptz);
create function sec.calls_unfinished(due timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.id from app.calls c
  where c.state = 'ended' and c.finished_at is null
    and (c.next_try_at <= due or c.next_try_at > due + interval '2 days')
  order by c.next_try_at
  limit 100
$$;
grant execute on function sec.calls_unfinished(timestamptz) to sotto_jobs;

drop function sec.recordings_unfinished(timestamptz);
create function sec.recordings_unfinished(due timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.organisation_id, r.id from app.recordings r
  join app.calls c on c.organisation_id = r.organisation_id and c.id = r.call_id
  where r.state = 'open' and (r.next_try_at <= due or r.next_try_at > due + interval '2 days')
    and c.state = 'ended' and (c.ended_at <= due - interval '1 minute' or c.ended_at > due + interval '2 days')
  order by r.next_try_at
  limit 100
$$;
grant execute on function sec.recordings_unfinished(timestamptz) to sotto_jobs;

drop function sec.processor_erasures_due(timestamptz, integer, integer);
create function sec.processor_erasures_due(due timestamptz, organisations integer, each integer)
returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive waiting as (
    (select e.organisation_id from app.processor_erasures e where e.due_at is not null
      order by e.organisation_id limit 1)
    union all
    select (select e.organisation_id from app.processor_erasures e
      where e.due_at is not null and e.organisation_id > w.organisation_id order by e.organisation_id limit 1)
    from waiting w where w.organisation_id is not null
  ),
  next as (
    select w.organisation_id, least(
      (select min(e.due_at) from app.processor_erasures e
        where e.organisation_id = w.organisation_id and e.due_at is not null and e.erasure_id is not null),
      (select min(e.due_at) from app.processor_erasures e
        where e.organisation_id = w.organisation_id and e.due_at is not null and e.erasure_id is null)) as at
    from waiting w where w.organisation_id is not null
  ),
  picked as (
    select n.organisation_id, n.at from next n
    where n.at <= processor_erasures_due.due or n.at > processor_erasures_due.due + interval '2 days' order by n.at
    limit least(organisations, 100)
  )
  select p.organisation_id, found.id from picked p
  cross join lateral (
    (select e.id, 0 as rank, e.due_at from app.processor_erasures e
      where e.organisation_id = p.organisation_id and e.due_at is not null and e.erasure_id is not null
        and (e.due_at <= processor_erasures_due.due or e.due_at > processor_erasures_due.due + interval '2 days')
      order by e.due_at limit least(each, 100))
    union all
    (select e.id, 1, e.due_at from app.processor_erasures e
      where e.organisation_id = p.organisation_id and e.due_at is not null and e.erasure_id is null
        and (e.due_at <= processor_erasures_due.due or e.due_at > processor_erasures_due.due + interval '2 days')
      order by e.due_at limit least(each, 100))
    order by rank, due_at limit least(each, 100)) found
  order by p.at
$$;
grant execute on function sec.processor_erasures_due(timestamptz, integer, integer) to sotto_jobs;

grant create on schema sec to sotto_finder;
alter function sec.mails_due(timestamptz, timestamptz, integer) owner to sotto_finder;
alter function sec.calls_unfinished(timestamptz) owner to sotto_finder;
alter function sec.recordings_unfinished(timestamptz) owner to sotto_finder;
alter function sec.processor_erasures_due(timestamptz, integer, integer) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
