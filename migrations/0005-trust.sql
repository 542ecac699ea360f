create table app.evidence (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  claim text not null,
  at timestamptz not null,
  status text not null,
  checked integer not null,
  why text not null,
  can_fail boolean not null,
  took_ms integer not null,
  primary key (organisation_id, id)
);
comment on table app.evidence is 'owner: trust';
comment on column app.evidence.organisation_id is 'id: the organisation that was looked at, or the instance';
comment on column app.evidence.id is 'id: the look';
comment on column app.evidence.claim is 'operational: file name of the claim';
comment on column app.evidence.at is 'operational: when the probe ran';
comment on column app.evidence.status is 'operational: proven, not-exercised, failing or unknown';
comment on column app.evidence.checked is 'operational: how many things the probe looked at';
comment on column app.evidence.why is 'operational: what was found, without personal data';
comment on column app.evidence.can_fail is 'operational: whether the counterexample turned the probe red in the same run';
comment on column app.evidence.took_ms is 'operational: time the look took';
create index evidence_latest on app.evidence (organisation_id, claim, at desc);
select sec.protect('app.evidence', 'select, insert, delete');
