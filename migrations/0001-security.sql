-- Roles exist before this file runs (src/database/roles.ts); this file decides what they may reach.
create schema app;
create schema sec;
revoke all on schema app, sec from public;
grant usage on schema app, sec to sotto_app, sotto_jobs, sotto_audit, sotto_prove, sotto_finder;
alter default privileges revoke execute on functions from public;

-- The key that tenant tokens are signed with, as the two padded blocks of HMAC (RFC 2104).
-- No runtime role can read it; the program derives the same key from the root key.
create table sec.tenant_key (
  id smallint primary key check (id = 1),
  inner_pad bytea not null check (length(inner_pad) = 64),
  outer_pad bytea not null check (length(outer_pad) = 64)
);
comment on table sec.tenant_key is 'owner: database';
comment on column sec.tenant_key.id is 'operational: always 1';
comment on column sec.tenant_key.inner_pad is 'secret: key xor 0x36';
comment on column sec.tenant_key.outer_pad is 'secret: key xor 0x5c';
alter table sec.tenant_key enable row level security;
alter table sec.tenant_key force row level security;
create policy migrate on sec.tenant_key to sotto_migrate using (true) with check (true);

-- The organisation of this transaction, or null when none is set.
-- The token is organisation.backend.start.hmac: bound to this backend and this transaction's start, so a
-- token seen elsewhere is refused, and SQL injected into the application cannot make one.
create function sec.tenant() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  token text := nullif(current_setting('sotto.tenant', true), '');
  part text[] := string_to_array(token, '.');
  pads sec.tenant_key;
  expected text;
begin
  if token is null then
    return null;
  end if;
  select * into pads from sec.tenant_key;
  expected := encode(sha256(pads.outer_pad || sha256(pads.inner_pad ||
    convert_to(array_to_string(part[1:3], '.'), 'UTF8'))), 'hex');
  if cardinality(part) = 4
    and part[2] = pg_backend_pid()::text
    and part[3] = (extract(epoch from transaction_timestamp()) * 1000000)::bigint::text
    and part[4] = expected then
    return part[1]::uuid;
  end if;
  raise exception 'tenant token refused' using errcode = 'insufficient_privilege';
end $$;
grant execute on function sec.tenant() to sotto_app, sotto_jobs, sotto_prove;

-- Puts a table under tenant isolation. Every table of schema app goes through here.
--   tenant   the column that names the organisation
--   granted  what the application and the jobs may do with rows of their own organisation
-- The prover reads every row (contents are sealed) and may write only rows of the two canary organisations,
-- which it always rolls back.
create function sec.protect(target regclass, granted text, tenant name default 'organisation_id') returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  canaries constant text := '(''00000000-0000-7000-8000-0000000000c1'', ''00000000-0000-7000-8000-0000000000c2'')';
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to sotto_app, sotto_jobs using (%I = (select sec.tenant())) with check (%I = (select sec.tenant()))', target, tenant, tenant);
  execute format('create policy look on %s for select to sotto_prove using (true)', target);
  execute format('create policy plant on %s to sotto_prove using (%I in %s) with check (%I in %s)', target, tenant, canaries, tenant, canaries);
  execute format('grant %s on %s to sotto_app, sotto_jobs', granted, target);
  execute format('grant select, insert, update, delete on %s to sotto_prove', target);
end $$;
