import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Id, Keystore } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const program = fileURLToPath(import.meta.resolve('../../../test/children/make-keys.ts'));

type Told = { readonly id: Id; readonly keyId: string; readonly secret: string };

/** Runs a process that makes keys until it has told `enough` of them, kills it then, and returns what it told. */
async function makeKeys(dataDir: string, count: number, enough = Number.POSITIVE_INFINITY): Promise<Told[]> {
  const child = spawn(process.execPath, [program, dataDir, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.split('\n').length > enough) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.deepEqual([code, signal], enough === Number.POSITIVE_INFINITY ? [0, null] : [null, 'SIGKILL']);
  const lines = text.slice(0, text.lastIndexOf('\n')).split('\n');
  return lines.map((line) => {
    const [id, keyId, secret] = line.split(' ');
    return { id: id!, keyId: keyId!, secret: secret! };
  });
}

async function assertKept(keys: Keystore, told: readonly Told[]): Promise<void> {
  for (const { id, keyId, secret } of told) {
    const expected = { id: Buffer.from(keyId, 'hex'), secret: Buffer.from(secret, 'hex') };
    assert.deepEqual(await keys.contentKey({ organisation, kind: 'call', id }), expected);
    assert.deepEqual(await keys.openKey(organisation, expected.id), expected);
  }
}

test('kill -9 while keys are made: every key that was given out is there afterwards', async (t) => {
  const folder = await temporaryFolder(t);
  // The first round dies in a first start; later ones find the keys of those before and go on from there.
  for (const enough of [1, 25, 60, 110, 170]) {
    const told = await makeKeys(folder, 1_000_000, enough);
    assert.ok(told.length >= enough);
    const keys = await keystoreIn(t, folder);
    await assertKept(keys, told);
    await keys.close();
  }
});

test('two processes that make the same keys at once make one of each', async (t) => {
  const folder = await temporaryFolder(t);
  const [one, other] = await Promise.all([makeKeys(folder, 100), makeKeys(folder, 100)]);
  const byId = (a: Told, b: Told) => (a.id < b.id ? -1 : 1);
  assert.equal(one.length, 100);
  assert.deepEqual(one.toSorted(byId), other.toSorted(byId));
  await assertKept(await keystoreIn(t, folder), one);
});
