import { createHash } from 'node:crypto';
import { sql, type Id, type Mistake, type Tx } from '#base';

/**
 * Takes that part of an address for an organisation: two that want the same at once come one after the other. Returns
 * the mistake when another one has it.
 */
export async function claimSlug(tx: Tx, organisation: Id, slug: string): Promise<readonly Mistake[]> {
  const lock = createHash('sha256').update(`trust page ${slug}`).digest().readBigInt64BE(0);
  await tx.run(sql`select pg_advisory_xact_lock(${lock.toString()}::bigint)`);
  const owner = await organisationAt(tx, slug);
  return owner === undefined || owner === organisation ? [] : [{ at: '/slug', fix: 'is taken: choose another one' }];
}

/** Whose page lies at `/trust/of/<slug>`, published or not. */
export async function organisationAt(tx: Tx, slug: string): Promise<Id | undefined> {
  const row = await tx.maybe<{ organisation_id: Id }>(sql`select organisation_id from sec.trust_page(${slug})`);
  return row?.organisation_id;
}
