import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openHttp, pause, readConfig, systemClock } from '#base';
import type { EvidenceFile } from '#trust';
import { sotto, startProduct } from '../product.ts';

const claim = 'audit-refuses-change';

/** First looks take a quarter of the time at most, however slow each is: on a busy machine the last comes after minutes. */
const longest = { timeout: 600_000 };

test('a stranger with the file and the published keys confirms the last proof, offline', longest, async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-journey-'));
  const installed = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0' };
  const product = await startProduct(installed);
  t.after(async () => {
    await product.kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  const http = openHttp({ config: readConfig({ SOTTO_ALLOW_HOSTS: '127.0.0.1' }), log: () => {} });
  t.after(() => http.close());
  const reader = { name: 'Reader', purpose: 'Test', data: [], region: 'here', hosts: [] };
  const ask = (path: string) => http(reader, { method: 'GET', url: `${product.url}${path}`, withinMs: 30_000 });

  // The first looks take a while, and the next head a minute at most.
  let found = await ask(`/trust/claims/${claim}/evidence.json`);
  for (let tries = 0; found.status !== 200 && tries < 480; tries += 1) {
    await pause(systemClock, 1_000);
    found = await ask(`/trust/claims/${claim}/evidence.json`);
  }
  assert.equal(found.status, 200, found.body.toString());
  const keys = (await ask('/.well-known/sotto/log/keys')).body;

  // Elsewhere: a machine on which nothing of this installation is.
  const elsewhere = await mkdtemp(join(tmpdir(), 'sotto-elsewhere-'));
  t.after(() => rm(elsewhere, { recursive: true, force: true }));
  const env = { SOTTO_DATA_DIR: join(elsewhere, 'none') };
  const keyFile = join(elsewhere, 'keys');
  await writeFile(keyFile, keys);
  const verify = async (content: string) => {
    const file = join(elsewhere, 'evidence.json');
    await writeFile(file, content);
    return sotto(env, 'verify', 'evidence', file, '--key', keyFile, '--json');
  };

  const log = join(elsewhere, 'log.jsonl');
  const exported = async (...how: readonly string[]) => (await sotto(installed, 'audit', 'export', log, ...how)).code;
  assert.deepEqual([await exported(), await exported(), await exported('--replace')], [0, 2, 0]);
  const whole = await sotto(env, 'audit', 'verify', log, '--key', keyFile, '--json');
  assert.equal(whole.code, 0, whole.stdout);

  const genuine = await verify(found.body.toString());
  assert.equal(genuine.code, 0, genuine.stdout);
  const told = JSON.parse(genuine.stdout) as { isGenuine: boolean; look: { claim: string; status: string } };
  assert.deepEqual([told.isGenuine, told.look.claim], [true, claim]);

  const file = JSON.parse(found.body.toString()) as EvidenceFile;
  const forged = await verify(JSON.stringify({ ...file, look: { ...file.look, checked: file.look.checked + 1 } }));
  assert.deepEqual([forged.code, JSON.parse(forged.stdout)], [1, { isGenuine: false, why: 'look-differs' }]);
});
