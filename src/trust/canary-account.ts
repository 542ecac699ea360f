import { createHmac } from 'node:crypto';
import { newId, Personal, type Ctx, type Id } from '#base';
import { accountCandidates, addCarrierAccount, addLine, canaryIds, lineCandidates } from '#safeguards/accounts';
import { saveAgent } from '#secretary/agent';

/** Signs as one account: base64 of HMAC-SHA1 with its key, over the address and the sorted fields (Twilio, webhooks security). */
export type Signer = { readonly accountSid: string; readonly sign: (content: string) => string };

/** What lets a probe sign truly: to misuse the signature, or to ring a telephone of its own. */
export type CanaryAccount = Signer & {
  /** The emulated carrier: it speaks the same wire and passes the same checks as any other. */
  readonly carrier: 'emulator';
  /** The second canary organisation has a line that is answered; the first has none, so its calls reach nobody. */
  readonly phone: Signer & { readonly number: string };
};

type OpenCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

const carrier = 'emulator';
/** A number kept for tests by the North American Numbering Plan; nobody can be rung under it. */
const number = '+15005550100';

/**
 * Gives the canary organisations what they need at the emulated carrier, once: an account each, and to the second one
 * an agent and a line. Their keys follow from the root key and are shown nowhere.
 */
export async function openCanaryAccount(ctx: OpenCtx): Promise<CanaryAccount> {
  const [first, second] = canaryIds;
  const account = await openAccount(ctx, first, 'canary');
  const phone = await openAccount(ctx, second, 'canary-phone');
  const lines = await lineCandidates(ctx, carrier, { account: phone.accountSid, dialled: number });
  if (lines.length === 0) await addPhone(ctx, second, phone.accountId);
  return { carrier, ...account, phone: { ...phone, number } };
}

async function openAccount(ctx: OpenCtx, organisation: Id, name: string): Promise<Signer & { readonly accountId: Id }> {
  const accountSid = `AC${ctx.keys.derive(`${name}-account`).toString('hex').slice(0, 32)}`;
  const key = ctx.keys.derive(`${name}-carrier-key`).toString('hex').slice(0, 32);
  const known = (await accountCandidates(ctx, carrier, accountSid)).find((one) => one.organisation === organisation);
  const accountId =
    known?.accountId ??
    (await ctx.db.tenant(organisation, (tx) =>
      addCarrierAccount(ctx, tx, { organisation, carrier, accountSid, authToken: new Personal(key) }),
    ));
  return { accountId, accountSid, sign: (content) => createHmac('sha1', key).update(content).digest('base64') };
}

async function addPhone(ctx: OpenCtx, organisation: Id, accountId: Id): Promise<void> {
  const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  await ctx.db.tenant(organisation, async (tx) => {
    const id = newId(ctx);
    await saveAgent(ctx, tx, {
      organisation,
      id,
      name: 'Canary',
      language: 'en-US',
      greeting: 'This line is rung by the product itself.',
      facts: [],
      hours: closed,
      visitMinutes: 30,
      transferTo: null,
      speech: 'relay',
      model: 'scripted',
      voice: null,
      record: false,
      discloseAi: true,
    });
    await addLine(ctx, tx, { organisation, carrier, accountId, e164: number, agentId: id });
  });
}
