import { createHash } from 'node:crypto';
import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { processorStates, type ProcessorErasure } from '#safeguards/processors';
import { noteSigner, signNote, type NoteSigner } from '#tlog';
import { subjectMethod } from './ask.ts';
import type { EraseCtx, ErasureRef, LockedErasure } from './erasure.ts';
import { keptOf, residueOf, storesOf, timesOf, type Kept, type StoreCount, type Times } from './certificate-parts.ts';

/** The first line of every certificate: what it is, and how the rest is to be read. */
export const headline = 'Sotto deletion certificate, version 1';

/**
 * What a certificate says, in this order. Nothing in it is personal: ids, counts, times and fixed words. This type is the
 * format of version 1; docs/guides/deleting.md explains it to whoever gets one.
 */
export type CertificateText = {
  /** `interim`: nothing is left here, and processors have not all answered; a final one takes its place. */
  readonly state: 'interim' | 'final';
  readonly issuedAt: string;
  readonly installation: Id;
  readonly request: {
    readonly id: Id;
    readonly organisation: Id;
    readonly scope: 'call' | 'person' | 'organisation';
    readonly call: Id | null;
    readonly askedAt: string;
    /** Which kind of actor asked: person, api-key, command, system. */
    readonly askedBy: string;
  };
  readonly subject: { readonly hash: string; readonly method: string };
  readonly times: Times;
  readonly stores: readonly StoreCount[];
  readonly keys: {
    readonly method: string;
    readonly openBefore: number;
    readonly openAfter: number;
    /** How many were destroyed; of an organisation, too many to name each. */
    readonly count: number;
    readonly destroyed: readonly string[];
  };
  readonly processors: readonly {
    readonly processor: string;
    readonly item: string;
    readonly call: Id;
    readonly state: string;
    readonly askedAt: string | null;
    readonly answeredAt: string | null;
    readonly answer: number | null;
    readonly settledAt: string | null;
    readonly stays: readonly { readonly what: string; readonly until: string | null }[];
  }[];
  readonly kept: readonly Kept[];
  readonly residue: readonly string[];
  /** The entry of the audit log, and its leaf hash as RFC 6962 §2.1 makes it. */
  readonly audit: { readonly entry: Id; readonly leafHash: string };
};

/** Of processors so many answers are told at most: see `processorStates`. */
const mostAnswers = 10_000;
const unlisted = `answers of processors beyond the first ${mostAnswers} are not listed here`;

/** A certificate as it can be handed out. */
export type Certificate = { readonly state: 'interim' | 'final'; readonly note: string };

/** Signs certificates. The key is derived from the root key and so is the same on every node, before and after a restart. */
export function certificateSigner({ keys }: Pick<Ctx, 'keys'>): NoteSigner {
  return noteSigner(`sotto/${keys.id}/deletions`, keys.derive('deletion-certificates'));
}

/** The newest certificate of an erasure; undefined when there is none yet, or no such erasure. */
export async function certificateOf(tx: Tx, { organisation, id }: ErasureRef): Promise<Certificate | undefined> {
  const row = await tx.maybe<{ certificate: string; state: string }>(sql`
    select certificate, state from app.erasures
    where organisation_id = ${organisation} and id = ${id} and certificate is not null`);
  return row && { state: row.state === 'done' ? 'final' : 'interim', note: row.certificate };
}

/** Writes and signs what can be said of an erasure that is over here. */
export async function writeCertificate(
  ctx: EraseCtx,
  tx: Tx,
  erasure: LockedErasure,
  state: Certificate['state'],
): Promise<string> {
  const { organisation, id, scope, call, found, entry } = erasure;
  if (erasure.erasedAt === null || entry === null) throw new Error('an erasure that is under way has no certificate');
  const answers = await processorStates(tx, { organisation, erasure: id });
  const { leaf } = await tx.one<{ leaf: Buffer }>(sql`
    select leaf from app.audit_entries where organisation_id = ${organisation} and id = ${entry}`);
  const shared = found.shared ?? [];
  const destroyed = (found.keys ?? []).filter((key) => !shared.includes(key));
  const text: CertificateText = {
    state,
    issuedAt: iso(ctx.clock.now()),
    installation: ctx.keys.id,
    request: { id, organisation, scope, call, askedAt: iso(erasure.askedAt), askedBy: erasure.askedBy.split(':')[0]! },
    subject: { hash: erasure.subjectHash.toString('hex'), method: subjectMethod },
    times: timesOf(ctx, erasure),
    stores: storesOf(found),
    keys: {
      method: `${scope === 'organisation' ? 'all keys of the organisation' : 'content keys'} are overwritten in the keystore; what they sealed cannot be opened in any copy`,
      openBefore: found.openKeys ?? 0,
      openAfter: shared.length,
      count: scope === 'organisation' ? (found.openKeys ?? 0) : destroyed.length,
      destroyed,
    },
    processors: answers.map(answerOf),
    kept: keptOf(erasure),
    residue: [...residueOf(erasure, state), ...(answers.length < mostAnswers ? [] : [unlisted])],
    audit: { entry, leafHash: leafHash(leaf) },
  };
  return signNote(`${headline}\n${JSON.stringify(text, null, 2)}\n`, [certificateSigner(ctx)]);
}

function answerOf(one: ProcessorErasure): CertificateText['processors'][number] {
  const time = (ms: number | null) => (ms === null ? null : iso(ms));
  return {
    processor: one.company,
    item: one.item,
    call: one.call,
    state: one.state,
    askedAt: time(one.askedAt),
    answeredAt: time(one.answeredAt),
    answer: one.answer,
    settledAt: time(one.settledAt),
    stays: one.stays.map(({ say, until }) => ({ what: say.en, until: time(until) })),
  };
}

function leafHash(leaf: Buffer): string {
  return createHash('sha256').update(Buffer.of(0)).update(leaf).digest('hex');
}
