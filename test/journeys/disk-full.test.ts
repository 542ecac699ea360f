import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sottoJson, startProduct } from '../product.ts';
import { signedRing } from '../signed-ring.ts';

type SetUp = { apiKey: string; number: string; twilio: { accountSid: string; authToken: string } };

const system = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0;

test('on a full disk a call is refused by name, what was acknowledged stays, and with room again it goes on', async (t) => {
  const disk = await mkdtemp(join(tmpdir(), 'sotto-disk-'));
  t.after(() => rm(disk, { recursive: true, force: true }));
  const canMount = process.platform === 'linux' && system('mount', '-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk);
  if (!canMount) return t.skip('no file system may be mounted here');
  const env = { SOTTO_DATA_DIR: join(disk, 'data'), SOTTO_PORT: '0' };
  const setUp = await sottoJson<SetUp>(env, 'setup', '--demo');
  const product = await startProduct(env);
  try {
    const ring = async () => {
      const { url, ...request } = signedRing({ origin: product.url, account: setUp.twilio, to: setUp.number });
      const answer = await fetch(product.url + url, request);
      return { status: answer.status, text: await answer.text() };
    };
    assert.equal((await ring()).status, 200);
    const filler = join(disk, 'filler');
    await writeFile(filler, Buffer.alloc(160_000_000)).catch(() => {});
    const refused = await ring();
    assert.equal(refused.status, 507, refused.text);
    assert.equal((JSON.parse(refused.text) as { code: string }).code, 'disk-full');
    await rm(filler);
    assert.equal((await ring()).status, 200);
    const listed = await fetch(`${product.url}/api/v1/calls`, { headers: { authorization: `Bearer ${setUp.apiKey}` } });
    assert.equal(((await listed.json()) as { items: object[] }).items.length, 2);
  } finally {
    await product.stop('hurried');
    system('umount', disk);
  }
  return undefined;
});
