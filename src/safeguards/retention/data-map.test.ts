import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  dataFiles,
  loadCatalogue,
  openDb,
  operatorsBaa,
  sql,
  type Db,
  type Item,
  type OutsideProcessor,
  type Tx,
  type VendorProcessor,
} from '#base';
import { columnsOf } from './columns.ts';
import { dataMap, isLike, type Territory } from './data-map.ts';
import { browserNames, elsewhere } from './elsewhere.ts';
import { mapMistakes } from './map-mistakes.ts';
import type { Rule } from './rule.ts';
import { cloneDatabase, testDerive, type TestDatabase } from '../../../test/cluster.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const rules = await loadCatalogue<Rule>(join(import.meta.dirname, 'rules'));

let database: TestDatabase;
let structure: Db;
before(async () => {
  database = await cloneDatabase();
  const connection = database.connection('migrate');
  structure = openDb({ connection, role: 'structure', tenantKey: testDerive('tenant-token'), poolSize: 2 });
});
after(async () => {
  await structure.close();
  await database.drop();
});

const heard: OutsideProcessor['data'] = ['words'];
const spoken = { purpose: 'x', data: heard, region: 'x' };
const assured = { website: null, security: null, baa: operatorsBaa, certifications: [] };
const inWords = { es: spoken, pt: spoken, hi: spoken };
const vendor = { name: 'Acme', ...spoken, ...inWords, ...assured, hosts: ['acme.test'], keeps: [] };

/** What is there, after a change that is undone. */
async function territory(change?: (tx: Tx) => Promise<unknown>): Promise<Territory> {
  const seen: { columns: Territory['columns'] } = { columns: [] };
  const undone = new Error('undone');
  await structure
    .open(async (tx) => {
      await change?.(tx);
      seen.columns = await columnsOf(tx);
      throw undone;
    })
    .catch((error: unknown) => assert.equal(error, undone));
  return { rules, ...seen, elsewhere: elsewhere(rules), processors: [vendor] };
}

test('every column, folder, file and output has exactly one rule, and every rule has something', async () => {
  assert.deepEqual(mapMistakes(await territory()), []);
});

test('the map leaves out nothing, and what is in it is there once', async () => {
  const whole = await territory();
  const { types } = dataMap(whole);
  const told = types.flatMap(({ columns, elsewhere: places }) => [
    ...columns.map(({ table, name }) => `${table}.${name}`),
    ...places,
  ]);
  assert.equal(new Set(told).size, told.length);
  assert.deepEqual(
    told.toSorted(),
    [...whole.columns.map(({ table, name }) => `${table}.${name}`), ...whole.elsewhere].toSorted(),
  );
  const calls = types.find(({ id }) => id === 'calls')!;
  const records = types.find(({ id }) => id === 'call-records')!;
  assert.ok(calls.columns.some(({ table, name }) => `${table}.${name}` === 'app.calls.summary'));
  assert.ok(records.columns.some(({ table, name }) => `${table}.${name}` === 'app.calls.started_at'));
});

const planted: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  'no rule covers it app.planted.id': (tx) =>
    tx
      .run(sql`create table app.planted (id uuid)`)
      .then(() => tx.run(sql`comment on column app.planted.id is 'id: planted'`)),
  'the column has no class app.leads.planted': (tx) => tx.run(sql`alter table app.leads add column planted text`),
  'it is sealed, and no key of it ends app.agents.planted': async (tx) => {
    await tx.run(sql`alter table app.agents add column planted bytea`);
    await tx.run(sql`comment on column app.agents.planted is 'personal: planted'`);
  },
  'the rule leads covers what is not there app.leads.*': (tx) => tx.run(sql`drop table app.leads cascade`),
};

for (const [found, change] of Object.entries(planted)) {
  test(`a migration is found: ${found}`, async () => {
    const mistakes = mapMistakes(await territory(change)).map(({ what, where }) => `${what} ${where}`);
    assert.ok(mistakes.includes(found), mistakes.join('\n'));
  });
}

test('a new folder, file or cookie without a rule is found, and so is a rule for none', async () => {
  const whole = await territory();
  const of = (places: readonly string[]) => mapMistakes({ ...whole, elsewhere: places });
  for (const place of ['objects:exports', 'file:spool', 'browser:cookie/_ga', 'cache:secretary/calls/new', 'log:file'])
    assert.deepEqual(of([...whole.elsewhere, place]), [{ what: 'no rule covers it', where: place }]);
  assert.deepEqual(of(whole.elsewhere.filter((place) => place !== 'objects:recordings')), [
    { what: 'the rule recordings covers what is not there', where: 'objects:recordings' },
  ]);
});

function changed(id: string, item: Partial<Rule>): readonly Item<Rule>[] {
  return rules.map((rule) => (rule.id === id ? { id, item: { ...rule.item, ...item } } : rule));
}

test('a rule that takes what another one has, ends nothing, or has no time of its own is found', async () => {
  const whole = await territory();
  const of = (given: readonly Item<Rule>[]) =>
    mapMistakes({ ...whole, rules: given }).map(({ what, where }) => `${what} ${where}`);
  const second = { ...rules.find(({ id }) => id === 'evidence')!, id: 'second' };
  assert.ok(of([...rules, second]).includes('two rules cover it: evidence, second app.evidence.claim'));
  assert.ok(
    of(changed('messages', { ends: ['row'] })).includes('it is sealed, and no key of it ends app.messages.body'),
  );
  const setting = { by: 'setting', from: { en: 'x', es: 'x', pt: 'x', hi: 'x' }, mayLastWithAccount: false } as const;
  assert.deepEqual(of(changed('evidence', { keeps: setting })), ['nobody can set its time evidence']);
  assert.deepEqual(of(changed('leads', { keeps: { by: 'belonging', to: 'account' } })), [
    'its time can be set, and the rule does not ask leads',
  ]);
  for (const to of ['what-is-not-there', 'team']) {
    const found = of(changed('team', { keeps: { by: 'belonging', to } }));
    assert.deepEqual(found.toSorted(), [
      'it belongs to what is no rule, or to itself identities',
      'it belongs to what is no rule, or to itself team',
    ]);
  }
  const law = {
    by: 'law',
    ms: Number.POSITIVE_INFINITY,
    from: { en: 'x', es: 'x', pt: 'x', hi: 'x' },
    source: 'x',
  } as const;
  assert.deepEqual(of(changed('sessions', { keeps: law })), ['its time has no length sessions']);
  assert.ok(of(rules.filter(({ id }) => id !== 'leads')).includes('its time can be set, and it has no rule leads'));
});

test('a vendor file that does not say what stays with it, and how long, is found', async () => {
  const whole = await territory();
  const { keeps: _, ...silent } = vendor;
  const vague = {
    what: 'x',
    say: { en: 'x', es: 'x', pt: 'x', hi: 'x' },
    days: -1,
    from: 'made',
    deletable: true,
    source: 'x',
    verified: true,
  } as const;
  for (const one of [silent as unknown as VendorProcessor, { ...vendor, keeps: [vague] }])
    assert.deepEqual(mapMistakes({ ...whole, processors: [one] }), [
      { what: 'the processor does not say what it keeps', where: 'Acme' },
    ]);
});

test('a vendor that is said in one language alone is found', async () => {
  const { es: _, ...english } = vendor;
  const half = { ...vendor, hi: { ...spoken, data: [] } };
  for (const one of [english as unknown as VendorProcessor, half])
    assert.deepEqual(mapMistakes({ ...(await territory()), processors: [one] }), [
      { what: 'the processor is not said in every language', where: 'Acme' },
    ]);
});

/** Source files in which something that starts empty can grow. */
function growing(files: readonly (readonly [string, string])[]): readonly string[] {
  return files
    .filter(([, text]) => /\bnew (?:Map|Set|WeakMap|WeakSet)(?:<.*>)?\(\)/.test(text))
    .map(([path]) => `cache:${path.replace(/^src\/|\.ts$/g, '')}`);
}

test('every part of the program that keeps something in memory is in the map, and no other', () => {
  const sources = globSync('src/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
  const found = growing(sources.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const known = elsewhere(rules).filter((place) => place.startsWith('cache:'));
  assert.deepEqual(found.toSorted(), known.toSorted());
  assert.deepEqual(growing([['src/edge/a.ts', 'const kept = new Map<Id, Set<string>>();']]), ['cache:edge/a']);
});

/** The names at the top of SOTTO_DATA_DIR that are written in the source. */
function filesNamed(files: readonly string[]): readonly string[] {
  const names = files.flatMap((text) => [
    ...Array.from(text.matchAll(/join\((?:resolve\()?(?:\w+\.)?dataDir\)?, '([^'/]+)/g), ([, name]) => name!),
    ...Array.from(text.matchAll(/join\(root, '([^'/]+)/g), ([, name]) => name!),
  ]);
  return [...new Set(names)].toSorted();
}

test('every file below SOTTO_DATA_DIR that the source names is in the map', () => {
  const writers = globSync('src/{database,safeguards,adapters,media,app,base}/**/*.ts', { cwd: root });
  const product = writers.filter((path) => !path.endsWith('.test.ts'));
  const found = filesNamed(product.map((path) => readFileSync(join(root, path), 'utf8')));
  const known = (name: string) => dataFiles.some((one) => isLike(one, name) || one.replace('*', '') === name);
  assert.deepEqual(
    found.filter((name) => !known(name)),
    [],
  );
  assert.ok(found.length >= 8, found.join(', '));
  assert.deepEqual(filesNamed(["join(config.dataDir, 'spool', x)"]), ['spool']);
});

test('everything that a page leaves in the storage of a browser is in the map', () => {
  const sources = globSync('web/**/*.{ts,tsx}', { cwd: root, exclude: ['**/*.test.ts'] });
  const storing = sources
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => /\b(?:local|session)Storage\b|\bindexedDB\b|\bdocument\.cookie\b|\bcaches\./.test(text));
  assert.deepEqual(storing.map(({ path }) => basename(path)).toSorted(), [
    'habits.ts',
    'page.tsx',
    'sign-up-claim.ts',
    'speaking.tsx',
  ]);
  const named = storing.flatMap(({ text }) => Array.from(text.matchAll(/['`](sotto-[a-z-]+)/g), ([, name]) => name!));
  for (const name of named)
    assert.ok(
      browserNames.some((one) => one.startsWith(name)),
      name,
    );
});
