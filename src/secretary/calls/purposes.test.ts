import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from '#base';
import { converse } from '#adapters/carriers';
import { setPurposes, type Purpose } from '#safeguards/retention';
import { world, type World } from '../../../test/world.ts';

function agree({ ctx, demo: { organisation } }: World, agreed: readonly Purpose[]): Promise<void> {
  return ctx.db.tenant(organisation, (tx) => setPurposes(ctx, tx, { organisation, agreed }));
}

/** Rings, asks for an appointment and says goodbye; what was said in between, once the call has been summed up. */
async function askForAnAppointment(w: World, from: string): Promise<string> {
  const call = w.exchange.call({ from, to: w.demo.number });
  const words = ['I would like to book an appointment', 'No thank you, goodbye'];
  await converse(call, (heard) => {
    const text = heard.includes('?') ? words.shift() : undefined;
    return text === undefined ? undefined : { do: 'say', text };
  });
  for (let tries = 0; tries < 200 && (await w.lastCall()).outcome === null; tries += 1) await pause(w.clock, 1_000);
  return call.transcript.map(({ text }) => text).join(' ');
}

test('without appointments the secretary says so and offers a message; without leads no lead is written down', async (t) => {
  const w = await world(t);
  await agree(w, []);
  const without = await askForAnAppointment(w, '+14155550132');
  assert.match(without, /cannot make or change appointments|not made over this line/);
  const none = await Promise.all(['leads', 'appointments'].map((list) => w.api(`/api/v1/${list}`)));
  assert.deepEqual(
    none.map(({ json }) => json.items),
    [[], []],
  );
  await agree(w, ['leads', 'appointments']);
  const withThem = await askForAnAppointment(w, '+14155550133');
  assert.doesNotMatch(withThem, /cannot make or change appointments|not made over this line/);
  assert.equal((await w.api('/api/v1/leads')).json.items.length, 1);
});
