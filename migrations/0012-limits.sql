-- How often somebody asked lately, by the keyed hash of who that is. It counts in sixtieths of the limit's window, so a
-- row is small, and what it holds is worth nothing an hour later: unlogged, and empty after a crash.
create unlogged table sec.limits (
  name bytea primary key check (length(name) = 16),
  slot bigint not null,
  counts integer[] not null check (cardinality(counts) = 61),
  over_at timestamptz not null
) with (fillfactor = 50);
comment on table sec.limits is 'owner: database';
comment on column sec.limits.name is 'index: keyed hash of the limit and of who is counted';
comment on column sec.limits.slot is 'operational: the sixtieth of the window that the last count belongs to';
comment on column sec.limits.counts is 'operational: requests let through in that sixtieth and the sixty before it, oldest first';
comment on column sec.limits.over_at is 'operational: when nothing of this counts any more';
alter table sec.limits enable row level security;
alter table sec.limits force row level security;
create policy migrate on sec.limits to sotto_migrate using (true) with check (true);

-- Lets one request through, or does not: never more than `most` in any stretch of `window_ms`, whoever asks at the same
-- time in whatever process, because the row is locked and the time is the database's. A count leaves up to a sixtieth of
-- the window late, never early. A refusal writes nothing, so a flood costs a look each.
create function sec.admit(limited bytea, most integer, window_ms integer)
returns table (admitted boolean, remaining integer, retry_after_ms bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  width constant integer := window_ms / 60;
  known sec.limits;
  now_ms bigint;
  now_slot bigint;
  gap integer;
  used integer;
  gone integer := 0;
begin
  loop
    select * into known from sec.limits where name = limited for update;
    -- After the lock: whoever waited for it is not judged by when they came.
    now_ms := floor(extract(epoch from clock_timestamp()) * 1000);
    now_slot := now_ms / width;
    exit when known.name is not null;
    insert into sec.limits as l (name, slot, counts, over_at)
    values (limited, now_slot, array_fill(0, array[60]) || 1, clock_timestamp() + make_interval(secs => window_ms / 500.0))
    on conflict (name) do nothing;
    if found then
      return query select true, most - 1, 0::bigint;
      return;
    end if;
  end loop;
  -- A clock that was set back must not bring old room back.
  now_slot := greatest(now_slot, known.slot);
  gap := least(now_slot - known.slot, 61);
  known.counts := known.counts[gap + 1 : 61] || array_fill(0, array[gap]);
  select sum(c) into used from unnest(known.counts) c;
  if used < most then
    known.counts[61] := known.counts[61] + 1;
    update sec.limits set slot = now_slot, counts = known.counts,
      over_at = clock_timestamp() + make_interval(secs => window_ms / 500.0)
    where name = limited;
    return query select true, most - used - 1, 0::bigint;
    return;
  end if;
  for at in 1 .. 61 loop
    gone := gone + known.counts[at];
    if used - gone < most then
      return query select false, 0, (now_slot + at) * width - now_ms;
      return;
    end if;
  end loop;
end $$;
grant execute on function sec.admit(bytea, integer, integer) to sotto_app;

-- Takes away what no longer counts, at most 10,000 rows at a time. Returns how many there were.
create function sec.sweep_limits() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  swept integer;
begin
  delete from sec.limits where ctid = any (array(
    select ctid from sec.limits where over_at < clock_timestamp() limit 10000 for update skip locked));
  get diagnostics swept = row_count;
  return swept;
end $$;
grant execute on function sec.sweep_limits() to sotto_jobs;

-- What was answered to a request that must not act twice, for those who repeat it (Idempotency-Key).
create table app.repeats (
  organisation_id uuid not null references app.organisations (id),
  name bytea not null check (length(name) = 32),
  body_hash bytea not null check (length(body_hash) = 32),
  answer bytea,
  began_at timestamptz not null,
  primary key (organisation_id, name)
);
comment on table app.repeats is 'owner: safeguards/repeats';
comment on column app.repeats.organisation_id is 'id: the tenant';
comment on column app.repeats.name is 'index: keyed hash of who asked, on which route, with which key';
comment on column app.repeats.body_hash is 'index: keyed hash of target and body of the request';
comment on column app.repeats.answer is 'personal: the answer that was given; null while it is being worked out';
comment on column app.repeats.began_at is 'operational: when the request came';
select sec.protect('app.repeats', 'select, insert, update, delete');
create index repeats_by_age on app.repeats (began_at);
create policy find on app.repeats for select to sotto_finder using (true);
grant select (organisation_id, began_at) on app.repeats to sotto_finder;

-- Whose answers have been kept long enough.
create function sec.repeats_before(began timestamptz) returns table (organisation_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct r.organisation_id from app.repeats r where r.began_at < began limit 100
$$;
grant execute on function sec.repeats_before(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.repeats_before(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
