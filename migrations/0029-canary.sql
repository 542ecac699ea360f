-- When the product has rung its own telephone to see what stays of a call, and what it left behind there. What was said is
-- not here: it follows from the root key and the number of the visit.
create table app.canary_visits (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  number integer not null check (number > 0),
  begun_at timestamptz not null,
  ended_at timestamptz,
  how text check (how in ('whole', 'short', 'broken-off')),
  made jsonb not null default '[]' check (jsonb_typeof(made) = 'array'),
  due_at timestamptz,
  logged integer not null default 0 check (logged >= 0),
  primary key (organisation_id, id),
  unique (organisation_id, number),
  constraint ended_somehow check ((ended_at is null) = (how is null)),
  constraint due_once_ended check (due_at is null or ended_at is not null)
);
comment on table app.canary_visits is 'owner: trust';
comment on column app.canary_visits.organisation_id is 'id: the canary organisation whose telephone was rung';
comment on column app.canary_visits.id is 'id: the visit';
comment on column app.canary_visits.number is 'operational: counts the visits; what is said in one follows from it';
comment on column app.canary_visits.begun_at is 'operational: when it rang';
comment on column app.canary_visits.ended_at is 'operational: when it was over; null meanwhile';
comment on column app.canary_visits.how is 'operational: whole, short (something was not left behind) or broken-off';
comment on column app.canary_visits.made is 'id: what it left behind: kinds and ids of its call, message, appointment, lead and contact';
comment on column app.canary_visits.due_at is 'operational: when nothing of it may be left; null until it is known what it left';
comment on column app.canary_visits.logged is 'operational: how often something of it was seen in what the process wrote';
create index canary_visits_by_time on app.canary_visits (organisation_id, begun_at desc);
select sec.protect('app.canary_visits', 'select, insert, update, delete');
