import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal } from '#base';
import { addCarrierAccount, makeOrganisation } from '#safeguards/accounts';
import { world } from '../../../test/world.ts';
import { egressBooks } from './books.ts';
import { observe } from './observe.ts';
import { registerState } from './state.ts';

test('the demo lists no telephone company: its account is made up, until somebody is spoken to for it', async (t) => {
  const { ctx, url } = await world(t);
  const listed = async () => {
    await observe(ctx);
    return (await registerState(ctx)).processors.map(({ id, by, standing }) => [id, by, standing]);
  };
  assert.deepEqual(await listed(), []);
  const flow = (await (await fetch(`${url}/trust/flow.json`)).json()) as { stops: unknown };
  assert.deepEqual(flow.stops, []);
  const spoken = { vendor: 'twilio-inc', host: 'api.twilio.com', sent: 1, refused: 0, failed: 0, unlisted: 0 };
  await egressBooks(ctx, () => [spoken]).flush();
  assert.deepEqual(await listed(), [['twilio-inc', ['organisations'], 'connected']]);
});

test('an account that a business connects is listed at once, spoken to or not', async (t) => {
  const { ctx } = await world(t);
  const given = { kind: 'customer', name: 'Elm Dental', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  const organisation = await makeOrganisation(ctx, given);
  await ctx.db.tenant(organisation, (tx) =>
    addCarrierAccount(ctx, tx, {
      organisation,
      carrier: 'twilio',
      accountSid: `AC${'5'.repeat(32)}`,
      authToken: new Personal('b'.repeat(32)),
    }),
  );
  await observe(ctx);
  assert.deepEqual(
    (await registerState(ctx)).processors.map(({ id }) => id),
    ['twilio-inc'],
  );
});
