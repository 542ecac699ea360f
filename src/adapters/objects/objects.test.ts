import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  isProblem,
  loadCatalogue,
  openHttp,
  Outside,
  readConfig,
  systemClock,
  systemRandom,
  type OutsideKind,
} from '#base';
import { assertSaysWhatStays } from '../../../test/keeps.ts';
import type { ObjectVendor } from './object-store.ts';
import { objectProcessor, openObjects, openStore } from './open-objects.ts';
import { s3Server, type S3Server } from '../../../test/s3-server.ts';
import { signatureOf } from '../../../test/s3-signature.ts';

const system = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0;

type Opened = { readonly objects: Awaited<ReturnType<typeof openStore>>; readonly dataDir: string };

async function open(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-objects-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({ SOTTO_DATA_DIR: dataDir, ...env });
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const objects = await openStore({ config, clock: systemClock, random: systemRandom, http });
  return { objects, dataDir };
}

async function inBucket(t: TestContext): Promise<Opened & { readonly server: S3Server }> {
  const server = await s3Server(t);
  return { server, ...(await open(t, server.env)) };
}

test('every store says what stays there, for how long and who says so', async () => {
  const items = await loadCatalogue<ObjectVendor>(join(import.meta.dirname, 'vendors'));
  assert.deepEqual(
    items.map(({ id }) => id),
    ['fs', 's3'],
  );
  for (const { item } of items) assertSaysWhatStays(item.processor);
});

const vendors: Readonly<Record<string, (t: TestContext) => Promise<Opened>>> = { fs: open, s3: inBucket };

for (const [vendor, opened] of Object.entries(vendors)) {
  test(`${vendor}: what was put comes back byte for byte, and put again is replaced`, async (t) => {
    const { objects } = await opened(t);
    const bytes = systemRandom.bytes(90_000);
    await objects.put('recordings/a/000000.seg', bytes);
    assert.deepEqual(await objects.get('recordings/a/000000.seg'), bytes);
    assert.equal(await objects.head('recordings/a/000000.seg'), true);
    await objects.put('recordings/a/000000.seg', Buffer.from('shorter'));
    assert.deepEqual(await objects.get('recordings/a/000000.seg'), Buffer.from('shorter'));
    await objects.put('empty', Buffer.alloc(0));
    assert.deepEqual(await objects.get('empty'), Buffer.alloc(0));
  });

  test(`${vendor}: what is not there is not found, and deleting it is fine`, async (t) => {
    const { objects } = await opened(t);
    assert.equal(await objects.get('no/such/object'), undefined);
    assert.equal(await objects.head('no/such/object'), false);
    await objects.delete('no/such/object');
    await objects.put('some/object', Buffer.from('x'));
    await objects.delete('some/object');
    await objects.delete('some/object');
    assert.equal(await objects.get('some/object'), undefined);
    assert.equal(await objects.head('some/object'), false);
    assert.equal(await objects.get('some'), undefined, 'a folder is no object');
    assert.deepEqual(await objects.list(''), { names: [], next: null });
  });

  test(`${vendor}: names come in the order of their bytes, page by page, each exactly once`, async (t) => {
    const { objects } = await opened(t);
    const names = ['a-b', 'a.b', 'a/1', 'a/1-2/x', 'a/10', 'a/2', 'a/b/c/d', 'a0', 'b/0', 'b_0', 'c'];
    for (const name of names.toReversed()) await objects.put(name, Buffer.from(name));
    assert.deepEqual(await objects.list(''), { names: names.toSorted(), next: null });
    for (const limit of [1, 2, 3, 11]) {
      const found: string[] = [];
      for (let after: string | null | undefined; after !== null;) {
        const page = await objects.list('', { limit, ...(after === undefined ? {} : { after }) });
        assert.ok(page.names.length <= limit);
        found.push(...page.names);
        after = page.next;
      }
      assert.deepEqual(found, names.toSorted(), `pages of ${limit}`);
    }
    const inA = names.filter((name) => name.startsWith('a/')).toSorted();
    assert.deepEqual((await objects.list('a/')).names, inA);
    assert.deepEqual((await objects.list('a/1')).names, ['a/1', 'a/1-2/x', 'a/10'].toSorted());
    assert.deepEqual((await objects.list('a/', { after: 'a/1-2/x' })).names, ['a/10', 'a/2', 'a/b/c/d'].toSorted());
    assert.deepEqual((await objects.list('zzz')).names, []);
  });

  test(`${vendor}: a name that could lead elsewhere, or that some store would change, is refused`, async (t) => {
    const { objects } = await opened(t);
    const odd = ['', '/', '/a', 'a/', 'a//b', '..', '../a', 'a/../b', 'a/./b', '.hidden', 'a/.drafts/x', 'a\\b', 'a b'];
    const odder = [
      'A',
      'ä',
      'a%2fb',
      'a\0b',
      'a\nb',
      'a?b',
      'a#b',
      '~',
      'con:',
      'a'.repeat(101),
      'a/'.repeat(200) + 'a',
    ];
    for (const name of [...odd, ...odder]) {
      await assert.rejects(objects.put(name, Buffer.from('x')), TypeError, JSON.stringify(name));
      await assert.rejects(objects.get(name), TypeError);
      await assert.rejects(objects.head(name), TypeError);
      await assert.rejects(objects.delete(name), TypeError);
    }
    for (const prefix of ['../', '/', 'a/../', '.', 'a/.', 'A', 'a//']) {
      await assert.rejects(objects.list(prefix), TypeError, prefix);
    }
    for (const limit of [0, 1_001, 1.5, Number.NaN]) await assert.rejects(objects.list('', { limit }), TypeError);
    assert.deepEqual((await objects.list('')).names, []);
  });

  test(`${vendor}: writers of many objects at once, and of one, do not disturb each other`, async (t) => {
    const { objects } = await opened(t);
    const bytes = (at: number) => Buffer.alloc(20_000, at);
    await Promise.all(Array.from({ length: 40 }, (_, at) => objects.put(`many/${at % 4}/${at}`, bytes(at))));
    for (let at = 0; at < 40; at += 1) assert.deepEqual(await objects.get(`many/${at % 4}/${at}`), bytes(at));
    await Promise.all(Array.from({ length: 20 }, (_, at) => objects.put('one', bytes(at))));
    const kept = await objects.get('one');
    assert.ok(kept && kept.length === 20_000 && kept.every((byte) => byte === kept[0]));
  });
}

test('fs: kill -9 while an object is written leaves the old one or the new one, and no name for a half', async (t) => {
  const { objects, dataDir } = await open(t);
  const program = fileURLToPath(import.meta.resolve('../../../test/children/put-objects.ts'));
  const size = 3_000_000;
  for (let round = 0; round < 4; round += 1) {
    const child = spawn(process.execPath, [program, dataDir, String(size)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    // Between two lines it is writing the next.
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      told += part;
      if (told.split('\n').length > 3 + round) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const last = Number(told.trim().split('\n').at(-1));
    const kept = await objects.get('recordings/one');
    assert.ok(kept && kept.length === size && kept.every((byte) => byte === kept[0]));
    assert.ok(kept[0] === last || kept[0] === last + 1, 'what was acknowledged is there, or what came after it');
    assert.deepEqual((await objects.list('')).names, ['recordings/one']);
  }
});

test('fs: files are for their owner alone, and an emptied folder goes', async (t) => {
  const { objects, dataDir } = await open(t);
  await objects.put('a/b/c', Buffer.from('x'));
  assert.equal((await stat(join(dataDir, 'objects/a/b/c'))).mode & 0o777, 0o600);
  for (const folder of ['objects', 'objects/a', 'objects/a/b']) {
    assert.equal((await stat(join(dataDir, folder))).mode & 0o777, 0o700, folder);
  }
  await objects.put('a/d', Buffer.from('y'));
  await objects.delete('a/b/c');
  assert.deepEqual(await readdir(join(dataDir, 'objects/a')), ['d']);
});

test('fs: an object that is deleted while its neighbour is written costs the neighbour nothing', async (t) => {
  const { objects } = await open(t);
  for (let round = 0; round < 50; round += 1) {
    await objects.put('a/b/old', Buffer.from('old'));
    await Promise.all([objects.delete('a/b/old'), objects.put('a/b/new', Buffer.from('new'))]);
    assert.deepEqual((await objects.list('')).names, ['a/b/new']);
    await objects.delete('a/b/new');
  }
});

test('fs: what a dead writer left behind goes at the next start, what a living one is at work on stays', async (t) => {
  const { dataDir } = await open(t);
  const drafts = join(dataDir, 'objects/.drafts');
  await mkdir(drafts, { recursive: true });
  await writeFile(join(drafts, 'dead'), 'half');
  await writeFile(join(drafts, 'living'), 'half');
  await utimes(join(drafts, 'dead'), 0, 0);
  await open(t, { SOTTO_DATA_DIR: dataDir });
  assert.deepEqual(await readdir(drafts), ['living']);
});

test('fs: on a full disk a put says so, keeps the old object and leaves no draft', async (t) => {
  const disk = await mkdtemp(join(tmpdir(), 'sotto-disk-'));
  t.after(() => rm(disk, { recursive: true, force: true }));
  const canMount = process.platform === 'linux' && system('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk);
  if (!canMount) return t.skip('no file system may be mounted here');
  try {
    const { objects } = await open(t, { SOTTO_DATA_DIR: disk });
    await objects.put('a', Buffer.from('old'));
    await assert.rejects(objects.put('a', Buffer.alloc(2_000_000)), (error) => isProblem(error, 'disk-full'));
    assert.deepEqual(await objects.get('a'), Buffer.from('old'));
    assert.deepEqual(await readdir(join(disk, 'objects/.drafts')), []);
    await objects.put('a', Buffer.alloc(100_000));
  } finally {
    system('umount', disk);
  }
  return undefined;
});

test('fs: a folder that may not be read is an error, never an empty store', async (t) => {
  if (process.getuid?.() === 0) return t.skip('root reads everything');
  const { objects, dataDir } = await open(t);
  await objects.put('a/b', Buffer.from('x'));
  await chmod(join(dataDir, 'objects/a'), 0);
  await assert.rejects(objects.list(''));
  await assert.rejects(objects.get('a/b'));
  await chmod(join(dataDir, 'objects/a'), 0o700);
  return undefined;
});

test('nothing is put into a folder that the data map does not know', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-objects-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const config = readConfig({ SOTTO_DATA_DIR: dataDir });
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const objects = await openObjects({ config, clock: systemClock, random: systemRandom, http });
  for (const name of ['exports/a', 'recordings', 'recordings-2/a', 'a/recordings/b']) {
    await assert.rejects(objects.put(name, Buffer.from('x')), TypeError, name);
  }
  await objects.put('recordings/a', Buffer.from('x'));
  assert.deepEqual((await objects.list('')).names, ['recordings/a']);
});

function failed(kind: OutsideKind) {
  return (error: unknown) => error instanceof Outside && error.vendor === 's3' && error.kind === kind;
}

test('s3: an upload that breaks off leaves the old object', async (t) => {
  const { objects, server } = await inBucket(t);
  await objects.put('a', Buffer.alloc(500_000, 1));
  server.fail('cut');
  await assert.rejects(objects.put('a', Buffer.alloc(500_000, 2)), failed('unreachable'));
  assert.deepEqual(await objects.get('a'), Buffer.alloc(500_000, 1));
});

test('s3: a download that breaks off is no object', async (t) => {
  const { objects, server } = await inBucket(t);
  await objects.put('a', Buffer.alloc(1_000));
  server.fail('cut');
  await assert.rejects(objects.get('a'), failed('unreachable'));
});

test('s3: a server that is busy, silent or says no is told apart, for every request', async (t) => {
  const { objects, server } = await inBucket(t);
  const requests = {
    put: () => objects.put('a', Buffer.from('x')),
    get: () => objects.get('a'),
    head: () => objects.head('a'),
    delete: () => objects.delete('a'),
    list: () => objects.list(''),
  };
  for (const [name, request] of Object.entries(requests)) {
    for (const status of [500, 503, 429]) {
      server.fail(status);
      await assert.rejects(request(), failed('busy'), `${name} ${status}`);
    }
    for (const status of [400, 403]) {
      server.fail(status);
      await assert.rejects(request(), failed('refused'), `${name} ${status}`);
    }
  }
  for (const name of ['put', 'get', 'list', 'delete'] as const) {
    server.fail(404);
    await assert.rejects(requests[name](), failed('refused'), `${name}: a bucket that is not there is no answer`);
  }
});

test('s3: wrong credentials are refused by the server, and nothing is written', async (t) => {
  const server = await s3Server(t);
  const { objects } = await open(t, { ...server.env, SOTTO_S3_SECRET: 'another' });
  await assert.rejects(objects.put('a', Buffer.from('x')), failed('refused'));
  assert.equal(server.objects.size, 0);
});

test('s3: the host that is dialled is the one that is told', async (t) => {
  const server = await s3Server(t);
  assert.deepEqual((await objectProcessor(readConfig(server.env))).hosts, [server.host]);
  assert.deepEqual((await objectProcessor(readConfig({}))).hosts, []);
});

test('s3: an endpoint inside the network is not dialled unless the operator names it', async (t) => {
  const server = await s3Server(t);
  const { SOTTO_ALLOW_HOSTS: _named, ...env } = server.env;
  const inside = { ...env, SOTTO_S3_ENDPOINT: 'https://127.0.0.1:1' };
  const { objects } = await open(t, inside);
  await assert.rejects(objects.get('a'), (error) => isProblem(error, 'address-blocked'));
  assert.throws(() => readConfig(env), /SOTTO_S3_ENDPOINT must be https, unless SOTTO_ALLOW_HOSTS/);
});

test('s3: settings that are missing are named together with other mistakes', () => {
  const mistakes = (env: Record<string, string>) => {
    try {
      readConfig(env);
    } catch (error) {
      if (isProblem(error, 'config-invalid')) return error.mistakes.map(({ at }) => at);
    }
    return [];
  };
  assert.deepEqual(mistakes({ SOTTO_OBJECTS: 'tape' }), ['SOTTO_OBJECTS']);
  assert.deepEqual(mistakes({ SOTTO_OBJECTS: 's3', SOTTO_PORT: 'x', SOTTO_S3_BUCKET: 'A', SOTTO_S3_KEY_ID: 'k' }), [
    'SOTTO_PORT',
    'SOTTO_S3_BUCKET',
    'SOTTO_S3_ENDPOINT',
    'SOTTO_S3_SECRET',
  ]);
});

test('the signatures that the test server wants are those of a known request', () => {
  // Worked example of R2 (facts: storage-s3-r2): a presigned GET, checked against the vendor's own signer.
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': 'AKIDEXAMPLE/20261120/auto/s3/aws4_request',
    'X-Amz-Date': '20261120T100000Z',
    'X-Amz-Expires': '300',
    'X-Amz-SignedHeaders': 'host',
    'x-amz-checksum-mode': 'ENABLED',
    'x-id': 'GetObject',
  });
  const host = '0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com';
  const url = new URL(`https://${host}/rec/t1/call-1.wav?${query.toString()}`);
  const signature = signatureOf(
    { method: 'GET', url, headers: [['host', host]], payload: 'UNSIGNED-PAYLOAD' },
    { at: '20261120T100000Z', region: 'auto', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  );
  assert.equal(signature, '41a3a550a0ababfd12b1984ee96183c9c140f0df98e6feb3c0ef537547d2cd61');
});
