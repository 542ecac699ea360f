import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { sql, type Http, type Item } from '#base';
import { carriers } from '#adapters/carriers';
import type { TextModel } from '#adapters/models';
import { proveAll, type Means } from '#trust';
import { otherCanary } from './canary.ts';
import { plainOffers } from './plain-audio.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

const world = { env: { SOTTO_PUBLIC_URL: 'https://phone.sotto.example' }, hasLine: true };

async function ground(t: TestContext, given: Parameters<typeof openProvingGround>[0] = world): Promise<ProvingGround> {
  const opened = await openProvingGround(given);
  t.after(() => opened.close());
  return opened;
}

async function verdictOf(means: Means) {
  const [verdict] = await proveAll(means, { which: ['audio-comes-over-tls'] });
  assert.ok(verdict);
  return verdict;
}

async function assertFails(means: Means, why: RegExp): Promise<void> {
  const { status, why: found } = await verdictOf(means);
  assert.equal(status, 'failing', found);
  assert.match(found, why);
}

test('an installation that carriers reach over TLS offers its audio over TLS, and everything plain is tried', async (t) => {
  const { status, why, checked } = await verdictOf((await ground(t)).means);
  assert.equal(status, 'proven', why);
  // Two kinds of socket for each of two carriers, two dials and two conversations of a model, and what was offered.
  assert.ok(checked >= 2 * 2 + 2 + 2 + 1, String(checked));
});

test('an installation that only this machine can reach has nothing to check, and says so', async (t) => {
  const { status, why } = await verdictOf((await ground(t, { hasLine: true })).means);
  assert.deepEqual(
    [status, why],
    ['not-exercised', 'Only this machine can reach the installation: its public address is http on loopback.'],
  );
});

test('an installation without a process for live audio has nothing to check, and says so', async (t) => {
  const { status, why } = await verdictOf((await ground(t, { env: world.env })).means);
  assert.deepEqual(
    [status, why],
    ['not-exercised', 'No process takes live audio now, so no socket for it is offered.'],
  );
});

/** A product that offers this to whoever rings. */
function offering(means: Means, element: string): Means {
  const body = `<Response><Say>Hello.</Say><Connect>${element}</Connect></Response>`;
  return { ...means, self: async () => ({ status: 200, headers: {}, body }) };
}

test('a plain socket that is offered is found, also where nobody but this machine is expected', async (t) => {
  const { means } = await ground(t);
  const here = (await ground(t, {})).means;
  for (const url of ['ws://phone.sotto.example/s', 'ws://203.0.113.7/s', 'http://phone.sotto.example/s', '', 'phone']) {
    await assertFails(offering(means, `<Stream url="${url}">`), /in the clear \(carriers\)/);
    await assertFails(offering(here, `<Stream url="${url}">`), /in the clear \(carriers\)/);
  }
  await assertFails(offering(means, '<Stream url="ws://127.0.0.1:8080/s">'), /in the clear \(carriers\)/);
  await assertFails(
    offering(means, '<ConversationRelay url="ws://phone.sotto.example/s">'),
    /in the clear \(carriers\)/,
  );
  assert.equal((await verdictOf(offering(means, '<Stream url="wss://phone.sotto.example/s">'))).status, 'proven');
});

test('a carrier that can be offered a plain socket is found, and one that can be offered none proves nothing', async () => {
  const [carrier] = await carriers();
  assert.ok(carrier);
  const { item } = carrier;
  const careless = { ...item, render: () => ({ contentType: 'text/xml', body: '<Response/>' }) };
  assert.deepEqual(
    plainOffers([carrier, { id: 'careless', item: careless }]).faults.map(({ what, where }) => [what, where]),
    ['stream', 'relay'].map((kind) => [`a ${kind} in the clear can be offered`, 'carrier:careless']),
  );
  const strict = { ...item, render: () => assert.fail('offers nothing') };
  assert.throws(() => plainOffers([{ id: 'strict', item: strict }]), { code: 'vendor-unknown' });
});

test('a way out that dials in the clear is found, be it for sockets or for requests', async (t) => {
  const { means } = await ground(t);
  const { http } = means;
  const noSocket = async () => ({
    send: () => {},
    sendAll: () => {},
    backlog: () => 0,
    close: () => {},
    cut: () => {},
  });
  const request: Http = Object.assign(async () => ({ status: 200, headers: {}, body: Buffer.alloc(0) }), {
    connect: http.connect,
  });
  const socket: Http = Object.assign((...given: Parameters<Http>) => http(...given), { connect: noSocket });
  for (const broken of [request, socket]) {
    await assertFails({ ...means, http: broken }, /a provider is dialled in the clear \(plain\.invalid\)/);
  }
});

test('a model that opens a plain socket is found; one on this machine counts neither way', async (t) => {
  const plain = await ground(t, { ...world, env: { ...world.env, SOTTO_OPENAI_BASE_URL: 'http://10.0.0.9:8080' } });
  await assertFails(plain.means, /in the clear \(model:openai\)/);
  const beside = await ground(t, { ...world, env: { ...world.env, SOTTO_OPENAI_BASE_URL: 'http://127.0.0.1:9' } });
  const { checked: without } = await verdictOf(beside.means);
  const { checked: with_ } = await verdictOf((await ground(t)).means);
  assert.equal(with_ - without, 2);
});

test('a plain address that an organisation has set for its model is found', async (t) => {
  const { means, ctx } = await ground(t);
  const set = (url: string) =>
    ctx.db.tenant(otherCanary, (tx) =>
      tx.run(sql`update app.model_credentials set base_url = ${url} where organisation_id = ${otherCanary}`),
    );
  await set('https://eu.openai.example');
  const { status, checked } = await verdictOf(means);
  assert.equal(status, 'proven');
  await set('http://192.0.2.9');
  await assertFails(means, new RegExp(`in the clear \\(organisation:${otherCanary}\\)`));
  await set('http://localhost:9');
  assert.equal((await verdictOf(means)).checked, checked - 1);
});

test('a model whose wire nobody taught the probe leaves the claim unknown', async (t) => {
  const { means } = await ground(t);
  const models = means.models.map(({ id, item }): Item<TextModel> => ({ id: id === 'openai' ? 'acme' : id, item }));
  assert.equal((await verdictOf({ ...means, models })).status, 'unknown');
});
