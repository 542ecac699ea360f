import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHttp, Personal, readConfig, sql } from '#base';
import { carriers } from '#adapters/carriers';
import { addCarrierAccount } from '#safeguards/accounts';
import { processorEraser } from '#safeguards/processors';
import { openErasing } from './erasing.ts';
import { twilioStore } from './twilio-store.ts';

const hour = 60 * 60_000;

test('what an erased organisation has at its carrier is deleted there before the account to ask with goes', async (t) => {
  const store = await twilioStore(t);
  const env = { SOTTO_TWILIO_BASE_URL: store.url };
  const erasing = await openErasing(t, env);
  const { ctx, keeping } = erasing;
  const [mine, theirs] = keeping.businesses;
  const config = readConfig(env);
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  for (const business of [mine, theirs]) {
    const { organisation, lineId } = business;
    const authToken = new Personal(store.token);
    const given = { organisation, carrier: 'twilio', accountSid: store.account, authToken };
    const account = await ctx.db.tenant(organisation, (tx) => addCarrierAccount(ctx, tx, given));
    await ctx.db.tenant(organisation, (tx) =>
      tx.run(sql`
        update app.lines set account_id = ${account} where organisation_id = ${organisation} and id = ${lineId}`),
    );
    const { call } = await keeping.leave(business);
    store.calls.set(`CA${call}`, { sid: `CA${call}`, parent_call_sid: null });
  }
  const asked = await erasing.ask(mine, { organisation: true });
  const waiting = await erasing.goOn(asked);
  assert.deepEqual([waiting?.state, waiting?.waitsFor, store.calls.size], ['erased', 'processors', 2]);
  const eraser = processorEraser({ ...keeping.archive.jobs, config, http, carriers: await carriers() }, Infinity);
  await eraser.run();
  assert.equal((await erasing.goOn(asked))?.state, 'erased', 'it has not been read back');
  ctx.clock.advance(hour);
  await eraser.run();
  assert.equal((await erasing.goOn(asked))?.state, 'done');
  assert.equal(store.calls.size, 1, 'the call of the other organisation is there');
  const [one] = (await erasing.text(asked)).processors;
  assert.deepEqual([one?.processor, one?.state, one?.answer], ['Twilio Inc.', 'confirmed', 404]);
  const accounts = await ctx.db.tenant(mine.organisation, (tx) =>
    tx.rows(sql`select id from app.carrier_accounts where organisation_id = ${mine.organisation}`),
  );
  assert.deepEqual(accounts, []);
});
