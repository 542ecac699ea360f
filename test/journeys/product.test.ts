import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createServer, type AddressInfo } from 'node:net';
import { dataFiles } from '#base';
import { freePort, sotto, sottoJson, startProduct } from '../product.ts';

type Demo = {
  call: { outcome: string; disclosedAt: string };
  transcript: { speaker: string; heard: string; meant: string | null }[];
  lead: object | null;
  message: { body: string } | null;
  appointment: { startsAt: string } | null;
  receipts: { action: string }[];
  steps: { what: string; atMs: number }[];
  tookMs: number;
};

/** Settings of an installation that ends with the test. */
async function installation(t: TestContext, more: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-journey-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  return { dataDir, env: { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: '0', ...more } };
}

test('from nothing to a whole call: start, set up, ring, and everything is there after a restart', async (t) => {
  const port = String(await freePort());
  const { dataDir, env } = await installation(t, { SOTTO_PORT: port });
  const first = await startProduct(env);
  const setUp = await sottoJson<{ apiKey: string | null; url: string }>(env, 'setup', '--demo');
  const again = await sottoJson<{ apiKey: string | null }>(env, 'setup', '--demo');
  assert.deepEqual({ ...again, apiKey: null }, { ...setUp, apiKey: null }, 'setting up again changes nothing');
  assert.equal(again.apiKey, null, 'the key is shown once');
  assert.equal(setUp.url, first.url);

  const demo = await sottoJson<Demo>(env, 'demo');
  assert.match(demo.transcript[0]?.heard ?? '', /AI assistant/);
  assert.ok(demo.lead && demo.appointment && demo.message && demo.call.disclosedAt);
  assert.ok(demo.receipts.some(({ action }) => action === 'disclosure.heard'));
  assert.ok(demo.steps.length > 5 && demo.tookMs < 60_000);
  assert.ok(
    demo.transcript.every(({ heard }) => heard !== null),
    'all of it was acknowledged as heard',
  );

  const proofs = await sottoJson<{ verdicts: { claim: string; status: string }[] }>(env, 'prove');
  const statuses = Object.fromEntries(proofs.verdicts.map(({ claim, status }) => [claim, status]));
  assert.equal(statuses['disclosure-comes-first'], 'proven');
  assert.equal(statuses['calls-are-summarised'], 'proven');
  const wrong = proofs.verdicts.filter(({ status }) => status === 'failing' || status === 'unknown');
  assert.deepEqual(wrong, []);

  const log = first.log();
  assert.equal(await first.stop(), 0);
  await leavesNoTrace(dataDir, log);

  const second = await startProduct(env);
  const { items } = await read<{ items: { summary: string; from: string }[] }>(
    second.url,
    '/api/v1/calls',
    setUp.apiKey,
  );
  assert.equal(items[0]?.from, '+15005550142');
  assert.match(items[0]?.summary ?? '', /Alex Sample/);
  assert.equal(await second.stop(), 0);
});

/** Neither number, name nor words of the caller lie in any file as they are; the product has just read them back. */
async function leavesNoTrace(dataDir: string, log: string): Promise<void> {
  const planted = ['15005550142', '5005550142', 'Alex Sample', 'crown feels loose'];
  for (const word of planted) assert.ok(!log.includes(word), `the log holds ${word}`);
  const strange = (await readdir(dataDir)).filter((name) => !dataFiles.some((one) => posix.matchesGlob(name, one)));
  assert.deepEqual(strange, [], 'everything that is left has its rule in the data map');
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true });
  let searched = 0;
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    searched += bytes.length;
    for (const word of planted) {
      assert.ok(!bytes.includes(word) && !bytes.includes(Buffer.from(word, 'utf16le')), `${file.name} holds ${word}`);
    }
  }
  assert.ok(searched > 10_000_000, 'the database was among the files');
}

test('the demo plays by itself when nothing runs', async (t) => {
  const { env } = await installation(t, { SOTTO_PORT: String(await freePort()) });
  const demo = await sottoJson<Demo>(env, 'demo');
  assert.ok(demo.appointment && demo.message);
});

test('another root key is refused by name before anything is touched, and the right one still opens', async (t) => {
  const { env } = await installation(t);
  assert.equal((await sotto(env, 'migrate')).code, 0);
  const wrong = await sotto({ ...env, SOTTO_ROOT_KEY: 'ab'.repeat(32) }, 'serve');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /root-key-wrong/);
  assert.equal((await sotto(env, 'migrate')).code, 0);
});

test('a keystore that is gone while data is there stops the start and says where it should be', async (t) => {
  const { dataDir, env } = await installation(t);
  assert.equal((await sotto(env, 'migrate')).code, 0);
  const keystore = join(dataDir, 'keys', 'keystore.db');
  await rename(keystore, `${keystore}.away`);
  const missing = await sotto(env, 'serve');
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /keystore-missing/);
  await rename(`${keystore}.away`, keystore);
  assert.equal((await sotto(env, 'migrate')).code, 0);
});

test('a port that is taken, a wrong setting and an unknown command are each said plainly', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { env } = await installation(t, { SOTTO_PORT: String((server.address() as AddressInfo).port) });
  const taken = await sotto(env, 'serve');
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /port-taken[^]*SOTTO_PORT/);
  const wrong = await sotto({ ...env, SOTTO_PORT: 'x', SOTTO_NONSENSE: '1' }, 'serve', '--json');
  assert.equal(wrong.code, 2);
  assert.deepEqual(
    (JSON.parse(wrong.stdout) as { mistakes: { at: string }[] }).mistakes.map(({ at }) => at),
    ['SOTTO_PORT', 'SOTTO_NONSENSE'],
  );
  assert.equal((await sotto(env, 'dance')).code, 2);
});

test('words and options that a command does not know are refused, and help is an answer', async (t) => {
  const { env } = await installation(t);
  const word = await sotto(env, 'prove', 'unsigned-webhooks-are-refused');
  assert.deepEqual([word.code, word.stdout], [2, '']);
  assert.match(word.stderr, /Unexpected argument 'unsigned-webhooks-are-refused'\. --help/);
  assert.match((await sotto(env, 'setup', '--deom')).stderr, /Unknown option '--deom'\. --help/);
  const help = await sotto(env, '--help');
  assert.deepEqual([help.code, help.stderr], [0, '']);
  assert.match(help.stdout, /demo/);
});

async function read<T>(url: string, path: string, key: string | null): Promise<T> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${key ?? ''}` } });
  assert.equal(answer.status, 200);
  return (await answer.json()) as T;
}
