-- The audit log as a transparency log (https://c2sp.org/tlog-tiles): one tree of entries per organisation, and one tree over
-- the signed heads of all of them. What is written here follows from audit_entries; whoever holds a signed head can tell
-- whether it still does.

-- Which trees there are. The lock on a row is what keeps two sequencers from the same tree.
create table app.audit_trees (
  organisation_id uuid not null references app.organisations (id),
  tree text not null check (tree in ('entries', 'heads')),
  origin text not null,
  made_at timestamptz not null,
  stopped_at timestamptz,
  stopped_why text,
  primary key (organisation_id, tree),
  constraint stopped_or_not check ((stopped_at is null) = (stopped_why is null))
);
comment on table app.audit_trees is 'owner: safeguards/log';
comment on column app.audit_trees.organisation_id is 'id: whose entries they are; of the tree of heads the installation';
comment on column app.audit_trees.tree is 'operational: entries, or the heads of all other trees';
comment on column app.audit_trees.origin is 'operational: how its checkpoints name it: the host at first use, and a random id that is nobody''s';
comment on column app.audit_trees.made_at is 'operational: when it was begun';
comment on column app.audit_trees.stopped_at is 'operational: since when it is not signed because it contradicts its last signed head';
comment on column app.audit_trees.stopped_why is 'operational: in what it contradicts it, a fixed word';
select sec.protect('app.audit_trees', 'select');
grant insert, update (stopped_at, stopped_why) on app.audit_trees to sotto_jobs;

-- What has no place in its tree yet. Triggers write it, whoever writes the entry.
create table app.audit_pending (
  organisation_id uuid not null,
  tree text not null,
  entry_id uuid not null,
  at timestamptz not null,
  primary key (organisation_id, tree, entry_id)
);
comment on table app.audit_pending is 'owner: safeguards/log';
comment on column app.audit_pending.organisation_id is 'id: whose tree';
comment on column app.audit_pending.tree is 'operational: which of its trees';
comment on column app.audit_pending.entry_id is 'id: the entry, or the head';
comment on column app.audit_pending.at is 'operational: when it happened';
select sec.protect('app.audit_pending', 'select');
grant delete on app.audit_pending to sotto_jobs;
create policy note on app.audit_pending to sotto_migrate using (true) with check (true);

-- Where each leaf stands. A place is given once and for ever.
create table app.audit_places (
  organisation_id uuid not null,
  tree text not null,
  index bigint not null check (index >= 0),
  entry_id uuid not null,
  hash bytea not null check (length(hash) = 32),
  primary key (organisation_id, tree, index),
  constraint audit_places_once unique (organisation_id, tree, entry_id)
);
comment on table app.audit_places is 'owner: safeguards/log';
comment on column app.audit_places.organisation_id is 'id: whose tree';
comment on column app.audit_places.tree is 'operational: which of its trees';
comment on column app.audit_places.index is 'operational: place in the tree, from 0';
comment on column app.audit_places.entry_id is 'id: the entry, or the head';
comment on column app.audit_places.hash is 'operational: hash of the leaf';
select sec.protect('app.audit_places', 'select');
grant insert on app.audit_places to sotto_jobs;

-- Full tiles: 256 hashes of one level, and the root over them, which is one hash of the level above. A tile that is not full
-- is made of places, or of the roots of full tiles; so nothing here is ever written twice.
create table app.audit_tiles (
  organisation_id uuid not null,
  tree text not null,
  level smallint not null check (level between 0 and 63),
  index bigint not null check (index >= 0),
  hashes bytea not null check (length(hashes) = 8192),
  root bytea not null check (length(root) = 32),
  primary key (organisation_id, tree, level, index)
);
alter table app.audit_tiles alter column hashes set storage external;
comment on table app.audit_tiles is 'owner: safeguards/log';
comment on column app.audit_tiles.organisation_id is 'id: whose tree';
comment on column app.audit_tiles.tree is 'operational: which of its trees';
comment on column app.audit_tiles.level is 'operational: level of the tile';
comment on column app.audit_tiles.index is 'operational: place of the tile in its level';
comment on column app.audit_tiles.hashes is 'operational: its 256 hashes';
comment on column app.audit_tiles.root is 'operational: root over them';
select sec.protect('app.audit_tiles', 'select');
grant insert on app.audit_tiles to sotto_jobs;

-- Signed heads. That of a tree of entries becomes a leaf of the tree of heads.
create table app.audit_heads (
  organisation_id uuid not null,
  tree text not null,
  size bigint not null check (size > 0),
  id uuid not null,
  root bytea not null check (length(root) = 32),
  at timestamptz not null,
  note text not null,
  leaf bytea check (length(leaf) <= 65535),
  primary key (organisation_id, tree, size),
  constraint audit_heads_by_id unique (organisation_id, id),
  constraint leads_to_one_tree check ((leaf is null) = (tree = 'heads'))
);
comment on table app.audit_heads is 'owner: safeguards/log';
comment on column app.audit_heads.organisation_id is 'id: whose tree';
comment on column app.audit_heads.tree is 'operational: which of its trees';
comment on column app.audit_heads.size is 'operational: how many leaves it covers';
comment on column app.audit_heads.id is 'id: the head';
comment on column app.audit_heads.root is 'operational: root over those leaves';
comment on column app.audit_heads.at is 'operational: when it was signed';
comment on column app.audit_heads.note is 'operational: the checkpoint with its signatures, as it is given away';
comment on column app.audit_heads.leaf is 'operational: canonical bytes: origin, size, root and time, as they stand in the tree of heads';
select sec.protect('app.audit_heads', 'select');
grant insert on app.audit_heads to sotto_jobs;
create index audit_heads_by_time on app.audit_heads (organisation_id, tree, at);

-- The leaves of the tree of heads, as the installation keeps them.
create table app.audit_head_leaves (
  organisation_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  leaf bytea not null check (length(leaf) <= 65535),
  primary key (organisation_id, id)
);
comment on table app.audit_head_leaves is 'owner: safeguards/log';
comment on column app.audit_head_leaves.organisation_id is 'id: the installation';
comment on column app.audit_head_leaves.id is 'id: the head';
comment on column app.audit_head_leaves.at is 'operational: when it was signed';
comment on column app.audit_head_leaves.leaf is 'operational: canonical bytes, without naming an organisation';
select sec.protect('app.audit_head_leaves', 'select');
create policy note on app.audit_head_leaves to sotto_migrate using (true) with check (true);

-- Nothing of it changes once it is written: rights forbid it to every runtime role, and the triggers to the owner as well.
do $$
declare
  one text;
begin
  foreach one in array array['audit_places', 'audit_tiles', 'audit_heads', 'audit_head_leaves'] loop
    execute format('create trigger append_only before update or delete on app.%I for each row execute function sec.refuse_change()', one);
    execute format('create trigger no_truncate before truncate on app.%I for each statement execute function sec.refuse_change()', one);
    execute format('revoke update, delete on app.%I from sotto_prove', one);
  end loop;
  foreach one in array array['audit_trees', 'audit_pending', 'audit_places', 'audit_tiles', 'audit_heads', 'audit_head_leaves'] loop
    execute format('create policy review on app.%I for select to sotto_audit using (true)', one);
    execute format('grant select on app.%I to sotto_audit', one);
  end loop;
end $$;

-- How it is seen to that every change has its entry. Each statement that changed rows of an organisation writes down here
-- what it changed, in its own transaction; so does each audit entry. Somebody else looks once a minute which transactions
-- have the one without the other. Nothing is counted in place, so no two transactions wait for each other.
create table sec.changes (
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  organisation_id uuid,
  relation text not null,
  operation text not null
);
comment on table sec.changes is 'owner: safeguards/log';
comment on column sec.changes.xid is 'operational: the transaction';
comment on column sec.changes.at is 'operational: when it began';
comment on column sec.changes.organisation_id is 'id: for whom it acted; null for nobody in particular';
comment on column sec.changes.relation is 'operational: the table that it changed; audit_entries is the entry itself';
comment on column sec.changes.operation is 'operational: insert, update or delete';
alter table sec.changes enable row level security;
alter table sec.changes force row level security;
create policy migrate on sec.changes to sotto_migrate using (true) with check (true);

-- What was found, a row per table and day. Those with an entry are counted for the installation as a whole; those without
-- one below the organisation that they were made for.
create table app.audit_coverage (
  organisation_id uuid not null references app.organisations (id),
  day date not null,
  relation text not null,
  operation text not null,
  recorded bigint not null check (recorded >= 0),
  unrecorded bigint not null check (unrecorded >= 0),
  last_unrecorded_at timestamptz,
  primary key (organisation_id, day, relation, operation)
);
comment on table app.audit_coverage is 'owner: safeguards/log';
comment on column app.audit_coverage.organisation_id is 'id: the organisation, or the installation';
comment on column app.audit_coverage.day is 'operational: the day (UTC)';
comment on column app.audit_coverage.relation is 'operational: the table that was changed';
comment on column app.audit_coverage.operation is 'operational: insert, update or delete';
comment on column app.audit_coverage.recorded is 'operational: statements whose transaction wrote an audit entry';
comment on column app.audit_coverage.unrecorded is 'operational: statements whose transaction wrote none';
comment on column app.audit_coverage.last_unrecorded_at is 'operational: when that was last so';
select sec.protect('app.audit_coverage', 'select');
create policy tally on app.audit_coverage to sotto_migrate using (true) with check (true);

-- For whom the transaction says that it acts; row-level security has looked at the token already.
create function sec.acts_for() returns uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
  select nullif(split_part(current_setting('sotto.tenant', true), '.', 1), '')::uuid
$$;

create function sec.note_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_pending (organisation_id, tree, entry_id, at)
  values (new.organisation_id, 'entries', new.id, new.at);
  insert into sec.changes (organisation_id, relation, operation) values (new.organisation_id, 'audit_entries', 'insert');
  return null;
end $$;
create trigger note_entry after insert on app.audit_entries for each row execute function sec.note_entry();
alter table app.audit_entries enable always trigger note_entry;

create function sec.note_head() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  installation constant uuid := '00000000-0000-7000-8000-000000000001';
begin
  insert into app.audit_head_leaves (organisation_id, id, at, leaf) values (installation, new.id, new.at, new.leaf);
  insert into app.audit_pending (organisation_id, tree, entry_id, at) values (installation, 'heads', new.id, new.at);
  return null;
end $$;
create trigger note_head after insert on app.audit_heads for each row when (new.leaf is not null)
  execute function sec.note_head();
alter table app.audit_heads enable always trigger note_head;

-- One for each statement that changed anything, however many rows; and one for each row where a table says which columns
-- hold its working state, so that what touches those alone costs nothing.
create function sec.note_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- What the checks plant and clear away is the canaries', who are nobody: their role reaches no other row.
  if session_user = 'sotto_prove' then
    return null;
  end if;
  if tg_level = 'STATEMENT' then
    insert into sec.changes (organisation_id, relation, operation)
    select sec.acts_for(), tg_table_name, lower(tg_op) from changed limit 1;
  else
    insert into sec.changes (organisation_id, relation, operation)
    values (sec.acts_for(), tg_table_name, lower(tg_op));
  end if;
  return null;
end $$;

-- Has changes of a table counted; `sec.protect` calls it for every table. Each kind of change that goes without an entry of
-- its own is named in `working`: `insert`, `update`, `delete`, or a column; why it may stands in
-- src/safeguards/log/working-state.ts, and a claim holds the two against each other.
create function sec.count_changes(target regclass, working text[] default '{}') returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  kind text;
  counted name[];
begin
  foreach kind in array array['insert', 'update', 'delete'] loop
    execute format('drop trigger if exists %I on %s', 'count_' || kind, target);
    continue when kind = any (working);
    select array_agg(a.attname order by a.attnum) into counted from pg_attribute a
    where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attname <> all (working);
    if kind = 'update' and working && (
      select array_agg(a.attname::text) from pg_attribute a where a.attrelid = target and a.attnum > 0 and not a.attisdropped)
    then
      execute format('create trigger count_update after update of %s on %s for each row when ((%s) is distinct from (%s)) execute function sec.note_change()',
        (select string_agg(quote_ident(c), ', ') from unnest(counted) c), target,
        (select string_agg('old.' || quote_ident(c), ', ') from unnest(counted) c),
        (select string_agg('new.' || quote_ident(c), ', ') from unnest(counted) c));
    else
      execute format('create trigger %I after %s on %s referencing %s table as changed for each statement execute function sec.note_change()',
        'count_' || kind, kind, target, case kind when 'delete' then 'old' else 'new' end);
    end if;
    execute format('alter table %s enable always trigger %I', target, 'count_' || kind);
  end loop;
end $$;

-- As before, and its changes are counted.
create or replace function sec.protect(target regclass, granted text, tenant name default 'organisation_id') returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  canaries constant text := '(''00000000-0000-7000-8000-0000000000c1'', ''00000000-0000-7000-8000-0000000000c2'')';
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to sotto_app, sotto_jobs using (%I = (select sec.tenant())) with check (%I = (select sec.tenant()))', target, tenant, tenant);
  execute format('create policy look on %s for select to sotto_prove using (true)', target);
  execute format('create policy plant on %s to sotto_prove using (%I in %s) with check (%I in %s)', target, tenant, canaries, tenant, canaries);
  execute format('grant %s on %s to sotto_app, sotto_jobs', granted, target);
  execute format('grant select, insert, update, delete on %s to sotto_prove', target);
  perform sec.count_changes(target);
end $$;

-- Tables that came before; the log itself is what is counted against.
do $$
declare
  one regclass;
begin
  for one in
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'audit\_%'
  loop
    perform sec.count_changes(one);
  end loop;
end $$;

-- The working state of tables that came before. Why each may go without an entry of its own is said in
-- src/safeguards/log/working-state.ts.
select sec.count_changes('app.api_keys', array['last_used_at']);
select sec.count_changes('app.call_decisions', array['insert']);
select sec.count_changes('app.call_entries', array['insert', 'heard', 'heard_at']);
select sec.count_changes('app.calls', array['conversation', 'turn', 'language', 'watch_at', 'input_tokens',
  'output_tokens', 'audio_seconds', 'tries', 'next_try_at', 'model_lost_at']);
select sec.count_changes('app.canary_visits', array['insert', 'update', 'delete']);
select sec.count_changes('app.erasures', array['found', 'due_at', 'waits_for', 'unreadable_at', 'certificate']);
select sec.count_changes('app.first_runs', array['insert', 'update', 'delete']);
select sec.count_changes('app.held_items', array['insert', 'wrapped_at']);
select sec.count_changes('app.holds', array['kept_at']);
select sec.count_changes('app.hygiene_runs', array['insert', 'delete']);
select sec.count_changes('app.installation', array['insert']);
select sec.count_changes('app.mails', array['insert', 'update', 'delete']);
select sec.count_changes('app.outside_flows', array['insert', 'update', 'delete']);
select sec.count_changes('app.outside_identities', array['last_used_at']);
select sec.count_changes('app.passkey_challenges', array['insert', 'update', 'delete']);
select sec.count_changes('app.passkeys', array['counter', 'last_used_at']);
select sec.count_changes('app.pending_sign_ins', array['insert', 'update', 'delete']);
select sec.count_changes('app.processor_erasures', array['insert', 'update', 'delete']);
select sec.count_changes('app.recordings', array['next_try_at']);
select sec.count_changes('app.repeats', array['insert', 'update', 'delete']);
select sec.count_changes('app.sessions', array['seen_at', 'delete']);
select sec.count_changes('app.sign_in_links', array['handled_at', 'request', 'delete']);
select sec.count_changes('app.sign_in_tries', array['insert', 'update', 'delete']);
select sec.count_changes('app.stream_tokens', array['insert', 'update', 'delete']);
select sec.count_changes('app.totp_secrets', array['insert', 'last_step']);
select sec.count_changes('app.turns', array['insert']);
-- An authenticator app that was never confirmed counts for nothing, and goes without a word; one that counts does not.
drop trigger count_delete on app.totp_secrets;
create trigger count_delete after delete on app.totp_secrets for each row when (old.confirmed_at is not null)
  execute function sec.note_change();
alter table app.totp_secrets enable always trigger count_delete;

-- Counts what transactions wrote down, some 50,000 changes at a time, and takes it away. What a transaction wrote is seen
-- whole or not at all. Returns how many changes there were; null when somebody else is at it.
create function sec.tally_changes() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  installation constant uuid := '00000000-0000-7000-8000-000000000001';
  upto xid8;
  counted bigint;
begin
  if not pg_try_advisory_xact_lock(7305034) then
    return null;
  end if;
  select max(c.xid) into upto from (select xid from sec.changes order by xid limit 50000) c;
  with taken as (
    delete from sec.changes c where c.xid <= upto returning c.*
  ),
  judged as (
    select t.*, bool_or(t.relation = 'audit_entries') over (partition by t.xid) as has_entry from taken t
  ),
  sums as (
    select case when has_entry then installation else coalesce(organisation_id, installation) end as organisation,
      (at at time zone 'UTC')::date as day, relation, operation,
      count(*) filter (where has_entry) as recorded, count(*) filter (where not has_entry) as unrecorded,
      max(at) filter (where not has_entry) as last_at
    from judged where relation <> 'audit_entries' group by 1, 2, 3, 4
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
grant execute on function sec.tally_changes() to sotto_jobs;

-- Whether this transaction wrote down that it changed that table: for whoever tries it.
create function sec.is_noted(relation text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from sec.changes c where c.xid = pg_current_xact_id_if_assigned() and c.relation = is_noted.relation)
$$;
grant execute on function sec.is_noted(text) to sotto_app, sotto_jobs, sotto_prove;

-- How much waits to be counted, and since when.
create function sec.changes_waiting() returns table (waiting bigint, oldest timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), min(at) from sec.changes
$$;
grant execute on function sec.changes_waiting() to sotto_jobs, sotto_prove;

-- Entries that were there before this: they get their places like any other.
alter table app.audit_entries no force row level security;
insert into app.audit_pending (organisation_id, tree, entry_id, at)
select organisation_id, 'entries', id, at from app.audit_entries;
alter table app.audit_entries force row level security;

-- Whose trees have something to place, for the sequencer: ids.
create policy find on app.audit_pending for select to sotto_finder using (true);
grant select on app.audit_pending to sotto_finder;
create function sec.trees_pending() returns table (organisation_id uuid, tree text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive waiting as (
    (select p.organisation_id, p.tree from app.audit_pending p order by p.organisation_id, p.tree limit 1)
    union all
    select n.organisation_id, n.tree from waiting w cross join lateral (
      select p.organisation_id, p.tree from app.audit_pending p
      where (p.organisation_id, p.tree) > (w.organisation_id, w.tree)
      order by p.organisation_id, p.tree limit 1) n
  )
  select w.organisation_id, w.tree from waiting w
$$;

-- The tree of heads is for everybody: hashes and its checkpoint, never its leaves.
create policy find on app.audit_trees for select to sotto_finder using (true);
create policy find on app.audit_places for select to sotto_finder using (true);
create policy find on app.audit_tiles for select to sotto_finder using (true);
create policy find on app.audit_heads for select to sotto_finder using (true);
grant select on app.audit_trees, app.audit_places, app.audit_tiles, app.audit_heads to sotto_finder;
create function sec.log_head() returns table (origin text, size bigint, at timestamptz, note text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.origin, h.size, h.at, h.note from app.audit_trees t
  left join lateral (
    select h.size, h.at, h.note from app.audit_heads h
    where h.organisation_id = t.organisation_id and h.tree = t.tree order by h.size desc limit 1) h on true
  where t.organisation_id = '00000000-0000-7000-8000-000000000001' and t.tree = 'heads'
$$;
create function sec.log_tile(level integer, index bigint, width integer) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when log_tile.width = 256 then (
      select t.hashes from app.audit_tiles t
      where t.organisation_id = '00000000-0000-7000-8000-000000000001' and t.tree = 'heads'
        and t.level = log_tile.level and t.index = log_tile.index)
    when log_tile.level = 0 then (
      select string_agg(p.hash, '' order by p.index) from app.audit_places p
      where p.organisation_id = '00000000-0000-7000-8000-000000000001' and p.tree = 'heads'
        and p.index >= log_tile.index * 256 and p.index < log_tile.index * 256 + log_tile.width)
    else (
      select string_agg(t.root, '' order by t.index) from app.audit_tiles t
      where t.organisation_id = '00000000-0000-7000-8000-000000000001' and t.tree = 'heads' and t.level = log_tile.level - 1
        and t.index >= log_tile.index * 256 and t.index < log_tile.index * 256 + log_tile.width)
    end
$$;
create function sec.log_places(heads uuid[]) returns table (id uuid, index bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.entry_id, p.index from app.audit_places p
  where p.organisation_id = '00000000-0000-7000-8000-000000000001' and p.tree = 'heads' and p.entry_id = any (heads)
$$;
grant execute on function sec.trees_pending() to sotto_jobs;
grant execute on function sec.log_head(), sec.log_tile(integer, bigint, integer), sec.log_places(uuid[])
  to sotto_app, sotto_jobs, sotto_audit, sotto_prove;
grant create on schema sec to sotto_finder;
alter function sec.trees_pending() owner to sotto_finder;
alter function sec.log_head() owner to sotto_finder;
alter function sec.log_tile(integer, bigint, integer) owner to sotto_finder;
alter function sec.log_places(uuid[]) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
