-- Every look at a claim stands in the tamper-evident record: an audit entry of the instance commits to all looks since the
-- one before it, and the look says which. One without an entry is taken up by the next.
alter table app.evidence add column entry_id uuid;
alter table app.evidence add constraint evidence_entry
  foreign key (organisation_id, entry_id) references app.audit_entries (organisation_id, id);
comment on column app.evidence.entry_id is 'id: the audit entry that commits to it; null until the next minute';
comment on column app.evidence.status is 'operational: proven, not-exercised, failing, unknown, in-force or overdue';
create index evidence_without_entry on app.evidence (organisation_id, at, id) where entry_id is null;
grant update (entry_id) on app.evidence to sotto_app, sotto_jobs;
-- Looks are committed to by the entry of the next minute, and old ones in which nothing changed go.
select sec.count_changes('app.evidence', array['insert', 'delete', 'entry_id']);

-- What somebody outside has put in writing. A claim that rests on such a document is shown only while one is in date.
create table app.attestations (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  kind text not null check (kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(title) between 1 and 200),
  issuer text not null check (length(issuer) between 1 and 200),
  about text check (length(about) between 1 and 200),
  issued_on date not null,
  until_on date not null,
  sha256 bytea not null check (length(sha256) = 32),
  bytes integer not null check (bytes > 0),
  is_public boolean not null,
  media_type text not null,
  file bytea,
  added_at timestamptz not null,
  removed_at timestamptz,
  told_days integer,
  primary key (organisation_id, id),
  constraint ends_after_it_begins check (until_on >= issued_on),
  constraint no_file_once_removed check ((file is null) = (removed_at is not null))
);
comment on table app.attestations is 'owner: trust';
comment on column app.attestations.organisation_id is 'id: the instance';
comment on column app.attestations.id is 'id: the document';
comment on column app.attestations.kind is 'operational: what kind of document, a fixed word';
comment on column app.attestations.title is 'business: what stands on it';
comment on column app.attestations.issuer is 'business: the company that issued it';
comment on column app.attestations.about is 'business: the provider it is about; null when it is about the operator';
comment on column app.attestations.issued_on is 'operational: day of issue';
comment on column app.attestations.until_on is 'operational: last day it is good for';
comment on column app.attestations.sha256 is 'operational: hash of the file';
comment on column app.attestations.bytes is 'operational: size of the file';
comment on column app.attestations.is_public is 'operational: whether everybody may have the file, or whoever asks the operator';
comment on column app.attestations.media_type is 'operational: what kind of file it is';
comment on column app.attestations.file is 'business: the file; null once removed';
comment on column app.attestations.added_at is 'operational: when it was added';
comment on column app.attestations.removed_at is 'operational: when it was taken away again';
comment on column app.attestations.told_days is 'operational: how many days before its end the owners were told last';
select sec.protect('app.attestations', 'select, insert, update, delete');

-- That the owners of the operator's organisation were told of a promise that is not kept, and that it is kept again.
create table app.claim_alarms (
  organisation_id uuid not null references app.organisations (id),
  claim text not null,
  failing_since timestamptz not null,
  told_at timestamptz not null,
  over_at timestamptz,
  primary key (organisation_id, claim, failing_since)
);
comment on table app.claim_alarms is 'owner: trust';
comment on column app.claim_alarms.organisation_id is 'id: the organisation of the operator';
comment on column app.claim_alarms.claim is 'operational: file name of the claim';
comment on column app.claim_alarms.failing_since is 'operational: the first look that found it broken';
comment on column app.claim_alarms.told_at is 'operational: when the owners were told';
comment on column app.claim_alarms.over_at is 'operational: when they were told that it is kept again';
create unique index claim_alarms_open on app.claim_alarms (organisation_id, claim) where over_at is null;
select sec.protect('app.claim_alarms', 'select, insert, update, delete');

-- Who runs the installation: the first customer organisation that is still there.
grant select (created_at) on app.organisations to sotto_finder;
create function sec.operator_organisation() returns table (organisation_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id from app.organisations o
  where o.kind = 'customer' and o.erased_at is null order by o.created_at, o.id limit 1
$$;
grant execute on function sec.operator_organisation() to sotto_app, sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.operator_organisation() owner to sotto_finder;
revoke create on schema sec from sotto_finder;
