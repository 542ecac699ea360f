-- Closing an account: everything below an organisation ends thirty days after its owner asked for it, or at once where that
-- was said. What stays is a row without a name, and what was done as the audit log tells it.
alter table app.organisations add column closing_asked_at timestamptz;
alter table app.organisations add column closes_at timestamptz;
alter table app.organisations add column erased_at timestamptz;
alter table app.organisations add constraint closes_in_thirty_days check (
  (closing_asked_at is null) = (closes_at is null)
  and closes_at between closing_asked_at and closing_asked_at + interval '720 hours');
alter table app.organisations add constraint erased_has_no_name check (erased_at is null or (closes_at is not null and name = ''));
comment on column app.organisations.closing_asked_at is 'operational: when its owner asked to close the account; null while nobody has';
comment on column app.organisations.closes_at is 'operational: when everything of it ends, thirty days later or sooner';
comment on column app.organisations.erased_at is 'operational: since when nothing is left of it but this row and its audit entries';
create index organisations_closing on app.organisations (closes_at) where closes_at is not null and erased_at is null;

grant select (closes_at, erased_at) on app.organisations to sotto_finder;
create function sec.organisations_closing(now timestamptz) returns table (id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id from app.organisations o
  where o.closes_at <= organisations_closing.now and o.erased_at is null
  order by o.closes_at
  limit 100
$$;
grant execute on function sec.organisations_closing(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.organisations_closing(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;

-- Below one that was erased there is nothing to do any more.
drop function sec.organisations();
create function sec.organisations() returns table (id uuid, kind text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.kind from app.organisations o where o.erased_at is null
$$;
grant execute on function sec.organisations() to sotto_app, sotto_jobs, sotto_prove;
grant create on schema sec to sotto_finder;
alter function sec.organisations() owner to sotto_finder;
revoke create on schema sec from sotto_finder;

-- What erases an organisation deletes its rows from every table, as the jobs and within the policies: what happened stays
-- in the audit log, whose details nobody can read without the key, and so does the row of the organisation. A test walks the catalogue for tables that came later.
do $$
declare
  one regclass;
begin
  for one in
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and c.relname not in ('organisations', 'audit_entries', 'audit_details')
  loop
    execute format('grant delete on %s to sotto_jobs', one);
  end loop;
end $$;
