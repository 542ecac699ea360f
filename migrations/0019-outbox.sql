-- The newest mails that can be read: those that have gone or never will must not push aside a link that somebody waits
-- for. The product's canaries alone leave dozens of such rows a day.
grant select (state) on app.mails to sotto_finder;
drop index app.mails_readable;
create index mails_readable on app.mails (created_at desc, id desc) where state in ('waiting', 'kept');

drop function sec.mails_newest(integer);
create function sec.mails_newest(most integer) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.organisation_id, m.id from app.mails m
  where m.state in ('waiting', 'kept')
  order by m.created_at desc, m.id desc
  limit least(most, 100)
$$;
grant execute on function sec.mails_newest(integer) to sotto_app;
grant create on schema sec to sotto_finder;
alter function sec.mails_newest(integer) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
