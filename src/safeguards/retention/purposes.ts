import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import type { By } from '#safeguards/accounts';
import { record, type Actor } from '#safeguards/audit';

/**
 * What a business may use the data of callers for. Each has an effect: without `appointments` none are made, without
 * `leads` none are written down, without `recordings` nothing is recorded. `messages` is answering calls at all.
 */
export const purposes = ['messages', 'appointments', 'leads', 'recordings'] as const;
export type Purpose = (typeof purposes)[number];

/** What was agreed to. */
export type Agreed = ReadonlySet<Purpose>;

/** One purpose, and when and by whom it was decided; never decided is not agreed. */
export type PurposeView = {
  readonly purpose: Purpose;
  readonly agreed: boolean;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
};

/** Every purpose, in their order; `hold` keeps others from changing them until the end of this transaction. */
export async function purposesOf(tx: Tx, organisation: Id, { hold = false } = {}): Promise<readonly PurposeView[]> {
  // Of a business that has decided nothing yet there is no row to hold.
  if (hold) await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`purposes:${organisation}`}, 0))`);
  const rows = await tx.rows<{ purpose: Purpose; agreed: boolean; at: Date; by: string }>(sql`
    select purpose, agreed, at, by from app.purposes where organisation_id = ${organisation}`);
  return purposes.map((purpose) => {
    const row = rows.find((one) => one.purpose === purpose);
    return {
      purpose,
      agreed: row?.agreed ?? false,
      decidedAt: row?.at.getTime() ?? null,
      decidedBy: row?.by ?? null,
    };
  });
}

/** What the organisation has agreed to: asked wherever data is about to be used. */
export async function agreedTo(tx: Tx, organisation: Id): Promise<Agreed> {
  const rows = await tx.rows<{ purpose: Purpose }>(sql`
    select purpose from app.purposes where organisation_id = ${organisation} and agreed`);
  return new Set(rows.map(({ purpose }) => purpose));
}

/**
 * Agrees to these purposes and to no others, from now on; `messages` always. What is as it was keeps its date. Leaves an
 * audit entry when something did change.
 */
export async function setPurposes(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  given: By & { readonly organisation: Id; readonly agreed: readonly Purpose[] },
): Promise<void> {
  const { organisation, by = 'system', sender } = given;
  const wanted = new Set<Purpose>([...given.agreed, 'messages']);
  const decided = purposes.map((purpose) => ({ purpose, agreed: wanted.has(purpose) }));
  const changed = await tx.run(sql`
    insert into app.purposes as p (organisation_id, purpose, agreed, at, by)
    select ${organisation}, given.purpose, given.agreed, ${iso(ctx.clock.now())}, ${by}
    from unnest(${decided.map(({ purpose }) => purpose)}::text[], ${decided.map(({ agreed }) => agreed)}::boolean[])
      as given (purpose, agreed)
    on conflict (organisation_id, purpose) do update set agreed = excluded.agreed, at = excluded.at, by = excluded.by
      where p.agreed <> excluded.agreed`);
  if (changed === 0) return;
  const details = { agreed: decided.filter(({ agreed }) => agreed).map(({ purpose }) => purpose), ...sender };
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'purposes.changed',
    object: `organisation:${organisation}`,
    details,
  });
}

/** Agrees to everything where nothing was decided yet: for a business that a command sets up. */
export async function agreeOnce(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, by }: { readonly organisation: Id; readonly by: Actor },
): Promise<void> {
  if ((await agreedTo(tx, organisation)).size > 0) return;
  await setPurposes(ctx, tx, { organisation, agreed: purposes, by });
}
