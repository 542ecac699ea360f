import assert from 'node:assert/strict';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { erasureRounds } from '../erasure-rounds.ts';
import { freePort, sotto, sottoJson, startProduct, type Env } from '../product.ts';

type Demo = { call: { id: string }; transcript: readonly { speaker: string; heard: string | null }[] };
type Erased = { id: string; state: string; salt: string; key: string; certificate: { file: string; state: string } };
type Verified = {
  isGenuine: boolean;
  isAbout?: boolean;
  certificate: { stores: { store: string; before: number; after: number }[] };
};

const phone = '+15005550142';

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'sotto-erase-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** The files below a folder that hold any of these, and which. */
async function filesWith(dir: string, words: readonly string[]): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    found.push(...words.filter((word) => bytes.includes(word)).map((word) => `${entry.name}: ${word}`));
  }
  return found;
}

test('an erased caller is in no byte of the installation, and the certificate of it verifies where there is none', async (t) => {
  const dir = await folder(t);
  const env: Env = { SOTTO_DATA_DIR: join(dir, 'data'), SOTTO_PORT: String(await freePort()) };
  const { transcript } = await sottoJson<Demo>(env, 'demo');
  const file = join(dir, 'certificate.txt');
  const erased = await sottoJson<Erased>(env, 'erase', '--phone', '+1 (500) 555-0142', '--out', file);
  assert.deepEqual([erased.state, erased.certificate.state], ['done', 'final']);

  const said = transcript.flatMap(({ speaker, heard }) =>
    speaker === 'caller' && heard && heard.length > 11 ? [heard] : [],
  );
  assert.ok(said.length > 5);
  const words = [phone.slice(1), phone.slice(2), 'Alex Sample', 'crown', ...said];
  assert.deepEqual(await filesWith(env['SOTTO_DATA_DIR']!, words), []);
  assert.ok(
    (await filesWith(env['SOTTO_DATA_DIR']!, ['Riverside Dental'])).length > 0,
    'the search finds what is there',
  );

  const nowhere = { SOTTO_DATA_DIR: join(dir, 'nowhere') };
  const verified = await sottoJson<Verified>(
    nowhere,
    'verify',
    'certificate',
    file,
    '--key',
    erased.key,
    '--phone',
    phone,
    '--salt',
    erased.salt,
  );
  assert.deepEqual([verified.isGenuine, verified.isAbout], [true, true]);
  const calls = verified.certificate.stores.find(({ store }) => store === 'table app.calls');
  assert.deepEqual([calls?.before, calls?.after], [1, 0]);
  await assert.rejects(access(nowhere.SOTTO_DATA_DIR), 'nothing was made to verify it');

  const note = await readFile(file);
  const changed = join(dir, 'changed.txt');
  for (const at of [0, 100, Math.floor(note.length / 2), note.length - 100, note.length - 2]) {
    const bytes = Buffer.from(note);
    bytes[at]! ^= 1;
    await writeFile(changed, bytes);
    const refused = await sotto(nowhere, 'verify', 'certificate', changed, '--key', erased.key);
    assert.equal(refused.code, 1, `byte ${at}`);
    assert.match(refused.stdout, /^Not genuine: /);
  }
  assert.equal(
    (await sotto(nowhere, 'verify', 'certificate', file)).code,
    2,
    'without a key there is nothing to check it by',
  );
});

test('nothing is erased whose certificate cannot be put where it was wanted, and who asked has the salt whatever becomes of the file', async (t) => {
  const dir = await folder(t);
  const env: Env = { SOTTO_DATA_DIR: join(dir, 'data'), SOTTO_PORT: String(await freePort()) };
  const { call } = await sottoJson<Demo>(env, 'demo');
  const refused = await sotto(env, 'erase', '--call', call.id, '--out', join(dir, 'nowhere', 'certificate.txt'));
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /cannot be written/);

  const unwritten = await sotto(env, 'erase', '--call', call.id, '--out', dir);
  assert.equal(unwritten.code, 1);
  assert.match(unwritten.stderr, /could not be written/);
  assert.match(unwritten.stdout, /^Erased\.\n[^]*\n +[0-9a-f]{64}\n/);
  const [, id, organisation] = /--certificate (\S+) --in (\S+)/.exec(unwritten.stdout) ?? [];
  assert.ok(id && organisation);
  const file = join(dir, 'certificate.txt');
  const again = await sottoJson<Erased>(env, 'erase', '--certificate', id, '--in', organisation, '--out', file);
  assert.deepEqual([again.state, again.certificate.file], ['done', file]);
});

test('while Sotto serves, a caller is erased by hand, and rings again as somebody new', async (t) => {
  const dir = await folder(t);
  const env: Env = { SOTTO_DATA_DIR: join(dir, 'data'), SOTTO_PORT: String(await freePort()) };
  await sottoJson(env, 'setup', '--demo');
  const product = await startProduct(env);
  try {
    const first = await sottoJson<Demo>(env, 'demo');
    const file = join(dir, 'certificate.txt');
    const erased = await sottoJson<Erased>(env, 'erase', '--phone', phone, '--out', file);
    assert.equal(erased.state, 'done');
    const own = await sotto(env, 'verify', 'certificate', file);
    assert.equal(own.code, 0, own.stderr);
    assert.match(own.stdout, /^Genuine: .*\nFinal: /);
    const second = await sottoJson<Demo>(env, 'demo');
    assert.notEqual(second.call.id, first.call.id);
    const call = await sottoJson<Erased>(env, 'erase', '--call', second.call.id, '--out', file);
    assert.equal(call.state, 'done');
    const gone = await sotto(env, 'erase', '--call', second.call.id);
    assert.equal(gone.code, 1);
  } finally {
    await product.stop('hurried');
  }
});

test('whatever process is killed in the middle of an erasure, it comes to its end, and nobody else loses a word', async () => {
  const report = await erasureRounds({ rounds: 5, seed: 'five' });
  assert.equal(report.rounds, 5);
});
