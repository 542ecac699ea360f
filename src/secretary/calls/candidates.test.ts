import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal } from '#base';
import { addCarrierAccount, addLine, lineCandidates } from '#safeguards/accounts';
import { parrot } from '../../../test/parrot.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { signedRing } from '../../../test/signed-ring.ts';
import { world } from '../../../test/world.ts';

test('an account that can no longer be opened does not stand in the way of another that lists the same number', async (t) => {
  const w = await world(t, { model: parrot });
  const { accountSid, authToken } = w.demo.twilio;
  const here = { carrier: 'twilio', accountSid, e164: w.demo.number };
  const ring = () => w.app.server.inject(signedRing({ origin: w.url, account: w.demo.twilio, to: w.demo.number }));
  const { organisation, agentId } = await makeBusiness(w.ctx.db);
  await w.ctx.db.tenant(organisation, async (tx) => {
    const id = await addCarrierAccount(w.ctx, tx, { ...here, organisation, authToken: new Personal(authToken) });
    await addLine(w.ctx, tx, { ...here, organisation, accountId: id, agentId });
    await w.ctx.keys.destroy({ organisation, kind: 'credential', id });
  });
  const candidates = await lineCandidates(w.ctx, 'twilio', { account: accountSid, dialled: w.demo.number });
  assert.deepEqual(
    candidates.map((one) => one.organisation),
    [organisation, w.demo.organisation],
  );
  assert.equal((await ring()).status, 200);
});
