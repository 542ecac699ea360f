import { problem, type Ctx, type Id, type VendorCheck } from '#base';
import type { Carrier, NumberLook } from '#adapters/carriers';
import type { Asking } from './by.ts';
import { carrierAccount, type OpenedAccount } from './carrier-accounts.ts';
import { findingsOf, isPublic, webhooksOf, type Finding } from './line-findings.ts';
import { keepCheck, lineView, noteLine, type LineCheck, type LineView } from './line-list.ts';
import type { Vendors } from './provider-credentials.ts';

type Senses = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys' | 'config' | 'http'>;

/** Which line, and where this installation is to be found. */
export type Wanted = { readonly id: Id; readonly vendors: Vendors; readonly origin: string };

/** What keeps a line's calls from arriving, and whether `pointLine` would help. */
export type Checked = {
  readonly result: LineCheck;
  readonly findings: readonly Finding[];
  readonly canPoint: boolean;
};

type Visit = {
  readonly line: LineView;
  readonly carrier: Carrier;
  readonly account: OpenedAccount | undefined;
  readonly look: NumberLook | undefined;
};

const settable = new Set<Finding['what']>(['diverted', 'voice-url', 'voice-method', 'status-url', 'status-method']);

/**
 * Asks the carrier where the number of a line points, and says what is wrong. Throws `not-found`, and `vendor-unknown`
 * for a carrier that cannot be asked.
 */
export async function checkLine(ctx: Senses, asking: Asking, wanted: Wanted): Promise<Checked> {
  const visit = await visitCarrier(ctx, asking, wanted);
  const checked = judge(visit, wanted.origin);
  await keep(ctx, asking, { id: visit.line.id, action: 'line.checked', result: checked.result });
  return checked;
}

/**
 * Points the number of a line here, at its carrier, and looks again. Throws as `checkLine` does, `public-url-needed` while
 * no carrier could find this installation, and `input-invalid` with what stands in the way.
 */
export async function pointLine(ctx: Senses, asking: Asking, wanted: Wanted): Promise<Checked> {
  const { origin } = wanted;
  if (!isPublic(origin)) {
    throw problem('public-url-needed', `Sotto is known as ${origin}, which no carrier can reach over https.`);
  }
  const before = await visitCarrier(ctx, asking, wanted);
  const { line, carrier, account, look } = before;
  const number = look?.result === 'ok' ? look.number : undefined;
  if (!account || !number || !carrier.point) throw inTheWay(judge(before, origin));
  const told = await carrier.point(ctx, account, { numberId: number.id, ...webhooksOf(origin, line.carrier) });
  const after = told === 'ok' ? await lookUp(ctx, carrier, { account, number: line.number }) : refusalOf(told);
  const checked = judge({ ...before, look: after }, origin);
  await keep(ctx, asking, { id: line.id, action: 'line.pointed', result: checked.result });
  return checked;
}

async function visitCarrier(ctx: Senses, { who }: Asking, { id, vendors }: Wanted): Promise<Visit> {
  const { organisation } = who;
  const { carriers } = vendors;
  const line = await ctx.db.tenant(organisation, (tx) => lineView(tx, organisation, { carriers, id }));
  const carrier = carriers.find((one) => one.id === line.carrier)?.item;
  if (!carrier?.lookUp) throw problem('vendor-unknown', 'This carrier cannot be asked: its file does not say how.');
  if (!line.isConnected) return { line, carrier, account: undefined, look: undefined };
  const account = await carrierAccount(ctx, { organisation, accountId: line.accountId }, { for: 'line' });
  return { line, carrier, account, look: await lookUp(ctx, carrier, { account, number: line.number }) };
}

async function lookUp(
  ctx: Senses,
  carrier: Carrier,
  { account, number }: { readonly account: OpenedAccount; readonly number: string },
): Promise<NumberLook | undefined> {
  return carrier.lookUp?.(ctx, account, number);
}

function refusalOf(result: Exclude<VendorCheck, 'ok'>): NumberLook {
  return { result };
}

function judge({ line, look }: Visit, origin: string): Checked {
  const findings = findingsOf({ origin, carrier: line.carrier, number: line.number, look });
  const canPoint = isPublic(origin) && findings.some(({ what }) => settable.has(what));
  return { result: resultOf(findings), findings, canPoint };
}

/** A carrier that does not answer says nothing of the number. */
function resultOf(findings: readonly Finding[]): LineCheck {
  if (findings.length === 0) return 'right';
  return findings.every(({ what }) => what === 'carrier') ? 'unknown' : 'wrong';
}

function inTheWay({ findings }: Checked) {
  const mistakes = findings.map(({ what, fix }) => ({ at: `/${what}`, fix }));
  return problem('input-invalid', 'The number cannot be pointed here yet.', { mistakes });
}

type Kept = { readonly id: Id; readonly action: 'line.checked' | 'line.pointed'; readonly result: LineCheck };

async function keep(ctx: Senses, asking: Asking, { id, action, result }: Kept): Promise<void> {
  const { organisation } = asking.who;
  await ctx.db.tenant(organisation, async (tx) => {
    await keepCheck(ctx, tx, organisation, { id, result });
    await noteLine(ctx, tx, asking, { id, action, details: { result } });
  });
}
