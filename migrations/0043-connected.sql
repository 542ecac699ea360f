-- The demo's account at a telephone company is made up: it is told apart, so that the register need not list that company.
drop function sec.register_connected();
create function sec.register_connected()
returns table (organisation_id uuid, kind text, vendor text, is_made_up boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.organisation_id, c.kind, c.vendor, o.kind = 'demo' and c.kind = 'carrier' from (
    select a.organisation_id, 'carrier' as kind, a.carrier as vendor from app.carrier_accounts a where a.revoked_at is null
    union
    select m.organisation_id, 'model', m.vendor from app.model_credentials m) c
  join app.organisations o on o.id = c.organisation_id
  where o.kind in ('customer', 'demo') and o.erased_at is null
  order by c.organisation_id, c.kind, c.vendor
$$;
grant execute on function sec.register_connected() to sotto_app, sotto_jobs;
grant create on schema sec to sotto_finder;
alter function sec.register_connected() owner to sotto_finder;
revoke create on schema sec from sotto_finder;
