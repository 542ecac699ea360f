-- Legal holds: what must not be deleted for a time, because of a claim at law or a duty. Two people decide, and no hold is
-- without an end; the constraints say so too.
create table app.holds (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  state text not null check (state in ('asked', 'in-force', 'withdrawn', 'lapsed', 'lifted', 'ended')),
  call_id uuid,
  phone_index bytea,
  number bytea,
  number_id uuid,
  reason bytea,
  until timestamptz not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  lapses_at timestamptz not null,
  approved_at timestamptz,
  approved_by uuid,
  lift_asked_at timestamptz,
  lift_asked_by uuid,
  over_at timestamptz,
  over_by uuid,
  kept_at timestamptz,
  released_at timestamptz,
  forget_at timestamptz,
  primary key (organisation_id, id),
  constraint two_people_decide check (approved_by <> asked_by and (approved_by is null) = (approved_at is null)
    and (state <> 'in-force' or approved_by is not null)),
  constraint two_people_lift check (state <> 'lifted' or (over_by is not null and lift_asked_by is not null and over_by <> lift_asked_by)),
  constraint ends check (until > asked_at and until <= asked_at + interval '87672 hours'),
  constraint lapses_soon check (lapses_at <= asked_at + interval '72 hours'),
  constraint over_or_not check ((state in ('asked', 'in-force')) = (over_at is null)),
  constraint holds_something check (over_at is not null or num_nonnulls(call_id, phone_index) = 1)
);
comment on table app.holds is 'owner: safeguards/holds';
comment on column app.holds.organisation_id is 'id: the tenant';
comment on column app.holds.id is 'id: the hold';
comment on column app.holds.state is 'operational: asked, in force, or how it came to its end';
comment on column app.holds.call_id is 'id: the call that is held, with what came of it';
comment on column app.holds.phone_index is 'index: keyed hash of the number of the person whose everything is held; gone once it is over, or thirty days later where it never came into force';
comment on column app.holds.number is 'personal: that number; gone once it is over';
comment on column app.holds.number_id is 'id: names the key of that number, which dies before the one of the reason';
comment on column app.holds.reason is 'personal: why; gone twelve months after it is over, or after thirty days where it never came into force';
comment on column app.holds.until is 'operational: when it ends by itself, ten years from when it was asked for at the latest';
comment on column app.holds.asked_at is 'operational: since when deletion is suspended';
comment on column app.holds.asked_by is 'id: the person who asked for it';
comment on column app.holds.lapses_at is 'operational: when it lapses unless another person has approved of it';
comment on column app.holds.approved_at is 'operational: since when it is in force';
comment on column app.holds.approved_by is 'id: the other person';
comment on column app.holds.lift_asked_at is 'operational: when somebody asked to lift it';
comment on column app.holds.lift_asked_by is 'id: who asked to lift it';
comment on column app.holds.over_at is 'operational: when it was over, however that came';
comment on column app.holds.over_by is 'id: who lifted or withdrew it; null when it ended by itself';
comment on column app.holds.kept_at is 'operational: when all keys of what it holds were last put under the key of holds';
comment on column app.holds.released_at is 'operational: when all it had held was released';
comment on column app.holds.forget_at is 'operational: when its reason goes; null before it is over, and afterwards';
create index holds_by_age on app.holds (organisation_id, asked_at desc, id desc);
create index holds_unreleased on app.holds (organisation_id) where released_at is null;
create index holds_to_forget on app.holds (forget_at) where forget_at is not null;
select sec.protect('app.holds', 'select, insert, update, delete');

-- Exactly what a hold holds. A row is here before its key is put under the key of holds, and until it is back under its
-- day's: whatever breaks that off is made up for.
create table app.held_items (
  organisation_id uuid not null,
  hold_id uuid not null,
  kind text not null check (kind in ('call', 'recording', 'message', 'lead', 'appointment', 'contact')),
  item_id uuid not null,
  day date not null,
  wrapped_at timestamptz,
  primary key (organisation_id, hold_id, kind, item_id),
  foreign key (organisation_id, hold_id) references app.holds (organisation_id, id)
);
comment on table app.held_items is 'owner: safeguards/holds';
comment on column app.held_items.organisation_id is 'id: the tenant';
comment on column app.held_items.hold_id is 'id: the hold';
comment on column app.held_items.kind is 'operational: what is held, a fixed word';
comment on column app.held_items.item_id is 'id: the row that is held';
comment on column app.held_items.day is 'operational: the day (UTC) whose key its key goes back to';
comment on column app.held_items.wrapped_at is 'operational: when its key was put under the key of holds';
create index held_items_by_item on app.held_items (organisation_id, kind, item_id);
select sec.protect('app.held_items', 'select, insert, update, delete');

-- Whose holds are to be seen to: those that hold something, and those whose reason has been kept long enough.
create policy find on app.holds for select to sotto_finder using (true);
grant select (organisation_id, released_at, forget_at) on app.holds to sotto_finder;
create function sec.holds_to_see_to(now timestamptz) returns table (organisation_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select h.organisation_id from app.holds h where h.released_at is null
  union
  select h.organisation_id from app.holds h where h.forget_at <= holds_to_see_to.now
$$;
grant execute on function sec.holds_to_see_to(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.holds_to_see_to(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
