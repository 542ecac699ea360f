import { createHmac } from 'node:crypto';
import { Personal, type Ctx } from '#base';
import { accountCandidates, addCarrierAccount, canaryIds } from '#safeguards/accounts';

/** A carrier account of the canary organisation: what lets a probe sign truly, and then misuse the signature. */
export type CanaryAccount = {
  /** The emulated carrier: it speaks the same wire and passes the same checks as any other. */
  readonly carrier: 'emulator';
  readonly accountSid: string;
  /** Base64 of HMAC-SHA1 with the account's key, over the address and the sorted fields (Twilio, webhooks security). */
  readonly sign: (content: string) => string;
};

/**
 * Gives the canary organisation its account at the emulated carrier, once. It owns no line, so a call that is truly
 * signed with it can reach nobody. Its key follows from the root key and is shown nowhere.
 */
export async function openCanaryAccount(ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>): Promise<CanaryAccount> {
  const carrier = 'emulator';
  const organisation = canaryIds[0];
  const accountSid = `AC${ctx.keys.derive('canary-account').toString('hex').slice(0, 32)}`;
  const key = ctx.keys.derive('canary-carrier-key').toString('hex').slice(0, 32);
  const known = await accountCandidates(ctx, carrier, accountSid);
  if (!known.some((one) => one.organisation === organisation)) {
    await ctx.db.tenant(organisation, (tx) =>
      addCarrierAccount(ctx, tx, { organisation, carrier, accountSid, authToken: new Personal(key) }),
    );
  }
  return { carrier, accountSid, sign: (content) => createHmac('sha1', key).update(content).digest('base64') };
}
