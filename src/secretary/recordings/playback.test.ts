import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { newId, readConfig, sql, type Id } from '#base';
import { openServer, type Server } from '#edge';
import { askerByKey, makeApiKey, revokeApiKey } from '#safeguards/accounts';
import { recordingFinisher } from './finisher.ts';
import { linkMs } from './link.ts';
import { recordingRoutes } from './routes.ts';
import { frameAt, openArchive, recordTake, type Archive } from '../../../test/archive.ts';
import { makeBusiness } from '../../../test/rows.ts';

type Listener = Archive & {
  readonly server: Server;
  /** Asks the API for the link of a call. */
  link(call: Id, as?: string): Promise<{ status: number; json: LinkDocument }>;
  /** Follows a link, over the wire. */
  play(url: string, headers?: Record<string, string>, method?: 'GET' | 'HEAD'): Promise<Played>;
  readonly key: { readonly id: Id; readonly key: string };
};

type LinkDocument = {
  readonly id: string;
  readonly ms: number;
  readonly segments: number;
  readonly complete: boolean;
  readonly url: string;
  readonly expiresAt: string;
  readonly code: string;
};

/** `isCut`: the connection ended before everything that was announced had come. */
type Played = { readonly status: number; readonly headers: Headers; readonly body: Buffer; readonly isCut: boolean };

async function listener(t: TestContext): Promise<Listener> {
  const archive = await openArchive(t);
  const { ctx, business } = archive;
  const edge = { ...ctx, config: readConfig({ SOTTO_PORT: '0' }) };
  let origin = '';
  const server = await openServer(edge, {
    routes: recordingRoutes({ ...ctx, publicUrl: () => origin, callsOf: () => undefined }),
    identify: async (shown) => (shown.by === 'key' ? askerByKey(ctx, shown.key, shown.from) : undefined),
    admit: async () => ({ ok: true, left: 1 }),
  });
  origin = (await server.listen()).url;
  t.after(async () => {
    const closing = server.close();
    ctx.clock.advance(60_000);
    await closing;
  });
  const { organisation } = business;
  const key = await ctx.db.tenant(organisation, (tx) =>
    makeApiKey(ctx, tx, { organisation, name: 'ears', scopes: ['recordings:read'] }),
  );
  return {
    ...archive,
    server,
    key,
    async link(call, as = key.key) {
      const headers = { authorization: `Bearer ${as}` };
      const answer = await server.inject({ method: 'GET', url: `/api/v1/calls/${call}/recording`, headers });
      return { status: answer.status, json: answer.json() as LinkDocument };
    },
    async play(url, headers = {}, method = 'GET') {
      const response = await fetch(url, { headers, method });
      const { body, isCut } = await readAll(response);
      return { status: response.status, headers: response.headers, body, isCut };
    },
  };
}

async function readAll(response: Response): Promise<{ body: Buffer; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk as Uint8Array);
    return { body: Buffer.concat(chunks), isCut: false };
  } catch {
    return { body: Buffer.concat(chunks), isCut: true };
  }
}

async function recorded(here: Listener, ...takes: readonly number[]): Promise<{ call: Id; ids: Id[]; url: string }> {
  const call = await here.call();
  const ids: Id[] = [];
  for (const [at, ms] of takes.entries()) ids.push(await recordTake(here, call, { ms, turn: at + 1 }));
  return { call, ids, url: (await here.link(call)).json.url };
}

const codeOf = ({ body }: Played) => (JSON.parse(body.toString()) as { code: string }).code;

/** A reader of WAVE files that knows nothing of ours: chunks by their names, samples by channel. */
function readWav(file: Buffer) {
  assert.equal(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 12), 'RIFFWAVE');
  assert.equal(file.readUInt32LE(4), file.length - 8);
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < file.length;) {
    const size = file.readUInt32LE(at + 4);
    chunks.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  const format = chunks.get('fmt ')!;
  const data = chunks.get('data')!;
  return {
    format: [0, 2, 12, 14, 16].map((at) => format.readUInt16LE(at)),
    rate: format.readUInt32LE(4),
    bytesASecond: format.readUInt32LE(8),
    samples: chunks.get('fact')!.readUInt32LE(0),
    left: Buffer.from(data.filter((_, at) => at % 2 === 0)),
    right: Buffer.from(data.filter((_, at) => at % 2 === 1)),
  };
}

const heard = (who: 'caller' | 'agent', frames: number) =>
  Buffer.concat(Array.from({ length: frames }, (_, at) => frameAt(who, at)));

test('what was heard is played: a µ-law WAVE file of the right length, caller left, agent right', async (t) => {
  const here = await listener(t);
  const { url } = await recorded(here, 12_340);
  const { status, headers, body } = await here.play(url);
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), 'audio/wav');
  assert.equal(headers.get('accept-ranges'), 'bytes');
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('content-length'), String(body.length));
  const wav = readWav(body);
  assert.deepEqual(wav.format, [7, 2, 2, 8, 0], 'µ-law, two channels, two bytes a sample, eight bits, no extension');
  assert.deepEqual([wav.rate, wav.bytesASecond, wav.samples], [8_000, 16_000, 12_340 * 8]);
  assert.deepEqual(wav.left, heard('caller', 617));
  assert.deepEqual(wav.right, heard('agent', 617));
});

test('the API tells length, pieces and a link, and leaves an entry for the link and for each playing', async (t) => {
  const here = await listener(t);
  const call = await here.call();
  await recordTake(here, call, { ms: 7_000 });
  const { status, json } = await here.link(call);
  assert.equal(status, 200);
  const { url, ...rest } = json;
  const expiresAt = new Date(here.ctx.clock.now() + linkMs).toISOString();
  assert.deepEqual(rest, { id: call, ms: 7_000, segments: 2, complete: true, expiresAt });
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/recordings\/[\w-]{95}$/);
  here.ctx.clock.advance(1);
  await here.play(url, { range: 'bytes=0-99' });
  const { organisation } = here.business;
  const entries = await here.ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ leaf: string }>(sql`
      select convert_from(leaf, 'UTF8') as leaf from app.audit_entries
      where organisation_id = ${organisation} and action in ('read.recordings', 'recording.played') order by at`),
  );
  const told = entries.map(({ leaf }) => JSON.parse(leaf) as { action: string; actor: string; object: string });
  assert.deepEqual(
    told.map(({ action, actor, object }) => [action, actor, object]),
    ['read.recordings', 'recording.played'].map((action) => [action, `api-key:${here.key.id}`, `call:${call}`]),
  );
});

test('any range is the same bytes as in the whole, and fetches no segment it does not need', async (t) => {
  const here = await listener(t);
  const { url } = await recorded(here, 12_340);
  const { body: whole } = await here.play(url);
  let fetched = 0;
  const { get } = here.ctx.objects;
  here.ctx.objects.get = (name) => {
    fetched += 1;
    return get(name);
  };
  const last = whole.length - 1;
  const place = fc.oneof(fc.nat({ max: last }), fc.constantFrom(0, 57, 58, 59, 80_057, 80_058, 160_058, last));
  await fc.assert(
    fc.asyncProperty(place, place, async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      fetched = 0;
      const { status, headers, body } = await here.play(url, { range: `bytes=${from}-${to}` });
      assert.equal(status, 206);
      assert.equal(headers.get('content-range'), `bytes ${from}-${to}/${whole.length}`);
      assert.deepEqual(body, whole.subarray(from, to + 1));
      const needed = to < 58 ? 0 : Math.floor((to - 58) / 80_000) - Math.floor(Math.max(0, from - 58) / 80_000) + 1;
      assert.equal(fetched, needed);
    }),
    { numRuns: 40, seed: 1 },
  );
});

test('ranges are read as RFC 9110 wants: open, from the end, beyond it, several, conditional or nonsense', async (t) => {
  const here = await listener(t);
  const { url } = await recorded(here, 6_000);
  const { body: whole } = await here.play(url);
  const total = whole.length;
  const cases: [string, number, Buffer][] = [
    ['bytes=100-', 206, whole.subarray(100)],
    ['bytes=-100', 206, whole.subarray(total - 100)],
    [`bytes=-${total + 5}`, 206, whole],
    [`bytes=0-${total + 5}`, 206, whole],
    ['BYTES=5-5', 206, whole.subarray(5, 6)],
    ['bytes=5-4', 200, whole],
    ['bytes=0-1,5-6', 200, whole],
    ['frames=0-1', 200, whole],
    ['bytes=-', 200, whole],
    ['bytes=a-b', 200, whole],
  ];
  for (const [range, status, expected] of cases) {
    const answer = await here.play(url, { range });
    assert.equal(answer.status, status, range);
    assert.deepEqual(answer.body, expected, range);
  }
  for (const range of [`bytes=${total}-`, `bytes=${total + 1}-${total + 9}`, 'bytes=-0']) {
    const answer = await here.play(url, { range });
    assert.deepEqual([answer.status, codeOf(answer)], [416, 'range-refused'], range);
  }
  const conditional = await here.play(url, { 'range': 'bytes=0-1', 'if-range': '"x"' });
  assert.equal(conditional.status, 200);
  const head = await here.play(url, {}, 'HEAD');
  assert.deepEqual([head.status, head.headers.get('content-length'), head.body.length], [200, String(total), 0]);
});

test('a call of several streams plays them one behind the other', async (t) => {
  const here = await listener(t);
  const { call, url } = await recorded(here, 5_000, 7_020, 20);
  assert.deepEqual((({ ms, segments }) => ({ ms, segments }))((await here.link(call)).json), {
    ms: 12_040,
    segments: 5,
  });
  const wav = readWav((await here.play(url)).body);
  const expected = (who: 'caller' | 'agent') => Buffer.concat([250, 351, 1].map((frames) => heard(who, frames)));
  assert.deepEqual(wav.left, expected('caller'));
  assert.deepEqual(wav.right, expected('agent'));
});

test('what a dead line has left is played as far as it goes, and said to be incomplete', async (t) => {
  const here = await listener(t);
  const call = await here.call();
  await recordTake(here, call, { ms: 12_000, end: 'never' });
  assert.equal((await here.link(call)).status, 404, 'nobody has counted it yet');
  await here.hangUp(call, 120_000);
  await recordingFinisher(here.jobs).run();
  const { json } = await here.link(call);
  assert.deepEqual([json.complete, json.ms], [false, 10_000]);
  assert.deepEqual(readWav((await here.play(json.url)).body).left, heard('caller', 500));
});

type Damage = { readonly name: string; readonly at: number; harm(here: Listener, prefix: string): Promise<unknown> };

const seg = (prefix: string, index: number) => `${prefix}/${String(index).padStart(6, '0')}.seg`;

const damages: readonly Damage[] = [
  { name: 'missing', at: 1, harm: ({ ctx }, prefix) => ctx.objects.delete(seg(prefix, 1)) },
  {
    name: 'changed in one bit',
    at: 1,
    async harm({ ctx }, prefix) {
      const bytes = (await ctx.objects.get(seg(prefix, 1)))!;
      bytes[40_000]! ^= 1;
      await ctx.objects.put(seg(prefix, 1), bytes);
    },
  },
  {
    name: 'in the place of another',
    at: 1,
    harm: async ({ ctx }, prefix) => ctx.objects.put(seg(prefix, 1), (await ctx.objects.get(seg(prefix, 0)))!),
  },
  {
    name: 'the last one, cut off with the mark of the one before',
    at: 3,
    harm: ({ ctx }, prefix) => ctx.objects.delete(seg(prefix, 3)),
  },
  { name: 'plain', at: 2, harm: ({ ctx }, prefix) => ctx.objects.put(seg(prefix, 2), Buffer.alloc(80_030, 0xff)) },
];

for (const { name, at, harm } of damages) {
  test(`a segment that is ${name}: playing ends there, and nothing is made up or played from behind it`, async (t) => {
    const here = await listener(t);
    const { ids, url } = await recorded(here, 18_000);
    const { body: whole } = await here.play(url);
    await harm(here, `recordings/${here.business.organisation}/${ids[0]}`);
    const broken = 58 + at * 80_000;
    const { status, body, isCut } = await here.play(url);
    assert.equal(status, 200);
    assert.equal(isCut, true, 'the answer is visibly short');
    assert.deepEqual(body, whole.subarray(0, body.length));
    assert.ok(body.length <= broken);
    const before = await here.play(url, { range: `bytes=0-${broken - 1}` });
    assert.deepEqual([before.status, before.isCut, before.body.length], [206, false, broken]);
    const there = await here.play(url, { range: `bytes=${broken}-${broken + 9}` });
    assert.deepEqual([there.status, codeOf(there)], [502, 'recording-damaged']);
    const told = here.logged.filter(({ event }) => event === 'recording.damaged');
    assert.ok(told.length > 0 && told.every(({ fields }) => fields?.['segment'] === at));
  });
}

test('a recording that was cut to look whole is noticed, whatever its row says', async (t) => {
  const here = await listener(t);
  const { ids, url } = await recorded(here, 12_000);
  const { organisation } = here.business;
  await here.ctx.objects.delete(seg(`recordings/${organisation}/${ids[0]}`, 2));
  await here.ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`update app.recordings set segments = 2, ms = 10000 where organisation_id = ${organisation}`),
  );
  const there = await here.play(url, { range: 'bytes=80058-80100' });
  assert.deepEqual([there.status, codeOf(there)], [502, 'recording-damaged']);
});

test('a recording whose key was destroyed says that it was erased', async (t) => {
  const here = await listener(t);
  const { ids, url } = await recorded(here, 6_000);
  await here.ctx.keys.destroy({ organisation: here.business.organisation, kind: 'recording', id: ids[0]! });
  const answer = await here.play(url);
  assert.deepEqual([answer.status, codeOf(answer)], [410, 'content-erased']);
});

test('a store that is down is said to be so', async (t) => {
  const here = await listener(t);
  const { url } = await recorded(here, 6_000);
  here.ctx.objects.isDown = true;
  const answer = await here.play(url);
  assert.deepEqual([answer.status, codeOf(answer)], [503, 'vendor-busy']);
});

test('a link lives for five minutes, for the key it was given to, and not a letter of it can be changed', async (t) => {
  const here = await listener(t);
  const { call, url } = await recorded(here, 1_000);
  for (const at of [url.length - 94, url.length - 60, url.length - 30, url.length - 1]) {
    const letter = url[at] === 'A' ? 'B' : 'A';
    const altered = await here.play(url.slice(0, at) + letter + url.slice(at + 1));
    assert.deepEqual([altered.status, codeOf(altered)], [404, 'not-found']);
  }
  for (const other of [`${url}A`, url.slice(0, -1), `${url.slice(0, -94)}${'A'.repeat(94)}`]) {
    assert.equal((await here.play(other)).status, 404);
  }
  here.ctx.clock.advance(linkMs - 1);
  assert.equal((await here.play(url)).status, 200);
  here.ctx.clock.advance(1);
  const late = await here.play(url);
  assert.deepEqual([late.status, codeOf(late)], [410, 'link-expired']);
  const fresh = (await here.link(call)).json.url;
  assert.equal((await here.play(fresh)).status, 200);
  const { organisation } = here.business;
  await here.ctx.db.tenant(organisation, (tx) => revokeApiKey(here.ctx, tx, { organisation, id: here.key.id }));
  const revoked = await here.play(fresh);
  assert.deepEqual([revoked.status, codeOf(revoked)], [410, 'link-expired']);
});

test('nobody hears what is not theirs: another scope, another organisation, no key, no such call', async (t) => {
  const here = await listener(t);
  const { call } = await recorded(here, 1_000);
  const { ctx, business } = here;
  const other = await makeBusiness(ctx.db);
  const keyFor = (organisation: Id, scopes: string[]) =>
    ctx.db.tenant(organisation, (tx) => makeApiKey(ctx, tx, { organisation, name: 'k', scopes }));
  const wrongScope = await keyFor(business.organisation, ['calls:read']);
  const stranger = await keyFor(other.organisation, ['recordings:read']);
  assert.deepEqual((({ status, json }) => [status, json.code])(await here.link(call, wrongScope.key)), [
    403,
    'key-lacks-scope',
  ]);
  assert.deepEqual((({ status, json }) => [status, json.code])(await here.link(call, stranger.key)), [
    404,
    'not-found',
  ]);
  assert.equal((await here.link(call, 'nobody')).status, 401);
  assert.equal((await here.link(newId(ctx))).status, 404);
  assert.equal((await here.link('0198')).status, 404);
});
