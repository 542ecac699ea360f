import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { proveAll, type Means } from '#trust';
import { openProvingGround } from '../../test/proving.ts';
import { selfSigned } from '../../test/self-signed.ts';

/** An installation that speaks TLS itself. */
async function speaking(t: TestContext): Promise<Means> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const pair = selfSigned('localhost');
  await writeFile(cert, pair.cert);
  await writeFile(key, pair.key);
  const ground = await openProvingGround({
    env: { SOTTO_TLS_CERT: cert, SOTTO_TLS_KEY: key, SOTTO_PUBLIC_URL: 'https://localhost' },
  });
  t.after(async () => {
    await ground.close();
    await rm(folder, { recursive: true, force: true });
  });
  return ground.means;
}

async function verdictOf(means: Means) {
  const [verdict] = await proveAll(means, { which: ['tls-is-new-enough'] });
  assert.ok(verdict);
  return verdict;
}

test('a product that speaks TLS is seen to take 1.2 and 1.3 and nothing older', async (t) => {
  const { status, checked, why } = await verdictOf(await speaking(t));
  assert.deepEqual([status, checked], ['proven', 4], why);
});

test('a product that takes an old version, or refuses a new one, is found', async (t) => {
  const means = await speaking(t);
  const { status, why } = await verdictOf({
    ...means,
    shake: async (version) => (version === 'TLSv1.1' ? version : means.shake(version)),
  });
  assert.equal(status, 'failing');
  assert.match(why, /too old is taken \(TLSv1\.1\)/);
  const picky = await verdictOf({
    ...means,
    shake: async (version) => (version === 'TLSv1.3' ? undefined : means.shake(version)),
  });
  assert.match(picky.why, /new enough is refused \(TLSv1\.3\)/);
});
