import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, Personal } from '#base';
import { converse } from '#adapters/carriers';
import type { TextModel } from '#adapters/models';
import { setModelCredential } from '#safeguards/accounts';
import { listEntries } from '#safeguards/audit';
import { parrot } from '../../../test/parrot.ts';
import { world } from '../../../test/world.ts';

test('the key of a model is opened for each request to it and for nothing else, and the log has every opening', async (t) => {
  // The calls of the canaries ask too, and have no key.
  let asked = 0;
  const note = (key: Personal | undefined) => {
    if (key?.reveal() === 'planted-key') asked += 1;
  };
  const counted: TextModel = {
    ...parrot,
    turn(turn, reach) {
      note(reach.access?.key);
      return parrot.turn(turn, reach);
    },
    debrief(ended, reach) {
      note(reach.access?.key);
      return parrot.debrief(ended, reach);
    },
  };
  const w = await world(t, { model: counted });
  const { organisation } = w.demo;
  const id = await w.ctx.db.tenant(organisation, (tx) =>
    setModelCredential(w.ctx, tx, { organisation, vendor: 'scripted', key: new Personal('planted-key') }),
  );
  const call = w.exchange.call({ from: '+14155550132', to: w.demo.number });
  await converse(call, (heard) => (/How can I help/.test(heard) ? { do: 'say', text: 'bye' } : undefined));
  for (let tries = 0; tries < 200 && (await w.lastCall()).outcome === null; tries += 1) await pause(w.clock, 1_000);
  const opened = await w.ctx.db.tenant(organisation, async (tx) => {
    const { items } = await listEntries(w.ctx, tx, organisation, { limit: 100 });
    return items.filter(({ action, object }) => action === 'credential.opened' && object === `credential:${id}`);
  });
  assert.ok(asked >= 3, 'greeting, answer and debrief');
  assert.equal(opened.length, asked);
});
