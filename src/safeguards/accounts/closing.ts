import { iso, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { lockedGrants, type Asking } from './by.ts';
import { ownerAddresses } from './people.ts';

type Senses = Pick<Ctx, 'clock' | 'random' | 'keys'>;

/** How long an account that is to be closed can still be kept. */
export const closingMs = 30 * 24 * 3_600_000;

/** When an account that is to be closed ends (milliseconds); null while nobody has asked for it. */
export async function closesAt(tx: Tx, organisation: Id): Promise<number | null> {
  const row = await tx.maybe<{ closes_at: Date | null }>(sql`
    select closes_at from app.organisations where id = ${organisation}`);
  return row?.closes_at?.getTime() ?? null;
}

/**
 * Asks to close the account: thirty days later everything of the organisation is erased, and until then it goes on as it
 * is. `name` is its name, letter for letter, so that nobody closes the wrong one; every owner gets a mail. Asked again it
 * stays at the first day. Throws `input-invalid` for another name.
 */
export async function askClosing(
  ctx: Senses,
  tx: Tx,
  { who, sender }: Asking,
  { name }: { readonly name: string },
): Promise<number> {
  const { organisation, actor } = who;
  const row = await lockedRow(ctx, tx, who);
  if (row.name !== name) {
    const mistakes = [{ at: '/name', fix: 'must be the name of the business, letter for letter' }];
    throw problem('input-invalid', 'That is not what the business is called.', { mistakes });
  }
  if (row.closes_at !== null) return row.closes_at.getTime();
  const now = ctx.clock.now();
  const until = now + closingMs;
  await tx.run(sql`
    update app.organisations set closing_asked_at = ${iso(now)}, closes_at = ${iso(until)} where id = ${organisation}`);
  const details = { until: iso(until), ...sender };
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'organisation.closing',
    object: `organisation:${organisation}`,
    details,
  });
  const notice = { kind: 'account-closing', organisation: row.name, day: iso(until).slice(0, 10) } as const;
  for (const to of await ownerAddresses(ctx, tx, organisation))
    await notify(ctx, tx, { organisation, to, language: row.language, notice });
  return until;
}

/** Takes that back: the account stays. Where nobody has asked to close it nothing changes. Throws `closing-over` from its day on. */
export async function keepAccount(ctx: Senses, tx: Tx, { who, sender }: Asking): Promise<void> {
  const { organisation, actor } = who;
  const { closes_at: until } = await lockedRow(ctx, tx, who);
  if (until === null) return;
  if (until.getTime() <= ctx.clock.now())
    throw problem('closing-over', 'Its day has come: everything of it is being erased.');
  await tx.run(sql`
    update app.organisations set closing_asked_at = null, closes_at = null where id = ${organisation}`);
  const object = `organisation:${organisation}` as const;
  await record(ctx, tx, { organisation, actor, action: 'organisation.kept', object, details: sender });
}

type Row = { readonly name: string; readonly language: string; readonly closes_at: Date | null };

/** Whoever could close it when their request came must still be able to. */
async function lockedRow(ctx: Senses, tx: Tx, who: Asking['who']): Promise<Row> {
  const grants = await lockedGrants(ctx, tx, who);
  if (!grants['organisation:close']) throw problem('role-lacks-permission', 'You may no longer close the account.');
  return tx.one<Row>(sql`
    select name, language, closes_at from app.organisations where id = ${who.organisation}`);
}
