import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { addCarrierAccount } from '#safeguards/accounts';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A business has connected two accounts. */
async function connected(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, business } = stage;
  const { organisation } = business;
  for (const accountSid of ['AC1', 'AC2'])
    await ctx.db.tenant(organisation, (tx) =>
      addCarrierAccount(ctx, tx, { organisation, carrier: 'twilio', accountSid, authToken: new Personal('a secret') }),
    );
  return stage;
}

export default mutationIn(connected, {
  breaks: 'one key seals all credentials of a business',
  found: /one key seals two credentials \(app\.carrier_accounts\.auth_token\)/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/accounts/carrier-accounts.ts',
      from: "return { organisation, kind: 'credential', id };",
      to: "return { organisation, kind: 'credential', id: id ? organisation : id };",
    },
  ],
});
