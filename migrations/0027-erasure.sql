-- What somebody asked to have erased, how far it has come, and its certificate. The request is durable before anything is
-- destroyed, so whatever breaks an erasure off is made up for.
create table app.erasures (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  scope text not null check (scope in ('call', 'person', 'organisation')),
  call_id uuid,
  phone_index bytea,
  subject_hash bytea not null check (length(subject_hash) = 32),
  asked_at timestamptz not null,
  asked_by text not null,
  state text not null check (state in ('asked', 'planned', 'erased', 'done')),
  waits_for text check (waits_for in ('live-call', 'hold', 'object-store', 'processors')),
  due_at timestamptz,
  found jsonb not null default '{}',
  unreadable_at timestamptz,
  erased_at timestamptz,
  done_at timestamptz,
  entry_id uuid,
  certificate text,
  primary key (organisation_id, id),
  check ((scope = 'call') = (call_id is not null)),
  check (phone_index is null or scope = 'person'),
  check ((state = 'done') = (done_at is not null)),
  check ((state in ('erased', 'done')) = (erased_at is not null)),
  check ((due_at is null) = (state = 'done'))
);
comment on table app.erasures is 'owner: safeguards/erasure';
comment on column app.erasures.organisation_id is 'id: the tenant';
comment on column app.erasures.id is 'id: the erasure';
comment on column app.erasures.scope is 'operational: a call, a person or the organisation';
comment on column app.erasures.call_id is 'id: the call, where it is one';
comment on column app.erasures.phone_index is 'index: keyed hash of the person''s number; null once it is done';
comment on column app.erasures.subject_hash is 'index: hash of what was erased under a salt that only whoever asked was given';
comment on column app.erasures.asked_at is 'operational: when it was asked for';
comment on column app.erasures.asked_by is 'id: who asked, as the audit log names them';
comment on column app.erasures.state is 'operational: asked, planned (found and being destroyed), erased (here), done (everywhere, or its residue named)';
comment on column app.erasures.waits_for is 'operational: why it does not go on, a fixed word';
comment on column app.erasures.due_at is 'operational: when it is looked at again; null when it is done';
comment on column app.erasures.found is 'operational: counts of each store before and after, and ids of keys that were destroyed';
comment on column app.erasures.unreadable_at is 'operational: when its keys had been destroyed';
comment on column app.erasures.erased_at is 'operational: when nothing of it was left here';
comment on column app.erasures.done_at is 'operational: when the last processor had answered or was given up';
comment on column app.erasures.entry_id is 'id: the audit entry of the erasure';
comment on column app.erasures.certificate is 'operational: the signed certificate, the interim one until it is final';
create index erasures_due on app.erasures (due_at) where due_at is not null;
create index erasures_by_age on app.erasures (organisation_id, asked_at desc, id desc);
create unique index erasures_open_call on app.erasures (organisation_id, call_id) where scope = 'call' and state in ('asked', 'planned');
select sec.protect('app.erasures', 'select, insert, update');

-- What an erasure found, row by row: what it still has to destroy, and later what must never be here again.
create table app.erasure_targets (
  organisation_id uuid not null,
  erasure_id uuid not null,
  kind text not null check (kind in ('call', 'recording', 'message', 'lead', 'appointment', 'contact')),
  id uuid not null,
  primary key (organisation_id, erasure_id, kind, id),
  foreign key (organisation_id, erasure_id) references app.erasures (organisation_id, id)
);
comment on table app.erasure_targets is 'owner: safeguards/erasure';
comment on column app.erasure_targets.organisation_id is 'id: the tenant';
comment on column app.erasure_targets.erasure_id is 'id: the erasure';
comment on column app.erasure_targets.kind is 'operational: what it is';
comment on column app.erasure_targets.id is 'id: the row that was destroyed, or is about to be';
select sec.protect('app.erasure_targets', 'select, insert');

-- Numbers that somebody left to be called back on are found as those they called from.
alter table app.messages add column callback_index bytea;
alter table app.leads add column phone_index bytea;
alter table app.appointments add column reach_index bytea;
comment on column app.appointments.reach_index is 'index: keyed hash of the number to reach them, to find it again; it gives no right to the appointment';
comment on column app.messages.callback_index is 'index: keyed hash of the number to call back, or of the caller where none was left, to find it again';
comment on column app.leads.phone_index is 'index: keyed hash of the number to reach them, or of the caller where none was left, to find it again';
-- Where no other number was left, what somebody left is found by the number they called from, for as long as it exists.
do $$
declare
  one record;
begin
  alter table app.contacts no force row level security;
  for one in
    select * from (values ('messages', 'callback', 'callback_index'), ('leads', 'phone', 'phone_index'),
      ('appointments', 'phone', 'reach_index')) given (name, number, hash)
  loop
    execute format('alter table app.%I no force row level security', one.name);
    execute format('update app.%I t set %I = c.phone_index from app.contacts c
      where c.organisation_id = t.organisation_id and c.id = t.contact_id and t.%I is null', one.name, one.hash, one.number);
    execute format('alter table app.%I force row level security', one.name);
  end loop;
  alter table app.contacts force row level security;
end $$;
create index appointments_by_reach on app.appointments (organisation_id, reach_index) where reach_index is not null;
create index appointments_without_index on app.appointments (organisation_id, id) where phone is not null and reach_index is null;
create index messages_by_callback on app.messages (organisation_id, callback_index) where callback_index is not null;
create index leads_by_phone on app.leads (organisation_id, phone_index) where phone_index is not null;
-- Those from before have no index yet: they are opened and compared, one by one, by the first erasure of a person.
create index messages_without_index on app.messages (organisation_id, id) where callback is not null and callback_index is null;
create index leads_without_index on app.leads (organisation_id, id) where phone is not null and phone_index is null;

grant delete on app.calls, app.turns to sotto_app, sotto_jobs;

-- Which erasures have to go on, in all organisations.
create policy find on app.erasures for select to sotto_finder using (true);
grant select (organisation_id, id, due_at) on app.erasures to sotto_finder;
create function sec.erasures_due(now timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.organisation_id, e.id from app.erasures e where e.due_at <= erasures_due.now order by e.due_at limit 100
$$;
grant execute on function sec.erasures_due(timestamptz) to sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.erasures_due(timestamptz) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
