import { iso, problem, sql, type Ctx, type Id, type Item, type Personal, type Tx, type VendorCheck } from '#base';
import type { Carrier } from '#adapters/carriers';
import type { TextModel } from '#adapters/models';
import { record, type Details } from '#safeguards/audit';
import type { Asking } from './by.ts';
import { accountSubject, addCarrierAccount, carrierAccount, dropToken, replaceToken } from './carrier-accounts.ts';
import { modelAccess, modelSubject, replaceModelKey, setModelCredential } from './model-credentials.ts';

/** The catalogues: whoever is in one of them, and is not on this machine, can be connected. */
export type Vendors = { readonly carriers: readonly Item<Carrier>[]; readonly models: readonly Item<TextModel>[] };

type Senses = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys' | 'config' | 'http'>;

/** A connected provider, without its secret. `account` ends as the account's name at the vendor ends. */
export type CredentialView = {
  readonly id: Id;
  readonly vendor: string;
  readonly kind: 'carrier' | 'model';
  readonly account: string | null;
  readonly connectedAt: number;
  readonly rotatedAt: number | null;
  readonly testedAt: number | null;
  readonly testResult: VendorCheck | null;
};

type Row = {
  readonly id: Id;
  readonly vendor: string;
  readonly kind: 'carrier' | 'model';
  readonly account: string | null;
  readonly created_at: Date;
  readonly rotated_at: Date | null;
  readonly tested_at: Date | null;
  readonly test_result: VendorCheck | null;
};

/** What the organisation has connected, the oldest first; at most 1,000. */
export async function listCredentials(tx: Tx, organisation: Id): Promise<CredentialView[]> {
  const rows = await tx.rows<Row>(sql`
    select id, carrier as vendor, 'carrier' as kind, right(account_sid, 4) as account, created_at, rotated_at, tested_at, test_result
    from app.carrier_accounts where organisation_id = ${organisation} and revoked_at is null
    union all
    select id, vendor, 'model' as kind, null as account, created_at, rotated_at, tested_at, test_result
    from app.model_credentials where organisation_id = ${organisation}
    order by created_at, id limit 1000`);
  return rows.map((row) => ({
    id: row.id,
    vendor: row.vendor,
    kind: row.kind,
    account: row.account,
    connectedAt: row.created_at.getTime(),
    rotatedAt: row.rotated_at?.getTime() ?? null,
    testedAt: row.tested_at?.getTime() ?? null,
    testResult: row.test_result,
  }));
}

/** What somebody connects: for a carrier its account and that account's auth token, for a model its key. */
export type Connecting = { readonly vendor: string; readonly account?: string | undefined; readonly secret: Personal };

/**
 * Connects a provider, or replaces the secret of one that is connected. Throws `vendor-unknown` for one that is in no
 * catalogue or on this machine, and `input-invalid`.
 */
export async function connectProvider(
  ctx: Senses,
  tx: Tx,
  { who: { organisation, actor: by }, sender }: Asking,
  { vendors, given }: { readonly vendors: Vendors; readonly given: Connecting },
): Promise<Id> {
  const { vendor, account, secret } = given;
  const isCarrier = vendors.carriers.some(({ id }) => id === vendor);
  const isModel = vendors.models.some(({ id, item }) => id === vendor && item.processor.hosts.length > 0);
  if (!isCarrier && !isModel) throw unknown(vendors);
  refuseMistakes(given, isCarrier);
  if (!isCarrier) return setModelCredential(ctx, tx, { organisation, vendor, key: secret, by, sender });
  return addCarrierAccount(ctx, tx, {
    organisation,
    carrier: vendor,
    accountSid: account!,
    authToken: secret,
    by,
    sender,
  });
}

/** Puts another secret in the place of the one that is connected. Throws `not-found`, `input-invalid`. */
export async function rotateCredential(
  ctx: Senses,
  tx: Tx,
  { who: { organisation, actor }, sender }: Asking,
  { id, secret }: { readonly id: Id; readonly secret: Personal },
): Promise<void> {
  refuseMistakes({ secret }, false);
  const { kind, vendor } = await findCredential(tx, organisation, id);
  if (kind === 'carrier') await replaceToken(ctx, tx, { organisation, id, authToken: secret });
  else await replaceModelKey(ctx, tx, { organisation, id, key: secret });
  await note(ctx, tx, { organisation, actor, action: 'credential.rotated', id, details: { vendor, ...sender } });
}

/**
 * Disconnects a provider: nothing is verified with, or asked for with, its secret from now on, in no process, and no copy
 * of it in any backup can be opened. Throws `not-found`.
 */
export async function revokeCredential(ctx: Senses, { who, sender }: Asking, id: Id): Promise<void> {
  const { organisation, actor } = who;
  const subject = await ctx.db.tenant(organisation, async (tx) => {
    const { kind, vendor } = await findCredential(tx, organisation, id);
    if (kind === 'carrier') await dropToken(ctx, tx, organisation, id);
    else await tx.run(sql`delete from app.model_credentials where organisation_id = ${organisation} and id = ${id}`);
    await note(ctx, tx, { organisation, actor, action: 'credential.revoked', id, details: { vendor, ...sender } });
    return kind === 'carrier' ? accountSubject(organisation, id) : modelSubject(organisation, id);
  });
  await ctx.keys.destroy(subject);
}

/** Asks the vendor what the credential is worth, and writes down what it said. Throws `not-found`, `vendor-unknown`. */
export async function testCredential(
  ctx: Senses,
  { who, sender }: Asking,
  { vendors, id }: { readonly vendors: Vendors; readonly id: Id },
): Promise<Checked> {
  const { organisation, actor } = who;
  const found = await ctx.db.tenant(organisation, (tx) => findCredential(tx, organisation, id));
  const result = await ask(ctx, { vendors, organisation, found });
  await ctx.db.tenant(organisation, async (tx) => {
    const [at, kept] = [iso(ctx.clock.now()), result];
    await tx.run(
      found.kind === 'carrier'
        ? sql`update app.carrier_accounts set tested_at = ${at}, test_result = ${kept}
            where organisation_id = ${organisation} and id = ${id} and version = ${found.version}`
        : sql`update app.model_credentials set tested_at = ${at}, test_result = ${kept}
            where organisation_id = ${organisation} and id = ${id}`,
    );
    const details = { vendor: found.vendor, result, ...sender };
    await note(ctx, tx, { organisation, actor, action: 'credential.tested', id, details });
  });
  return { vendor: found.vendor, result };
}

/** What a vendor said, and which one. */
export type Checked = { readonly vendor: string; readonly result: VendorCheck };

/** What a result means, and what to do about it. */
export function explainCheck({ result, vendor }: Checked): string {
  return explanations[result].replaceAll('{vendor}', vendor);
}

const explanations: { readonly [C in VendorCheck]: string } = {
  'ok': '{vendor} accepts it.',
  'key-refused':
    '{vendor} does not know this secret for this account. Copy it anew from there, without blanks, and rotate it here.',
  'no-permission':
    '{vendor} knows it, but it may not do what is needed. Give it the permissions there, or make an unrestricted one.',
  'not-active': '{vendor} knows the account and has suspended or closed it. Settle that there.',
  'no-funds': '{vendor} knows it, and the account has used up what it may spend. Add credit or raise the limit there.',
  'busy': '{vendor} is busy or out of order; nothing is known about the secret. Try again in a few minutes.',
  'unreachable': '{vendor} could not be reached from this machine. Look at its network, firewall and DNS.',
  'not-understood':
    'Something answered that is not {vendor}, or no longer as we know it. Look at the base URL in the settings.',
};

type Found = { readonly id: Id; readonly kind: 'carrier' | 'model'; readonly vendor: string; readonly version: number };

async function ask(
  ctx: Senses,
  { vendors, organisation, found }: { readonly vendors: Vendors; readonly organisation: Id; readonly found: Found },
): Promise<VendorCheck> {
  const { kind, vendor, id } = found;
  if (kind === 'carrier') {
    const carrier = vendors.carriers.find((one) => one.id === vendor)?.item;
    if (!carrier?.check) throw untestable();
    return carrier.check(ctx, await carrierAccount(ctx, { organisation, accountId: id }, { for: 'test' }));
  }
  const model = vendors.models.find((one) => one.id === vendor)?.item;
  if (!model?.check) throw untestable();
  const access = await ctx.db.tenant(organisation, (tx) => modelAccess(ctx, tx, organisation, vendor));
  if (!access) throw notThere();
  return model.check(ctx, access);
}

async function findCredential(tx: Tx, organisation: Id, id: Id): Promise<Found> {
  const row = await tx.maybe<Found>(sql`
    select id, 'carrier' as kind, carrier as vendor, version from app.carrier_accounts
    where organisation_id = ${organisation} and id = ${id} and revoked_at is null
    union all
    select id, 'model' as kind, vendor, 0 as version from app.model_credentials
    where organisation_id = ${organisation} and id = ${id}`);
  if (!row) throw notThere();
  return row;
}

type Noted = Pick<Asking['who'], 'organisation' | 'actor'> & {
  readonly action: 'credential.rotated' | 'credential.revoked' | 'credential.tested';
  readonly id: Id;
  readonly details: Details;
};

async function note(ctx: Senses, tx: Tx, { id, ...entry }: Noted): Promise<void> {
  await record(ctx, tx, { ...entry, object: `credential:${id}` });
}

function refuseMistakes({ account, secret }: Omit<Connecting, 'vendor'>, needsAccount: boolean): void {
  const isAccount = account !== undefined && /^[\x21-\x7e]{4,100}$/.test(account);
  const mistakes = [
    ...(needsAccount && !isAccount
      ? [{ at: '/account', fix: "must be the account's name at the carrier, such as AC0123…" }]
      : []),
    ...(!needsAccount && account !== undefined ? [{ at: '/account', fix: 'is for carriers; leave it out' }] : []),
    ...(/^[\x21-\x7e]{16,256}$/.test(secret.reveal())
      ? []
      : [{ at: '/secret', fix: 'must be 16 to 256 characters without blanks' }]),
  ];
  if (mistakes.length > 0) throw problem('input-invalid', 'The credential has mistakes.', { mistakes });
}

function unknown({ carriers, models }: Vendors) {
  const names = [...carriers, ...models.filter(({ item }) => item.processor.hosts.length > 0)].map(({ id }) => id);
  return problem('vendor-unknown', `Connect one of these: ${names.join(', ')}.`);
}

function untestable() {
  return problem('vendor-unknown', 'This provider cannot be tested: its file does not say how.');
}

function notThere() {
  return problem('not-found', 'There is no such credential.');
}
