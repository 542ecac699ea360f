-- A look is the program's own: a keyed hash over what it says, with a key that is in no database. Pages believe no other, and
-- the audit log commits to no other. Looks of before have none and count as unknown until the next, which every start brings.
alter table app.evidence add column mac bytea check (length(mac) = 32);
comment on column app.evidence.mac is 'operational: keyed hash over the look, made by the program that looked';
-- A column that came later is counted like the others.
select sec.count_changes('app.evidence', array['insert', 'delete', 'entry_id']);
