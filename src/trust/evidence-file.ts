import { problem, sql, type Ctx, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openingOf, proofOf } from '#safeguards/log';
import { proofText } from '#tlog';
import type { RecordedLook } from './look.ts';

/**
 * What shows a stranger offline that a look was found so and not written later: the look, the entry of the audit log that
 * commits to it with what opens the commitment, and the proof that the entry stands in the log of the installation and
 * that log's head in the tree of all heads. `verifyEvidence` and `./sotto verify evidence` check it with the keys of the
 * installation alone; proofs are written as https://c2sp.org/tlog-proof has them.
 */
export type EvidenceFile = {
  readonly is: 'sotto-claim-evidence';
  readonly v: 1;
  readonly claim: string;
  readonly look: RecordedLook;
  /** The exact bytes of the entry, which are the leaf. */
  readonly leaf: string;
  /** SHA-256( salt ‖ canonical JSON of the details ) is the commitment in the leaf. Salt in hex. */
  readonly salt: string;
  readonly details: { readonly looks: readonly RecordedLook[] };
  /** Into the log of the installation. */
  readonly proof: string;
  /** The head that this leads to, as it stands in the tree of heads, and the proof of that. */
  readonly head: string;
  readonly global: string;
};

/** So many looks back one is searched that stands under a signed head: the newest may be of this very minute. */
const mostBack = 20;

/**
 * The newest look at the claim that can be proven, or the one of the instant `at`, ISO 8601, that the history tells. Throws
 * `not-found` when there is none: nothing decides the claim by looking, it was never looked at (then), or the look stands
 * under no signed head yet, which takes two minutes at most.
 */
export function evidenceFile(ctx: Pick<Ctx, 'db' | 'keys'>, claim: string, at?: string): Promise<EvidenceFile> {
  const then = at === undefined ? sql`true` : sql`extract(epoch from at) * 1000 = ${Date.parse(at)}::float8`;
  return ctx.db.tenant(instanceId, async (tx) => {
    const looks = await tx.rows<{ id: Id; entry_id: Id }>(sql`
      select id, entry_id from app.evidence
      where organisation_id = ${instanceId} and claim = ${claim} and entry_id is not null and ${then}
      order by at desc, id desc limit ${mostBack}`);
    for (const look of looks) {
      const file = await fileOf(ctx, tx, { claim, ...look });
      if (file) return file;
    }
    throw problem('not-found', 'No look at this promise stands under a signed head yet; ask again in two minutes.');
  });
}

type Place = { readonly claim: string; readonly id: Id; readonly entry_id: Id };

async function fileOf(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  { claim, id, entry_id: entry }: Place,
): Promise<EvidenceFile | undefined> {
  const proof = await proofOf(tx, instanceId, entry);
  if (!proof?.global) return undefined;
  const opening = await openingOf(ctx, tx, instanceId, entry);
  const details = opening && looksIn(opening.details);
  const look = details?.looks.find((one) => one.id === id);
  if (!opening || !details || !look) return undefined;
  return {
    is: 'sotto-claim-evidence',
    v: 1,
    claim,
    look,
    leaf: proof.leaf.toString('utf8'),
    salt: opening.salt,
    details,
    proof: proofText(proof),
    head: proof.global.leaf.toString('utf8'),
    global: proofText(proof.global),
  };
}

/** What an entry of `leafLooks` commits to; undefined of any other. Whoever checks the file does not rely on it. */
function looksIn(details: { readonly [name: string]: unknown }): EvidenceFile['details'] | undefined {
  return Array.isArray(details['looks']) ? (details as EvidenceFile['details']) : undefined;
}
