import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnEnd } from '#base';
import { converse } from '#adapters/carriers';
import { makeApiKey } from '#safeguards/accounts';
import { parrot } from '../../../test/parrot.ts';
import { listenTo } from '../../../test/nodes.ts';
import { world } from '../../../test/world.ts';

test('who looks at a call is told as it goes on, and of what came of it', async (t) => {
  const w = await world(t, { model: parrot });
  const { organisation } = w.demo;
  const { key } = await w.ctx.db.tenant(organisation, (tx) =>
    makeApiKey(w.ctx, tx, {
      organisation,
      name: 'reads along',
      scopes: ['organisation:read', 'calls:read', 'messages:read'],
    }),
  );
  const reader = await listenTo(w, { authorization: `Bearer ${key}` });
  t.after(() => reader.leave());
  const toldOf = (kind: string) => reader.heard.filter((one) => one.startsWith(`changed {"kind":"${kind}"`));
  let toldMeanwhile = 0;
  await converse(w.exchange.call({ from: '+14155550132', to: '+15005550006' }), (heard) => {
    toldMeanwhile = toldOf('call').length;
    if (/How can I help/.test(heard)) return { do: 'say', text: 'message please call me back' };
    if (/Done: take-message/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  assert.ok(toldMeanwhile > 0, 'it was told during the call');
  while (toldOf('message').length === 0) await turnEnd();
  while (toldOf('call').length < 3) await turnEnd();
  const { id } = await w.lastCall();
  assert.ok(toldOf('call').every((one) => one.includes(id)));
});
