-- What somebody tells us of a weakness. What they wrote, and how to reach them, is sealed under a key of the report's own;
-- the times stay, since whether they were kept is published.
create table app.vulnerability_reports (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  received_at timestamptz not null,
  via text not null check (via in ('page', 'program')),
  language text not null check (language ~ '^[a-z]{2}$'),
  receipt_hash bytea not null check (length(receipt_hash) = 32),
  once_hash bytea check (length(once_hash) = 32),
  content bytea,
  contact bytea,
  severity text check (severity in ('none', 'low', 'medium', 'high', 'critical')),
  closed_at timestamptz,
  reason text check (reason in ('fixed', 'no-weakness', 'known', 'out-of-scope', 'unclear', 'unwanted')),
  ended_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, receipt_hash),
  unique (organisation_id, once_hash),
  constraint closed_for_a_reason check ((closed_at is null) = (reason is null)),
  constraint nothing_is_left_once_ended check (ended_at is null or content is null and contact is null)
);
comment on table app.vulnerability_reports is 'owner: safeguards/disclosure';
comment on column app.vulnerability_reports.organisation_id is 'id: the installation';
comment on column app.vulnerability_reports.id is 'id: the report';
comment on column app.vulnerability_reports.received_at is 'operational: when it came';
comment on column app.vulnerability_reports.via is 'operational: by the page or by a program';
comment on column app.vulnerability_reports.language is 'operational: language of the page it was written on';
comment on column app.vulnerability_reports.receipt_hash is 'index: hash of the receipt by which its sender looks at its state';
comment on column app.vulnerability_reports.once_hash is 'index: hash of the form it was sent with, so that sent twice it is one';
comment on column app.vulnerability_reports.content is 'personal: what was written';
comment on column app.vulnerability_reports.contact is 'personal: mail address of whoever wrote it; null when they gave none';
comment on column app.vulnerability_reports.severity is 'operational: how severe it is; null until assessed';
comment on column app.vulnerability_reports.closed_at is 'operational: when it was closed';
comment on column app.vulnerability_reports.reason is 'operational: why it was closed, a fixed word';
comment on column app.vulnerability_reports.ended_at is 'operational: when what was written ended';
create index vulnerability_reports_by_time on app.vulnerability_reports (organisation_id, received_at desc, id desc);
create index vulnerability_reports_to_end on app.vulnerability_reports (organisation_id, received_at) where ended_at is null;
select sec.protect('app.vulnerability_reports', 'select, insert, update');
grant delete on app.vulnerability_reports to sotto_jobs;

-- What was promised for a report, and when it was done. A clock that stands open beyond its time is a promise broken.
create table app.report_clocks (
  organisation_id uuid not null,
  report_id uuid not null,
  what text not null check (what in ('acknowledgement', 'assessment', 'fix')),
  from_at timestamptz not null,
  due_at timestamptz not null check (due_at > from_at),
  done_at timestamptz,
  warned_at timestamptz,
  missed_told_at timestamptz,
  primary key (organisation_id, report_id, what),
  foreign key (organisation_id, report_id) references app.vulnerability_reports (organisation_id, id)
);
comment on table app.report_clocks is 'owner: safeguards/disclosure';
comment on column app.report_clocks.organisation_id is 'id: the installation';
comment on column app.report_clocks.report_id is 'id: the report';
comment on column app.report_clocks.what is 'operational: acknowledgement, assessment or fix';
comment on column app.report_clocks.from_at is 'operational: from when it counts';
comment on column app.report_clocks.due_at is 'operational: until when it was promised';
comment on column app.report_clocks.done_at is 'operational: when it was done';
comment on column app.report_clocks.warned_at is 'operational: when the security contact was told that the time is nearly over';
comment on column app.report_clocks.missed_told_at is 'operational: when the security contact was told that it is over';
create index report_clocks_open on app.report_clocks (organisation_id, due_at) where done_at is null;
select sec.protect('app.report_clocks', 'select, insert, update, delete');
select sec.count_changes('app.report_clocks', array['warned_at', 'missed_told_at']);

-- What the operator answered, for the page that the receipt opens.
create table app.report_replies (
  organisation_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  at timestamptz not null,
  content bytea not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, report_id) references app.vulnerability_reports (organisation_id, id)
);
comment on table app.report_replies is 'owner: safeguards/disclosure';
comment on column app.report_replies.organisation_id is 'id: the installation';
comment on column app.report_replies.id is 'id: the reply';
comment on column app.report_replies.report_id is 'id: the report';
comment on column app.report_replies.at is 'operational: when it was written';
comment on column app.report_replies.content is 'personal: what was answered';
create index report_replies_by_report on app.report_replies (organisation_id, report_id, at);
select sec.protect('app.report_replies', 'select, insert, delete');

-- From when until when a process saw this installation answer from outside, or saw that it did not. A time that no row
-- covers was measured by nobody: the program did not run.
create table app.uptime_spans (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  node uuid not null,
  state text not null check (state in ('up', 'down')),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at >= from_at),
  ending text check (ending in ('planned')),
  primary key (organisation_id, id)
);
comment on table app.uptime_spans is 'owner: safeguards/uptime';
comment on column app.uptime_spans.organisation_id is 'id: the installation';
comment on column app.uptime_spans.id is 'id: the span';
comment on column app.uptime_spans.node is 'id: the process that measured, new with every start';
comment on column app.uptime_spans.state is 'operational: up or down';
comment on column app.uptime_spans.from_at is 'operational: the first look that found it so';
comment on column app.uptime_spans.until_at is 'operational: the last look that found it so';
comment on column app.uptime_spans.ending is 'operational: planned when the process was asked to stop by then; null otherwise';
create index uptime_spans_by_end on app.uptime_spans (organisation_id, until_at);
select sec.protect('app.uptime_spans', 'select, insert, update, delete');
select sec.count_changes('app.uptime_spans', array['insert', 'update', 'delete']);

-- How long answers took, of one day: how many of them within each of 64 lengths, and nothing of who asked.
create table app.response_days (
  organisation_id uuid not null references app.organisations (id),
  day date not null,
  what text not null check (what in ('visit', 'webhook-visit', 'api', 'webhook', 'first-answer')),
  counts integer[] not null check (cardinality(counts) = 64),
  failed integer not null default 0 check (failed >= 0),
  primary key (organisation_id, day, what)
);
comment on table app.response_days is 'owner: safeguards/uptime';
comment on column app.response_days.organisation_id is 'id: the installation';
comment on column app.response_days.day is 'operational: the day (UTC)';
comment on column app.response_days.what is 'operational: what was answered';
comment on column app.response_days.counts is 'operational: answers by how long they took, each length a quarter longer than the one before';
comment on column app.response_days.failed is 'operational: answers that were our fault, or did not come';
select sec.protect('app.response_days', 'select, insert, update, delete');
select sec.count_changes('app.response_days', array['insert', 'update', 'delete']);

-- What the operator has promised, and since when. A promise is never rewritten: the next one follows it.
create table app.commitments (
  organisation_id uuid not null references app.organisations (id),
  what text not null check (what in ('uptime', 'webhook', 'api', 'first-answer')),
  since timestamptz not null,
  target numeric check (target > 0),
  primary key (organisation_id, what, since),
  constraint a_share_of_the_time check (what <> 'uptime' or target <= 100)
);
comment on table app.commitments is 'owner: safeguards/uptime';
comment on column app.commitments.organisation_id is 'id: the installation';
comment on column app.commitments.what is 'operational: what is promised';
comment on column app.commitments.since is 'operational: from when on';
comment on column app.commitments.target is 'operational: percent of the time, or milliseconds within which 95 of 100 are answered; null: promised no more';
select sec.protect('app.commitments', 'select, insert');
grant delete on app.commitments to sotto_jobs;

-- Whether an organisation wants its own numbers to be public, and since when.
create table app.figure_settings (
  organisation_id uuid not null references app.organisations (id),
  is_public boolean not null,
  since timestamptz not null,
  primary key (organisation_id)
);
comment on table app.figure_settings is 'owner: secretary/figures';
comment on column app.figure_settings.organisation_id is 'id: the tenant';
comment on column app.figure_settings.is_public is 'business: whether its numbers are public';
comment on column app.figure_settings.since is 'operational: when that was decided';
select sec.protect('app.figure_settings', 'select, insert, update');
grant delete on app.figure_settings to sotto_jobs;

-- Numbers that are public, of one week: rounded, and null where too few are behind them. Written once when the week is
-- over and never again, so that no two looks differ by one call.
create table app.public_weeks (
  organisation_id uuid not null references app.organisations (id),
  week date not null check (extract(isodow from week) = 1),
  calls integer check (calls > 0),
  messages integer check (messages > 0),
  appointments integer check (appointments > 0),
  answer_ms integer check (answer_ms > 0),
  primary key (organisation_id, week)
);
comment on table app.public_weeks is 'owner: secretary/figures';
comment on column app.public_weeks.organisation_id is 'id: the tenant, or the installation for all of them together';
comment on column app.public_weeks.week is 'operational: the Monday (UTC) with which it began';
comment on column app.public_weeks.calls is 'operational: calls answered, rounded; null when too few';
comment on column app.public_weeks.messages is 'operational: messages taken, rounded; null when too few';
comment on column app.public_weeks.appointments is 'operational: appointments booked, rounded; null when too few';
comment on column app.public_weeks.answer_ms is 'operational: half of the calls were answered within so many milliseconds, rounded; null when too few';
select sec.protect('app.public_weeks', 'select, insert, delete');
select sec.count_changes('app.public_weeks', array['insert', 'delete']);

-- The same of one hour, of all organisations together, for what happens at the moment.
create table app.public_hours (
  organisation_id uuid not null references app.organisations (id),
  hour timestamptz not null,
  kind text not null check (kind in ('call', 'message', 'appointment')),
  shown integer not null check (shown >= 0),
  primary key (organisation_id, hour, kind)
);
comment on table app.public_hours is 'owner: secretary/figures';
comment on column app.public_hours.organisation_id is 'id: the installation';
comment on column app.public_hours.hour is 'operational: the hour with whose beginning it began';
comment on column app.public_hours.kind is 'operational: what happened';
comment on column app.public_hours.shown is 'operational: how often, rounded; 0 when too few';
select sec.protect('app.public_hours', 'select, insert, delete');
select sec.count_changes('app.public_hours', array['insert', 'delete']);

-- What happened in each customer organisation between two moments, in numbers: for the jobs, who round them and hold back
-- what is too little. Calls of the emulated carrier, which those from the browser of one's own team are, do not count.
grant select (carrier, disclosed_at) on app.calls to sotto_finder;
create policy find on app.appointments for select to sotto_finder using (true);
create policy find on app.messages for select to sotto_finder using (true);
grant select (organisation_id, created_at) on app.messages to sotto_finder;
grant select (organisation_id, created_at) on app.appointments to sotto_finder;
create index appointments_by_making on app.appointments (organisation_id, created_at);
create function sec.counts_between(since timestamptz, until timestamptz)
returns table (organisation_id uuid, calls integer, messages integer, appointments integer, answer_ms integer[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, c.calls, m.messages, a.appointments, c.answer_ms
  from app.organisations o
  cross join lateral (
    select count(*)::integer as calls,
      coalesce(array_agg((extract(epoch from x.disclosed_at - x.started_at) * 1000)::integer)
        filter (where x.disclosed_at >= x.started_at), '{}') as answer_ms
    from app.calls x
    where x.organisation_id = o.id and x.started_at >= since and x.started_at < until
      and x.carrier <> 'emulator') c
  cross join lateral (
    select count(*)::integer as messages from app.messages x
    where x.organisation_id = o.id and x.created_at >= since and x.created_at < until) m
  cross join lateral (
    select count(*)::integer as appointments from app.appointments x
    where x.organisation_id = o.id and x.created_at >= since and x.created_at < until) a
  where o.kind = 'customer' and (c.calls > 0 or m.messages > 0 or a.appointments > 0)
$$;
grant execute on function sec.counts_between(timestamptz, timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.counts_between(timestamptz, timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;

-- Who wants their numbers to be public: ids, for the jobs.
create policy find on app.figure_settings for select to sotto_finder using (true);
grant select (organisation_id, is_public, since) on app.figure_settings to sotto_finder;
create function sec.public_figures_of() returns table (organisation_id uuid, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.organisation_id, f.since from app.figure_settings f
  join app.organisations o on o.id = f.organisation_id
  where f.is_public and o.kind = 'customer' and o.erased_at is null limit 10000
$$;
grant execute on function sec.public_figures_of() to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.public_figures_of() owner to sotto_finder;
revoke create on schema sec from sotto_finder;
