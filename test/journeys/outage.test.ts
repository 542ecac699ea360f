import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, problem, type Db } from '#base';
import { parrot } from '../parrot.ts';
import { world } from '../world.ts';

/** A database that can be taken away and given back. */
function detachable() {
  const state = { gone: false };
  const refuse = <T>(work: () => Promise<T>): Promise<T> =>
    state.gone ? Promise.reject(problem('database-unavailable', 'PostgreSQL does not answer.')) : work();
  const between = (db: Db): Db => ({
    tenant: (organisation, work) => refuse(() => db.tenant(organisation, work)),
    open: (work) => refuse(() => db.open(work)),
    find: (query) => refuse(() => db.find(query)),
    close: () => db.close(),
  });
  return { state, between };
}

test('a caller outlives a database that is gone for most of a minute: told to wait, then answered, nothing lost', async (t) => {
  const { state, between } = detachable();
  const w = await world(t, { model: parrot, between });
  const call = w.exchange.call({ from: '+14155550132', to: '+15005550006' });
  await call.said();
  await call.said();
  state.gone = true;
  await call.say('message the roof leaks');
  assert.match(await call.said(), /moment/i);
  await pause(w.clock, 40_000);
  state.gone = false;
  let heard = '';
  while (!/Done: take-message/.test(heard)) heard = await call.said();
  await call.say('bye');
  await call.ended;
  const { items } = (await w.api('/api/v1/messages')).json;
  assert.deepEqual(
    items.map(({ body }) => body),
    ['the roof leaks'],
  );
});

test('without a database a webhook is put off with a 503 that says when to come back, and readiness drops', async (t) => {
  const { state, between } = detachable();
  const w = await world(t, { model: parrot, between });
  state.gone = true;
  const ready = await w.app.server.inject({ method: 'GET', url: '/readyz' });
  assert.equal(ready.status, 503);
  assert.ok(Number(ready.headers['retry-after']) > 0);
  assert.equal((await w.app.server.inject({ method: 'GET', url: '/healthz' })).status, 200);
  state.gone = false;
  assert.equal((await w.app.server.inject({ method: 'GET', url: '/readyz' })).status, 200);
});

test('when the database does not come back, the caller is told so and the line is ended', async (t) => {
  const { state, between } = detachable();
  // Slower than elsewhere: how long it takes is judged, and a busy machine must not count as the product's time.
  const w = await world(t, { model: parrot, between, speed: 10 });
  const call = w.exchange.call({ from: '+14155550132', to: '+15005550006' });
  await call.said();
  await call.said();
  state.gone = true;
  await call.say('message the roof leaks');
  const began = w.clock.now();
  let heard = '';
  while (!/trouble/i.test(heard)) heard = await call.said();
  assert.ok(w.clock.now() - began < 75_000);
  const ended = await call.ended;
  assert.notEqual(ended.how, 'caller-hung-up');
  state.gone = false;
});
