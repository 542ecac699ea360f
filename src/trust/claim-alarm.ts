import { iso, Personal, sql, type Ctx, type Id, type Reconciler, type Tx } from '#base';
import { instanceId, isAddress, organisation as loadOrganisation, ownerAddresses } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify, type TurnedClaim } from '#safeguards/notices';
import { profileOf } from '#safeguards/profiles';
import type { Status } from './claim.ts';
import { latestEvidence, type Evidence } from './evidence.ts';
import { loadClaims } from './prove-all.ts';

/** `db` is that of the jobs. */
export type AlarmCtx = Pick<Ctx, 'clock' | 'random' | 'keys'> & {
  readonly db: Pick<Ctx['db'], 'tenant' | 'find'>;
  readonly publicUrl: () => string;
};

const broken: ReadonlySet<Status> = new Set(['failing', 'overdue']);
const kept: ReadonlySet<Status> = new Set(['proven', 'in-force', 'not-exercised']);

/**
 * Tells the owners of the operator's organisation, and the security contact of the installation where it is a mail
 * address, of every promise that turned out not to be kept, once, and once more when it is kept again: those of one
 * minute in one mail. A look that was not possible says neither. As long as there is nobody to tell, nothing counts as
 * told.
 */
export function claimAlarm(ctx: AlarmCtx): Reconciler {
  return {
    name: 'claim-alarm',
    everyMs: 60_000,
    async run() {
      const operator = await operatorOf(ctx);
      const known = new Set((await loadClaims()).map(({ id }) => id));
      const evidence = (await latestEvidence(ctx)).filter(({ claim }) => known.has(claim));
      const contact = await securityMail(ctx);
      return ctx.db.tenant(operator, (tx) => tell(ctx, tx, { operator, contact }, evidence));
    },
  };
}

/** The first customer organisation: whose people run the installation; before there is one, the installation itself. */
export async function operatorOf({ db }: Pick<AlarmCtx, 'db'>): Promise<Id> {
  const [row] = await db.find<{ organisation_id: Id }>(sql`select organisation_id from sec.operator_organisation()`);
  return row?.organisation_id ?? instanceId;
}

/** Returns of how many turns it told. */
async function tell(ctx: AlarmCtx, tx: Tx, whom: Whom, evidence: readonly Evidence[]): Promise<number> {
  const { operator } = whom;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('claim-alarm', 0))`);
  const open = await tx.rows<{ claim: string; failing_since: Date }>(sql`
    select claim, failing_since from app.claim_alarms where organisation_id = ${operator} and over_at is null`);
  const told = new Set(open.map(({ claim }) => claim));
  const failing = evidence.filter(({ claim, status }) => broken.has(status) && !told.has(claim));
  const over = evidence.filter(({ claim, status }) => kept.has(status) && told.has(claim));
  if (failing.length + over.length === 0) return 0;
  const since = new Map(open.map(({ claim, failing_since: at }) => [claim, at.getTime()]));
  const notice = {
    kind: 'claims-turned',
    failing: failing.map((one) => turned(one, one.since)),
    over: over.map((one) => turned(one, since.get(one.claim) ?? one.since)),
    url: new URL('/trust', ctx.publicUrl()).href,
  } as const;
  const recipients = await recipientsOf(ctx, tx, whom);
  if (recipients.length === 0) return 0;
  const { language } = await loadOrganisation(tx, operator);
  for (const to of recipients) await notify(ctx, tx, { organisation: operator, to, language, notice });
  await remember(ctx, tx, operator, { failing, over });
  return failing.length + over.length;
}

/** Who is told: the operator's organisation, and one address besides. */
export type Whom = { readonly operator: Id; readonly contact: Personal | undefined };

/** The security contact of the installation, where it is a mail address. */
export async function securityMail({ db }: Pick<AlarmCtx, 'db'>): Promise<Personal | undefined> {
  const { securityContact } = await db.tenant(instanceId, (tx) => profileOf(tx, instanceId));
  return securityContact !== null && isAddress(securityContact) ? new Personal(securityContact) : undefined;
}

/** The owners of that organisation, and the contact. */
export async function recipientsOf(
  ctx: Pick<AlarmCtx, 'keys'>,
  tx: Tx,
  { operator, contact }: Whom,
): Promise<readonly Personal[]> {
  const owners = await ownerAddresses(ctx, tx, operator);
  return contact ? [...owners, contact] : owners;
}

type Turns = { readonly failing: readonly Evidence[]; readonly over: readonly Evidence[] };

async function remember(ctx: AlarmCtx, tx: Tx, operator: Id, { failing, over }: Turns): Promise<void> {
  const now = iso(ctx.clock.now());
  for (const { claim, since } of failing) {
    await tx.run(sql`
      insert into app.claim_alarms (organisation_id, claim, failing_since, told_at)
      values (${operator}, ${claim}, ${iso(since)}, ${now}) on conflict do nothing`);
  }
  await tx.run(sql`
    update app.claim_alarms set over_at = ${now}
    where organisation_id = ${operator} and over_at is null and claim = any(${over.map(({ claim }) => claim)})`);
  await record(ctx, tx, {
    organisation: operator,
    actor: 'system',
    action: 'claims.told',
    object: 'claims:all',
    details: { failing: failing.map(({ claim }) => claim), over: over.map(({ claim }) => claim) },
  });
}

function turned({ claim, why }: Evidence, since: number): TurnedClaim {
  return { claim, since: `${iso(since).slice(0, 16).replace('T', ' ')} UTC`, found: why };
}
