-- The first account is made without mail: its address counts as proven only once a mailed link has been used.
alter table app.identities alter column email_verified_at drop not null;
comment on column app.identities.email is 'personal: address, proven or as it was typed at the first run';
comment on column app.identities.email_verified_at is 'operational: when the address was proven; null until then';

-- A first run whose identity exists and whose organisation does not yet. Gone once all of it is there; what a killed
-- process has left is ended by the next one.
create table app.first_runs (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  identity_id uuid not null,
  request bytea not null,
  begun_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, identity_id) references app.identities (organisation_id, id) on delete cascade
);
comment on table app.first_runs is 'owner: safeguards/identity';
comment on column app.first_runs.organisation_id is 'id: the instance';
comment on column app.first_runs.id is 'id: the first run, and the organisation that it makes';
comment on column app.first_runs.identity_id is 'id: whose account it made';
comment on column app.first_runs.request is 'personal: what was filled in, sealed';
comment on column app.first_runs.begun_at is 'operational: when it was sent';
select sec.protect('app.first_runs', 'select, insert, update, delete');
