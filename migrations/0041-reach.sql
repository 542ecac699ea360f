-- An audit entry covers only what its action says it changes: a change of people under an entry about contacts has none.

-- What is noted already is counted as it was noted. Whoever would write an entry waits here, and notes it as below.
lock table app.audit_entries in share row exclusive mode;
do $$ begin
  delete from sec.changes where xid = pg_current_xact_id();
  perform pg_advisory_xact_lock(7305034);
  while sec.tally_changes() > 0 loop end loop;
end $$;

-- Which tables each action may change. Its source is src/safeguards/audit/actions.ts, from which the owner of the schema
-- writes it at every start: no role of the running program can add to it, and a claim holds the two against each other.
create table sec.action_reach (
  action text not null,
  relation text not null,
  primary key (action, relation)
);
comment on table sec.action_reach is 'owner: safeguards/log';
comment on column sec.action_reach.action is 'operational: what can be done, a fixed word';
comment on column sec.action_reach.relation is 'operational: a table of which an entry with this word covers changes';
alter table sec.action_reach enable row level security;
alter table sec.action_reach force row level security;
create policy migrate on sec.action_reach to sotto_migrate using (true) with check (true);
create function sec.reach() returns table (action text, relation text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.action, r.relation from sec.action_reach r
$$;
grant execute on function sec.reach() to sotto_prove;

-- Takes the tables of each action, as of a new version. What was noted until now is counted by what held until now.
create function sec.share_reach(given jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  fresh constant text[] := array(
    select g.key || ' ' || r from jsonb_each(given) g, jsonb_array_elements_text(g.value) r order by 1);
begin
  perform pg_advisory_xact_lock(7305034);
  if fresh = array(select r.action || ' ' || r.relation from sec.action_reach r order by 1) then
    return;
  end if;
  lock table app.audit_entries in share row exclusive mode;
  while sec.tally_changes() > 0 loop end loop;
  delete from sec.action_reach;
  insert into sec.action_reach (action, relation)
  select split_part(f, ' ', 1), split_part(f, ' ', 2) from unnest(fresh) f;
end $$;

comment on column sec.changes.operation is 'operational: insert, update or delete; of an entry its action';

create or replace function sec.note_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_pending (organisation_id, tree, entry_id, at)
  values (new.organisation_id, 'entries', new.id, new.at);
  insert into sec.changes (organisation_id, relation, operation) values (new.organisation_id, 'audit_entries', new.action);
  return null;
end $$;

comment on column app.audit_coverage.recorded is 'operational: statements that an audit entry of their transaction covers';
comment on column app.audit_coverage.unrecorded is 'operational: statements that none covers';

-- As before, but that an entry covers the tables that its action may change, and no other. Nothing is counted before that
-- is known.
create or replace function sec.tally_changes() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  installation constant uuid := '00000000-0000-7000-8000-000000000001';
  upto xid8;
  counted bigint;
begin
  if not pg_try_advisory_xact_lock(7305034) or not exists (select from sec.action_reach) then
    return null;
  end if;
  select max(c.xid) into upto from (select xid from sec.changes order by xid limit 50000) c;
  with taken as (
    delete from sec.changes c where c.xid <= upto returning c.*
  ),
  covered as (
    select distinct t.xid, r.relation from taken t join sec.action_reach r on r.action = t.operation
    where t.relation = 'audit_entries'
  ),
  judged as (
    select t.*, c.xid is not null as has_entry
    from taken t left join covered c on c.xid = t.xid and c.relation = t.relation
    where t.relation <> 'audit_entries'
  ),
  sums as (
    select case when has_entry then installation else coalesce(organisation_id, installation) end as organisation,
      (at at time zone 'UTC')::date as day, relation, operation,
      count(*) filter (where has_entry) as recorded, count(*) filter (where not has_entry) as unrecorded,
      max(at) filter (where not has_entry) as last_at
    from judged group by 1, 2, 3, 4
  ),
  written as (
    insert into app.audit_coverage as a (organisation_id, day, relation, operation, recorded, unrecorded, last_unrecorded_at)
    select organisation, day, relation, operation, recorded, unrecorded, last_at from sums
    on conflict (organisation_id, day, relation, operation) do update
    set recorded = a.recorded + excluded.recorded, unrecorded = a.unrecorded + excluded.unrecorded,
      last_unrecorded_at = greatest(a.last_unrecorded_at, excluded.last_unrecorded_at)
  )
  select count(*) into counted from taken;
  return counted;
end $$;
