-- Who stands behind a trust page: the operator for the installation, each business for itself. Without a legal name and
-- somebody to write to about privacy, support and security, a page is nobody's and is not published.
create table app.trust_profiles (
  organisation_id uuid primary key references app.organisations (id),
  version integer not null check (version > 0),
  legal_name text check (length(legal_name) between 1 and 200),
  address text check (length(address) between 1 and 300),
  privacy_contact text check (length(privacy_contact) between 3 and 300),
  support_contact text check (length(support_contact) between 3 and 300),
  security_contact text check (length(security_contact) between 3 and 300),
  slug text check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,39}$'),
  time_zone text check (length(time_zone) between 1 and 64),
  acknowledgement text not null check (acknowledgement in ('hours-24', 'hours-48', 'business-day')),
  notice_days integer not null check (notice_days in (10, 30)),
  changed_at timestamptz not null,
  changed_by text not null
);
comment on table app.trust_profiles is 'owner: safeguards/profiles';
comment on column app.trust_profiles.organisation_id is 'id: the tenant; the instance for the installation''s own';
comment on column app.trust_profiles.version is 'operational: counts the changes';
comment on column app.trust_profiles.legal_name is 'business: as it stands in the register of companies; published';
comment on column app.trust_profiles.address is 'business: where it is to be found; published';
comment on column app.trust_profiles.privacy_contact is 'business: mail or https address for questions of privacy; published';
comment on column app.trust_profiles.support_contact is 'business: the same for help; published';
comment on column app.trust_profiles.security_contact is 'business: the same for reports of weaknesses; published';
comment on column app.trust_profiles.slug is 'business: last part of the address of its page';
comment on column app.trust_profiles.time_zone is 'business: by whose days business days are counted; null: that of the organisation';
comment on column app.trust_profiles.acknowledgement is 'operational: how soon a report of a weakness is acknowledged';
comment on column app.trust_profiles.notice_days is 'operational: how many days before it gets data a new processor is announced';
comment on column app.trust_profiles.changed_at is 'operational: since when';
comment on column app.trust_profiles.changed_by is 'id: who changed it, as the audit log names them';
create index trust_profiles_slug on app.trust_profiles (slug) where slug is not null;
select sec.protect('app.trust_profiles', 'select, insert, update');
grant delete on app.trust_profiles to sotto_jobs;

-- Whose page is meant by an address, before any organisation is known. Of one that was erased there is no row.
create policy find on app.trust_profiles for select to sotto_finder using (true);
grant select (organisation_id, slug) on app.trust_profiles to sotto_finder;
create function sec.trust_page(slug text) returns table (organisation_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.organisation_id from app.trust_profiles p where p.slug = trust_page.slug
$$;
grant execute on function sec.trust_page(text) to sotto_app, sotto_jobs, sotto_prove;
grant create on schema sec to sotto_finder;
alter function sec.trust_page(text) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
