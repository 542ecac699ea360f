-- Append-only. The leaf is canonical JSON without personal data (src/safeguards/audit/leaf.ts); what is personal
-- lies sealed in audit_details, bound to the leaf by a salted commitment, and can die without breaking it.
create table app.audit_entries (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  at timestamptz not null,
  action text not null,
  leaf bytea not null check (length(leaf) <= 65535),
  primary key (organisation_id, id)
);
comment on table app.audit_entries is 'owner: safeguards/audit';
comment on column app.audit_entries.organisation_id is 'id: the tenant';
comment on column app.audit_entries.id is 'id: the entry';
comment on column app.audit_entries.at is 'operational: when it happened';
comment on column app.audit_entries.action is 'operational: what was done, a fixed word';
comment on column app.audit_entries.leaf is 'operational: canonical bytes: actor id, action, object id, time, commitment';
create index audit_entries_by_time on app.audit_entries (organisation_id, at, id);
select sec.protect('app.audit_entries', 'select, insert');
revoke update, delete on app.audit_entries from sotto_prove;
create policy review on app.audit_entries for select to sotto_audit using (true);
grant select on app.audit_entries to sotto_audit;

create table app.audit_details (
  organisation_id uuid not null,
  entry_id uuid not null,
  details bytea not null,
  primary key (organisation_id, entry_id),
  foreign key (organisation_id, entry_id) references app.audit_entries (organisation_id, id)
);
comment on table app.audit_details is 'owner: safeguards/audit';
comment on column app.audit_details.organisation_id is 'id: the tenant';
comment on column app.audit_details.entry_id is 'id: the entry it explains';
comment on column app.audit_details.details is 'personal: salt and details of the entry';
select sec.protect('app.audit_details', 'select, insert');

-- Grants already forbid it to every runtime role; the triggers stop the owner and an administrator as well.
create function sec.refuse_change() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on app.audit_entries
  for each row execute function sec.refuse_change();
create trigger no_truncate before truncate on app.audit_entries
  for each statement execute function sec.refuse_change();
