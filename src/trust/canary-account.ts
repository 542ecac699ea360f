import { createHmac } from 'node:crypto';
import { newId, Personal, type Ctx, type Id, type Item } from '#base';
import type { TextModel } from '#adapters/models';
import {
  accountCandidates,
  addCarrierAccount,
  addLine,
  canaryIds,
  lineCandidates,
  setModelCredential,
} from '#safeguards/accounts';
import { saveAgent } from '#secretary/agent';
import { openVisitLine } from './canary-visit-line.ts';
import { openCanaryVisits, type CanaryVisits } from './canary-visits.ts';
import { openCanaryTeam, type CanaryTeam, type TeamCtx } from './canary-team.ts';

/** Signs as one account: base64 of HMAC-SHA1 with its key, over the address and the sorted fields (Twilio, webhooks security). */
export type Signer = { readonly accountSid: string; readonly sign: (content: string) => string };

/** What lets a probe sign truly: to misuse the signature, or to ring a telephone of its own. */
export type CanaryAccount = Signer & {
  /** The emulated carrier: it speaks the same wire and passes the same checks as any other. */
  readonly carrier: 'emulator';
  /**
   * The second canary organisation has lines that are answered: one by text, one by a speech model that it holds a
   * worthless key for. The first has none, so its calls reach nobody.
   */
  readonly phone: Signer & { readonly number: string; readonly liveNumber: string };
  /** Those who sign in to the product to see what it shows them. */
  readonly team: CanaryTeam;
  /** What a caller of the product's own said to the second canary organisation, and must be gone. */
  readonly visits: CanaryVisits;
};

type OpenCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

const carrier = 'emulator';
/** Numbers kept for tests by the North American Numbering Plan; nobody can be rung under them. */
const number = '+15005550100';
const liveNumber = '+15005550101';

/**
 * Gives the canary organisations what they need at the emulated carrier, once: an account each, and to the second one
 * agents and lines; the speech model is the first of the given ones. Their keys follow from the root key and are shown nowhere.
 */
export async function openCanaryAccount(ctx: TeamCtx, models: readonly Item<TextModel>[]): Promise<CanaryAccount> {
  const [first, second] = canaryIds;
  const account = await openAccount(ctx, first, 'canary');
  const phone = await openAccount(ctx, second, 'canary-phone');
  await openLine(ctx, { organisation: second, ...phone, e164: number, speaker: undefined });
  await openVisitLine(ctx, { organisation: second, carrier, ...phone });
  const speaker = models.find(({ item }) => item.speech)?.id;
  if (speaker) await openLine(ctx, { organisation: second, ...phone, e164: liveNumber, speaker });
  return {
    carrier,
    ...account,
    phone: { ...phone, number, liveNumber },
    team: openCanaryTeam(ctx),
    visits: openCanaryVisits(ctx),
  };
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

type NewLine = {
  readonly organisation: Id;
  readonly accountId: Id;
  readonly accountSid: string;
  readonly e164: string;
  /** The speech model that answers; undefined: text does. */
  readonly speaker: string | undefined;
};

async function openLine(ctx: OpenCtx, line: NewLine): Promise<void> {
  const { organisation, accountId, accountSid, e164, speaker } = line;
  if ((await lineCandidates(ctx, carrier, { account: accountSid, dialled: e164 })).length > 0) return;
  await ctx.db.tenant(organisation, async (tx) => {
    const agentId = newId(ctx);
    const how = speaker
      ? ({ speech: 'live', model: speaker } as const)
      : ({ speech: 'relay', model: 'scripted' } as const);
    await saveAgent(ctx, tx, { ...plainAgent, ...how, organisation, id: agentId });
    await addLine(ctx, tx, { organisation, carrier, accountId, e164, agentId });
    // Nobody connects the stream that is offered; a key there has to be for one to be offered.
    if (speaker) await setModelCredential(ctx, tx, { organisation, vendor: speaker, key: new Personal('canary') });
  });
}

const plainAgent = {
  name: 'Canary',
  language: 'en-US',
  greeting: 'This line is rung by the product itself.',
  facts: [],
  hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  visitMinutes: 30,
  transferTo: null,
  voice: null,
  record: false,
  discloseAi: true,
  tools: [],
} as const;
