import { problem, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { entryProofText, exportBytes, logKeys, openingOf, planExport, proofOf, type ExportPlan } from '#safeguards/log';
import type { Senses } from '../senses.ts';

/** An export that whoever has the machine takes; that they did is in the log of that organisation. */
export type TakenByHand = { readonly plan: ExportPlan; readonly bytes: AsyncIterable<Buffer> };

/**
 * Throws `not-found` while nothing of that log was signed, or where there is no such organisation.
 * Without `organisation` the installation's own is taken.
 */
export async function exportByHand(
  { ctx }: Pick<Senses, 'ctx'>,
  asked: { readonly organisation?: Id | undefined; readonly openings: boolean; readonly since: readonly number[] },
): Promise<TakenByHand> {
  const { organisation = instanceId, openings, since } = asked;
  const plan = await ctx.db.tenant(organisation, async (tx) => {
    const made = await planExport(tx, { organisation, openings, since });
    const details = { export: true, openings };
    const object = `organisation:${organisation}` as const;
    await record(ctx, tx, { organisation, actor: 'command:audit', action: 'read.audit', object, details });
    return made;
  });
  return { plan, bytes: exportBytes(ctx, plan) };
}

/** The proof of one entry, as a file, and the keys that verify it. */
export type ProvenByHand = { readonly text: string; readonly vkeys: readonly string[] };

/** Throws `not-found` for what is no entry of that organisation, and until it is under a signed head. */
export async function proveByHand(
  { ctx }: Pick<Senses, 'ctx'>,
  asked: { readonly organisation?: Id | undefined; readonly entry: Id; readonly openings: boolean },
): Promise<ProvenByHand> {
  const { organisation = instanceId, entry, openings } = asked;
  const text = await ctx.db.tenant(organisation, async (tx) => {
    const proof = await proofOf(tx, organisation, entry);
    if (!proof) throw problem('not-found', 'There is no such entry under a signed head. One is signed every minute.');
    const opening = openings ? await openingOf(ctx, tx, organisation, entry) : undefined;
    const details = { entry, openings };
    const object = `organisation:${organisation}` as const;
    await record(ctx, tx, { organisation, actor: 'command:audit', action: 'read.audit', object, details });
    return entryProofText(proof, opening);
  });
  return { text, vkeys: await logKeys(ctx) };
}
