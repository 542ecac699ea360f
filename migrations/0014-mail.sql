-- Mails to people who use the product: outbox and log in one. The content is there until the mail has gone (or, where
-- nothing sends mail, until it was shown long enough); what stays is to whom, what kind, when and what became of it.
create table app.mails (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  kind text not null,
  state text not null check (state in ('waiting', 'sent', 'kept', 'given-up')),
  recipient bytea not null,
  content bytea,
  attempts integer not null default 0 check (attempts >= 0),
  created_at timestamptz not null,
  due_at timestamptz,
  give_up_at timestamptz not null,
  ended_at timestamptz,
  vendor text,
  vendor_id text,
  trouble text,
  primary key (organisation_id, id),
  -- What has gone, or never will, is not kept.
  constraint content_goes check (case state when 'waiting' then content is not null when 'kept' then true else content is null end),
  constraint ends_once check ((state = 'waiting') = (ended_at is null))
);
comment on table app.mails is 'owner: safeguards/notices';
comment on column app.mails.organisation_id is 'id: the tenant';
comment on column app.mails.id is 'id: the mail; its Message-ID is made of it';
comment on column app.mails.kind is 'operational: what the mail is about, which is also its subject';
comment on column app.mails.state is 'operational: waiting, sent, kept (nothing sends mail here, it can be read) or given-up';
comment on column app.mails.recipient is 'personal: address it goes to';
comment on column app.mails.content is 'personal: what it says; null as soon as it has gone';
comment on column app.mails.attempts is 'operational: how often it was handed over or tried to';
comment on column app.mails.created_at is 'operational: when it was written';
comment on column app.mails.due_at is 'operational: when something is to be done with it; null when nothing is';
comment on column app.mails.give_up_at is 'operational: after this nobody tries any more';
comment on column app.mails.ended_at is 'operational: when it was sent, kept or given up';
comment on column app.mails.vendor is 'operational: file name of what sent it';
comment on column app.mails.vendor_id is 'operational: the provider''s name for it';
comment on column app.mails.trouble is 'operational: why the last attempt failed, as a fixed word';
create index mails_due on app.mails (due_at) where due_at is not null;
create index mails_readable on app.mails (created_at desc) where content is not null;
select sec.protect('app.mails', 'select, insert, update, delete');

create policy find on app.mails for select to sotto_finder using (true);
grant select (organisation_id, id, due_at, created_at) on app.mails to sotto_finder;
-- The mails that something is to be done with, longest due first: ids, for the jobs.
create function sec.mails_due(due timestamptz, most integer) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.organisation_id, m.id from app.mails m
  where m.due_at <= due
  order by m.due_at
  limit least(most, 100)
$$;
-- Whose mails were written last: ids, for the command that shows them on the machine itself.
create function sec.mails_newest(most integer) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.organisation_id, m.id from app.mails m
  order by m.created_at desc, m.id desc
  limit least(most, 100)
$$;
grant execute on function sec.mails_due(timestamptz, integer) to sotto_jobs;
grant execute on function sec.mails_newest(integer) to sotto_app;
grant create on schema sec to sotto_finder;
alter function sec.mails_due(timestamptz, integer) owner to sotto_finder;
alter function sec.mails_newest(integer) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
