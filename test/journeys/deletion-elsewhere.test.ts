import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHttp, pause, Personal, readConfig, systemClock, type Id } from '#base';
import { carrierNamed, carriers } from '#adapters/carriers';
import { makeApiKey } from '#safeguards/accounts';
import { scaledClock, type ScaledClock } from '../scaled-clock.ts';
import { monday, world, type World } from '../world.ts';

type Listed = {
  readonly items: readonly { readonly state: string; readonly removed: number; readonly trouble: string | null }[];
};

const hour = 60 * 60_000;

/** Goes on at its pace, and is later when told to be; whatever was due in between is due then. */
function skippingClock(): ScaledClock & { skip(ms: number): void } {
  const clock = scaledClock(monday, 18);
  let skipped = 0;
  return {
    ...clock,
    now: () => clock.now() + skipped,
    skip(ms) {
      skipped += ms;
    },
  };
}

/** A key that may erase, and asking with it. */
async function asking({ app, ctx, demo: { organisation } }: World) {
  const { key } = await ctx.db.tenant(organisation, (tx) =>
    makeApiKey(ctx, tx, { organisation, name: 'erasing', scopes: ['erasures:read', 'erasures:write', 'calls:read'] }),
  );
  return async <T>(method: 'GET' | 'DELETE', url: string) => {
    const answer = await app.server.inject({ method, url, headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, json: JSON.parse(answer.body) as T };
  };
}

test('a call that is erased here is gone at the carrier too, and is said to be once another look has found nothing', async (t) => {
  const clock = skippingClock();
  const w = await world(t, { clock, hasCarrierApi: true });
  const call = w.exchange.call({ from: '+15005550042', to: w.demo.number });
  await call.said();
  await call.hangUp();
  const ask = await asking(w);
  const { id } = await w.lastCall();
  const [twilio, http] = [carrierNamed(await carriers(), 'twilio'), openHttp({ config: w.ctx.config, log: () => {} })];
  t.after(() => http.close());
  const account = { accountSid: w.demo.twilio.accountSid, authToken: new Personal(w.demo.twilio.authToken) };
  const config = readConfig({ SOTTO_TWILIO_BASE_URL: w.exchange.rest.url });
  const asked = await ask<{ id: Id; state: string }>('DELETE', `/api/v1/calls/${id}`);
  assert.equal(asked.status, 202);
  const listed = () => ask<Listed>('GET', `/api/v1/processors/erasures?erasure=${asked.json.id}`);
  while ((await listed()).json.items[0]?.state !== 'asked') await pause(systemClock, 50);
  // What the carrier may still be making of a call is waited for.
  clock.skip(hour);
  while ((await listed()).json.items[0]?.state !== 'confirmed') await pause(systemClock, 50);
  const [one] = (await listed()).json.items;
  assert.deepEqual([one?.removed, one?.trouble], [1, null]);
  const held = { item: 'call', name: call.callId } as const;
  assert.equal((await twilio.erase?.({ http, config }, account, held))?.result, 'gone');
  while ((await ask<{ state: string }>('GET', `/api/v1/erasures/${asked.json.id}`)).json.state !== 'done')
    await pause(systemClock, 50);
  assert.deepEqual((await ask<Listed>('GET', '/api/v1/processors/erasures')).json.items, []);
});
