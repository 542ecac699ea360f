-- Lines that are added, looked at and taken away by people, and the list of what is left to set up.

alter table app.lines add column checked_at timestamptz;
alter table app.lines add column check_result text check (check_result in ('right', 'wrong', 'unknown'));
alter table app.lines add column removed_at timestamptz;
alter table app.lines add constraint checked_with_result check ((checked_at is null) = (check_result is null));
comment on column app.lines.checked_at is 'operational: when the carrier was last asked where the number points';
comment on column app.lines.check_result is 'operational: what came of that, a fixed word';
comment on column app.lines.removed_at is 'operational: when it was taken away; its calls stay, and nothing rings on it';

create table app.setup_lists (
  organisation_id uuid primary key references app.organisations (id),
  dismissed_at timestamptz
);
comment on table app.setup_lists is 'owner: safeguards/accounts';
comment on column app.setup_lists.organisation_id is 'id: the tenant';
comment on column app.setup_lists.dismissed_at is 'operational: when the list of what is left to set up was put away; null while it is shown';
select sec.protect('app.setup_lists', 'select, insert, update');

-- The finder, as before, but of lines that are still there.
grant select (removed_at) on app.lines to sotto_finder;
drop function sec.line_candidates(text, text, text);
create function sec.line_candidates(carrier text, account_sid text, dialled text)
returns table (organisation_id uuid, line_id uuid, account_id uuid, account_version integer, agent_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.organisation_id, l.id, l.account_id, a.version, l.agent_id
  from app.lines l
  join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
  where l.carrier = line_candidates.carrier and l.e164 = dialled and l.removed_at is null
    and a.carrier = line_candidates.carrier and a.account_sid = line_candidates.account_sid and a.revoked_at is null
  order by l.created_at
  limit 5
$$;
grant execute on function sec.line_candidates(text, text, text) to sotto_app;
grant create on schema sec to sotto_finder;
alter function sec.line_candidates(text, text, text) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
