-- What waits for its place in the log is taken away for its place alone: an entry that never got one would be in no tree and
-- in no export, and no signed head would tell.
create function sec.refuse_unplaced() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
    select from app.audit_places p
    where p.organisation_id = old.organisation_id and p.tree = old.tree and p.entry_id = old.entry_id)
  then
    raise exception 'an entry waits for its place' using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$;
create trigger only_for_its_place before delete on app.audit_pending
  for each row execute function sec.refuse_unplaced();
create trigger append_only before update on app.audit_pending
  for each row execute function sec.refuse_change();
create trigger no_truncate before truncate on app.audit_pending
  for each statement execute function sec.refuse_change();
