-- Who remembers the heads of a tree outside (https://c2sp.org/tlog-witness), and what they signed. An organisation's own
-- witnesses get the heads of its tree; those of the installation, which a setting names, get those of the tree of heads.
create table app.log_witnesses (
  organisation_id uuid not null references app.organisations (id),
  id uuid not null,
  tree text not null check (tree in ('entries', 'heads')),
  url text not null check (length(url) <= 500),
  key text not null check (length(key) <= 3000),
  name text not null,
  added_at timestamptz not null,
  added_by text not null,
  size bigint not null default 0 check (size >= 0),
  due_at timestamptz not null,
  tries integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'signed', 'refused', 'unreachable')),
  state_at timestamptz not null,
  why text,
  primary key (organisation_id, id),
  constraint log_witnesses_once unique (organisation_id, name)
);
comment on table app.log_witnesses is 'owner: safeguards/log';
comment on column app.log_witnesses.organisation_id is 'id: whose witness, or the installation';
comment on column app.log_witnesses.id is 'id: the witness';
comment on column app.log_witnesses.tree is 'operational: which tree it gets the heads of';
comment on column app.log_witnesses.url is 'operational: where it takes them, a system of the business; no person is named in it';
comment on column app.log_witnesses.key is 'operational: public key that its signatures are verified with';
comment on column app.log_witnesses.name is 'operational: the name in that key';
comment on column app.log_witnesses.added_at is 'operational: when it was added';
comment on column app.log_witnesses.added_by is 'id: who added it, as the audit log names them; system for the setting';
comment on column app.log_witnesses.size is 'operational: of the newest head that it is known to have';
comment on column app.log_witnesses.due_at is 'operational: not before then is it asked again';
comment on column app.log_witnesses.tries is 'operational: how often in a row it could not be asked';
comment on column app.log_witnesses.state is 'operational: whether it signed what it was given last';
comment on column app.log_witnesses.state_at is 'operational: since when';
comment on column app.log_witnesses.why is 'operational: why it did not, a fixed word';
select sec.protect('app.log_witnesses', 'select, insert, delete');
grant update (size, due_at, tries, state, state_at, why) on app.log_witnesses to sotto_jobs;
select sec.count_changes('app.log_witnesses', array['size', 'due_at', 'tries', 'state', 'state_at', 'why']);

create table app.log_cosignatures (
  organisation_id uuid not null references app.organisations (id),
  tree text not null check (tree in ('entries', 'heads')),
  size bigint not null,
  witness text not null,
  line text not null check (length(line) <= 4000),
  at timestamptz not null,
  primary key (organisation_id, tree, size, witness)
);
comment on table app.log_cosignatures is 'owner: safeguards/log';
comment on column app.log_cosignatures.organisation_id is 'id: whose tree';
comment on column app.log_cosignatures.tree is 'operational: which of its trees';
comment on column app.log_cosignatures.size is 'operational: of the head that was signed';
comment on column app.log_cosignatures.witness is 'operational: name of the witness';
comment on column app.log_cosignatures.line is 'operational: its signature, a line of a signed note';
comment on column app.log_cosignatures.at is 'operational: when the witness says that it signed';
select sec.protect('app.log_cosignatures', 'select');
grant insert on app.log_cosignatures to sotto_jobs;
select sec.count_changes('app.log_cosignatures', array['insert']);
create trigger append_only before update or delete on app.log_cosignatures
  for each row execute function sec.refuse_change();

-- Whose witness has not got the newest head and may be asked: ids.
create policy find on app.log_witnesses for select to sotto_finder using (true);
create policy find on app.log_cosignatures for select to sotto_finder using (true);
grant select on app.log_witnesses, app.log_cosignatures to sotto_finder;
create function sec.witnesses_due(now timestamptz) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.organisation_id, w.id from app.log_witnesses w
  where w.due_at <= witnesses_due.now and w.size < (
    select h.size from app.audit_heads h
    where h.organisation_id = w.organisation_id and h.tree = w.tree order by h.size desc limit 1)
  order by w.due_at limit 100
$$;

-- What witnesses signed of the tree of heads is everybody's: the newest head that any of them did, up to a size.
create function sec.log_cosigned(upto bigint) returns table (size bigint, note text, line text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.size, h.note, c.line from app.log_cosignatures c
  join app.audit_heads h on h.organisation_id = c.organisation_id and h.tree = c.tree and h.size = c.size
  where c.organisation_id = '00000000-0000-7000-8000-000000000001' and c.tree = 'heads' and c.size = (
    select max(n.size) from app.log_cosignatures n
    where n.organisation_id = c.organisation_id and n.tree = c.tree and n.size <= log_cosigned.upto)
  order by c.witness
$$;
grant execute on function sec.witnesses_due(timestamptz) to sotto_jobs;
grant execute on function sec.log_cosigned(bigint) to sotto_app, sotto_jobs, sotto_audit, sotto_prove;
grant create on schema sec to sotto_finder;
alter function sec.witnesses_due(timestamptz) owner to sotto_finder;
alter function sec.log_cosigned(bigint) owner to sotto_finder;
revoke create on schema sec from sotto_finder;
