import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { transactionOf } from '#base';
import { cloneDatabase, type TestDatabase } from '../../test/cluster.ts';
import { checks } from './checks.ts';
import { proveClasses } from './classes.ts';
import { proveFunctions } from './functions.ts';
import { proveIsolation, type Fault, type Findings } from './prover.ts';

let database: TestDatabase;
let admin: pg.Client;

before(async () => {
  database = await cloneDatabase();
  admin = new pg.Client(database.admin());
  await admin.connect();
});
after(async () => {
  await admin.end();
  await database.drop();
});

/** Plants SQL in a transaction that is always rolled back, and looks. */
async function look(
  plant: string,
  prove: (tx: ReturnType<typeof transactionOf>) => Promise<Findings>,
): Promise<readonly Fault[]> {
  await admin.query('begin');
  try {
    if (plant) await admin.query(plant);
    return (await prove(transactionOf(admin))).faults;
  } finally {
    await admin.query('rollback');
  }
}

const definer = (rest: string) => `create function ${rest} returns integer language sql security definer`;

/** Every check with faults that it must see: SQL and the object it must name. */
const plants: readonly (readonly [check: string, object: string, plant: string])[] = [
  ['table-without-row-security', 'app.calls', 'alter table app.calls disable row level security'],
  ['table-without-row-security', 'app.notes', 'create table app.notes (organisation_id uuid)'],
  [
    'table-without-row-security',
    'public.notes',
    'create table public.notes (id uuid); grant select (id) on public.notes to public',
  ],
  ['row-security-not-forced', 'app.calls', 'alter table app.calls no force row level security'],
  [
    'partition-reachable',
    'app.part_1',
    'create table app.parts (organisation_id uuid) partition by hash (organisation_id); create table app.part_1 partition of app.parts for values with (modulus 1, remainder 0); grant select on app.part_1 to sotto_app',
  ],
  ['view-not-security-invoker', 'app.all_calls', 'create view app.all_calls as select id from app.calls'],
  [
    'view-not-security-invoker',
    'app.all_calls',
    'create view app.all_calls with (security_invoker = off) as select id from app.calls',
  ],
  [
    'materialized-view-reachable',
    'app.call_counts',
    'create materialized view app.call_counts as select count(*) from app.calls; grant select on app.call_counts to sotto_jobs',
  ],
  [
    'foreign-table-reachable',
    'app.elsewhere',
    'create foreign data wrapper nothing; create server nowhere foreign data wrapper nothing; create foreign table app.elsewhere (id uuid) server nowhere; grant select on app.elsewhere to sotto_app',
  ],
  [
    'definer-function-open',
    'app.peek()',
    `${definer('app.peek()')} set search_path = pg_catalog, pg_temp as 'select 1'`,
  ],
  [
    'definer-function-open',
    'sec.peek()',
    `${definer('sec.peek()')} set search_path = pg_catalog, pg_temp as 'select 1'; revoke execute on function sec.peek() from public`,
  ],
  ['definer-function-open', 'sec.tenant()', 'grant execute on function sec.tenant() to public'],
  ['definer-function-search-path', 'sec.tenant()', 'alter function sec.tenant() reset search_path'],
  ['definer-function-search-path', 'sec.tenant()', 'alter function sec.tenant() set search_path = app, pg_catalog'],
  ['privilege-beyond-rows', 'app.calls TRUNCATE', 'grant truncate on app.calls to sotto_app'],
  ['privilege-beyond-rows', 'app.calls TRIGGER', 'grant trigger on app.calls to public'],
  ['privilege-beyond-rows', 'app.calls.id REFERENCES', 'grant references (id) on app.calls to sotto_jobs'],
  [
    'sequence-reachable',
    'app.numbers',
    'create sequence app.numbers; grant usage on sequence app.numbers to sotto_app',
  ],
  [
    'unique-without-organisation',
    'app.calls_by_carrier',
    'create unique index calls_by_carrier on app.calls (carrier_call_id)',
  ],
  [
    'unique-without-organisation',
    'app.calls_by_expression',
    'create unique index calls_by_expression on app.calls (lower(carrier_call_id), organisation_id)',
  ],
  [
    'foreign-key-without-organisation',
    'app.leads lead_of_anyone',
    'alter table app.calls add column single uuid unique; alter table app.leads add constraint lead_of_anyone foreign key (call_id) references app.calls (single)',
  ],
  ['policy-admits-others', 'app.calls open', 'create policy open on app.calls to sotto_app using (true)'],
  ['policy-admits-others', 'app.calls open', 'create policy open on app.calls using (organisation_id is not null)'],
  ['policy-admits-others', 'app.calls open', 'create policy open on app.calls to sotto_prove using (true)'],
  [
    'policy-admits-others',
    'app.calls open',
    'create policy open on app.calls for select to sotto_finder, sotto_jobs using (true)',
  ],
  [
    'policy-admits-others',
    'app.calls open',
    'create policy open on app.calls to sotto_jobs using (organisation_id = (select sec.tenant())) with check (true)',
  ],
  [
    'policy-admits-others',
    'app.calls open',
    'create policy open on app.calls for select to sotto_app using (id = (select sec.tenant()))',
  ],
  ['role-too-strong', 'sotto_app', 'alter role sotto_app bypassrls'],
  ['role-too-strong', 'sotto_migrate', 'alter role sotto_migrate superuser'],
  ['role-too-strong', 'sotto_finder', 'alter role sotto_finder login'],
  ['role-owns-objects', 'sotto_app owns table app.calls', 'alter table app.calls owner to sotto_app'],
  ['role-owns-objects', 'sotto_finder owns table app.calls', 'alter table app.calls owner to sotto_finder'],
  ['role-is-member', 'sotto_app in sotto_migrate', 'grant sotto_migrate to sotto_app'],
  [
    'role-is-member',
    'sotto_migrate in sotto_finder',
    'revoke sotto_finder from sotto_migrate; grant sotto_finder to sotto_migrate with inherit true',
  ],
  ['role-is-member', 'sotto_jobs in pg_read_all_data', 'grant pg_read_all_data to sotto_jobs'],
  ['create-allowed', 'schema app', 'grant create on schema app to sotto_app'],
  ['create-allowed', 'schema public', 'grant create on schema public to public'],
  [
    'create-allowed',
    'database TEMPORARY',
    "do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$",
  ],
];

test('a migrated database keeps organisations apart in all 17 checks', async () => {
  await admin.query('begin');
  const found = await proveIsolation(transactionOf(admin));
  await admin.query('rollback');
  assert.deepEqual(found.faults, []);
  assert.equal(found.checks, 17);
  assert.ok(found.objects > 20, `only ${found.objects} objects were looked at`);
});

for (const [check, object, plant] of plants) {
  test(`the prover sees ${check} on ${object}: ${plant.slice(-60)}`, async () => {
    const faults = await look(plant, proveIsolation);
    assert.ok(
      faults.some((fault) => fault.check === check && fault.object === object),
      `found only ${JSON.stringify(faults)}`,
    );
    assert.deepEqual(await look('', proveIsolation), []);
  });
}

test('every check has been seen to fail', () => {
  const seen = new Set(plants.map(([check]) => check));
  assert.deepEqual(
    checks.map(({ check }) => check).filter((check) => !seen.has(check)),
    [],
  );
});

test('no runtime role needs special rights to prove isolation, nor can it hide a fault by its search path', async () => {
  await admin.query('begin');
  await admin.query('create policy open on app.calls to sotto_app using (true)');
  for (const role of ['sotto_app', 'sotto_jobs', 'sotto_audit', 'sotto_prove']) {
    await admin.query(`set local role ${role}; set local search_path = app, sec`);
    const { faults } = await proveIsolation(transactionOf(admin));
    assert.deepEqual(faults, [{ check: 'policy-admits-others', object: 'app.calls open' }]);
    const { rows } = await admin.query('show search_path');
    assert.deepEqual(rows, [{ search_path: 'app, sec' }]);
  }
  await admin.query('rollback');
});

test('every column says what it holds, and what is personal is sealed', async () => {
  const found = await look('', proveClasses);
  assert.deepEqual(found, []);
});

const functionPlants: readonly (readonly [check: string, object: string, plant: string])[] = [
  [
    'function-altered',
    'sec.tenant',
    "create or replace function sec.tenant() returns uuid language sql stable as 'select gen_random_uuid()'",
  ],
  ['function-altered', 'sec.note_change', "update pg_proc set prosrc = prosrc || ' ' where proname = 'note_change'"],
  ['function-unknown', 'sec.anybody', "create function sec.anybody() returns integer language sql as 'select 1'"],
  [
    'function-unknown',
    'app.anybody',
    'create function app.anybody() returns integer language sql begin atomic select 1; end',
  ],
  ['function-missing', 'sec.tally_changes', 'drop function sec.tally_changes()'],
];

test('every function does what the migrations say', async () => {
  assert.deepEqual(await look('', proveFunctions), []);
  const { objects } = await proveFunctions(transactionOf(admin));
  assert.ok(objects > 50, `${objects} functions`);
});

for (const [check, object, plant] of functionPlants) {
  test(`the prover of functions sees ${check} on ${object}`, async () => {
    assert.deepEqual(await look(plant, proveFunctions), [{ check, object }]);
  });
}

const classPlants: readonly (readonly [check: string, object: string, plant: string])[] = [
  ['column-without-class', 'app.calls.mood', 'alter table app.calls add column mood text'],
  ['column-without-class', 'app.calls.state', "comment on column app.calls.state is 'live or ended'"],
  [
    'personal-in-the-clear',
    'app.calls.mood',
    "alter table app.calls add column mood text; comment on column app.calls.mood is 'personal: how they felt'",
  ],
  [
    'personal-in-the-clear',
    'sec.tenant_key.inner_pad',
    'alter table sec.tenant_key drop constraint tenant_key_inner_pad_check, alter column inner_pad type text',
  ],
  ['table-without-owner', 'app.notes', 'create table app.notes (organisation_id uuid)'],
];

for (const [check, object, plant] of classPlants) {
  test(`the class prover sees ${check} on ${object}`, async () => {
    const faults = await look(plant, proveClasses);
    assert.ok(
      faults.some((fault) => fault.check === check && fault.object === object),
      `found only ${JSON.stringify(faults)}`,
    );
  });
}
