import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openHttp, readConfig } from '#base';
import { sotto, sottoJson, startProduct } from '../product.ts';

type Demo = { transcript: { heard: string }[]; message: { body: string } | null };
type Rotated = { rotated: string; from: string; to: string; organisations: number };
type Status = {
  root: { name: string; provider: string };
  staged: null;
  replaced: number;
  kinds: { kind: string; days: number }[];
};

test('root and organisation keys are replaced while a caller talks, and the old root starts nothing afterwards', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-journey-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const env = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' };
  const product = await startProduct(env);
  t.after(() => product.kill());
  const setUp = await sottoJson<{ organisation: string; apiKey: string }>(env, 'setup', '--demo');
  const file = join(dataDir, 'keys', 'root.key');
  const old = await readFile(file);

  const talking = sottoJson<Demo>(env, 'demo');
  const first = await sottoJson<Rotated>(env, 'keys', 'rotate');
  const second = await sottoJson<Rotated>(env, 'keys', 'rotate');
  assert.equal(first.to, second.from);
  assert.ok(second.organisations > 0);
  const demo = await talking;
  assert.ok(demo.message && demo.transcript.every(({ heard }) => heard !== null));

  const id = setUp.organisation;
  const alone = await sottoJson<{ organisation: string; keys: number }>(env, 'keys', 'rotate', '--organisation', id);
  assert.ok(alone.organisation === id && alone.keys > 3);
  const { items } = await read<{ items: { body: string }[] }>(product.url, '/api/v1/messages', setUp.apiKey);
  assert.equal(items[0]?.body, demo.message.body, 'the process that serves opens what it sealed before');

  const status = await sottoJson<Status>(env, 'keys');
  assert.deepEqual(
    [status.root.name, status.root.provider, status.staged, status.replaced],
    [second.to, 'file', null, 2],
  );
  assert.ok(status.kinds.some(({ kind, days }) => kind === 'call' && days > 0));
  const { verdicts } = await sottoJson<{ verdicts: { status: string; why: string }[] }>(
    env,
    'prove',
    '--only',
    'replaced-roots-open-nothing',
  );
  assert.deepEqual(
    verdicts.map(({ status: found }) => found),
    ['proven'],
  );
  assert.equal(await product.stop('hurried'), 0);

  const young = await readFile(file);
  await writeFile(file, old);
  const refused = await sotto(env, 'serve');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, new RegExp(`root-key-wrong[\\s\\S]*${first.from}, which was replaced`));
  await writeFile(file, young);
  const again = await startProduct(env);
  t.after(() => again.kill());
  const after = await read<{ items: { body: string }[] }>(again.url, '/api/v1/messages', setUp.apiKey);
  assert.equal(after.items[0]?.body, demo.message.body);
  assert.equal(await again.stop('hurried'), 0);
});

async function read<T>(url: string, path: string, key: string): Promise<T> {
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const self = { name: 'Sotto itself', purpose: 'test', data: [], region: 'this machine', hosts: ['127.0.0.1'] };
  try {
    const answer = await http(self, {
      method: 'GET',
      url: `${url}${path}`,
      headers: { authorization: `Bearer ${key}` },
    });
    assert.equal(answer.status, 200, answer.body.toString('utf8'));
    return JSON.parse(answer.body.toString('utf8')) as T;
  } finally {
    await http.close();
  }
}
