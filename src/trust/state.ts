import { iso, type Ctx, type Item } from '#base';
import { statuses, type Claim, type Group, type Sentence, type Status } from './claim.ts';
import { listDocuments, type TrustDocument } from './attestations/documents.ts';
import { latestEvidence, type Evidence } from './evidence.ts';
import { budgetOf } from './means.ts';
import { promiseIds, type PromiseId } from './promises.ts';
import { loadClaims } from './prove-all.ts';
import { standing } from './prove.ts';
import { remarks } from './remarks.ts';
import { cadence } from './schedule.ts';

/** Where every claim stands: what the page, `/trust.json` and `sotto prove --json` show. Times are ISO 8601, UTC. */
export type TrustState = {
  readonly at: string;
  readonly summary: { readonly [S in Status]: number };
  /** Rows of the promise catalogue, and how many of them have a claim here. The rest is claimed nowhere. */
  readonly promises: { readonly known: number; readonly claimed: number };
  readonly claims: readonly ClaimState[];
};

export type ClaimState = {
  readonly id: string;
  readonly fulfils: readonly PromiseId[];
  readonly say: Sentence;
  readonly group: Group;
  readonly kind: Claim['kind'];
  /** How it is kept and checked, or why it is not claimed; null where there is nothing to tell. */
  readonly how: Sentence | null;
  /** How to see it without trusting us. */
  readonly yourself: Sentence | null;
  /** Names of the code that keeps it, and migrations. */
  readonly kept: readonly string[];
  readonly status: Status;
  readonly checked: number;
  readonly why: string;
  /** Last look; null when there was none. */
  readonly at: string | null;
  /** Since when the status is what it is; null when that is not known. */
  readonly since: string | null;
  /** Whether the check was seen failing on its counterexample on this installation, and when last. */
  readonly canFail: boolean;
  readonly seenFailingAt: string | null;
  /** Milliseconds between two looks; null for what no probe decides. */
  readonly every: number | null;
  /** Milliseconds one look may take, and what the last one took. */
  readonly budgetMs: number | null;
  readonly tookMs: number | null;
  /** Whether the next look should have come by now, or the last one took longer than it may. */
  readonly late: boolean;
};

/** Computes the state from the claims and their latest evidence. Nothing in it can be typed by hand. */
export async function trustState(ctx: Pick<Ctx, 'db' | 'clock' | 'keys'>): Promise<TrustState> {
  const evidence = new Map((await latestEvidence(ctx)).map((one) => [one.claim, one]));
  const claims = await loadClaims();
  const documents = await listDocuments(ctx);
  const now = ctx.clock.now();
  const states = claims.map((claim) => stateOf(claim, evidence.get(claim.id), { now, documents }));
  const claimed = new Set(
    states.filter(({ status }) => status !== 'roadmap' && status !== 'not-claimed').flatMap(({ fulfils }) => fulfils),
  );
  return {
    at: iso(now),
    summary: Object.fromEntries(
      statuses.map((status) => [status, states.filter((state) => state.status === status).length]),
    ) as TrustState['summary'],
    promises: { known: promiseIds.length, claimed: claimed.size },
    claims: states,
  };
}

/** The state of one claim, given its latest evidence if there is any. */
export function stateOf(
  { id, item }: Item<Claim>,
  evidence: Evidence | undefined,
  { now, documents }: { readonly now: number; readonly documents: readonly TrustDocument[] },
): ClaimState {
  const every = cadence(item);
  const { status, why } = standing(item, now, documents) ?? weigh(evidence, every ?? 0, now);
  const { fulfils, group, kind } = item;
  const say = item.kind === 'attested' && status === 'not-claimed' ? item.otherwise : item.say;
  const looks = every === undefined ? undefined : evidence;
  const seen = { ...seenIn(looks, status), ...paceOf(item, looks, now) };
  return { id, fulfils, say, group, kind, ...explained(item), status, why, ...seen };
}

type Pace = Pick<ClaimState, 'every' | 'budgetMs' | 'late'>;

function paceOf(claim: Claim, evidence: Evidence | undefined, now: number): Pace {
  if (claim.kind !== 'proven' && claim.kind !== 'process') return { every: null, budgetMs: null, late: false };
  const { every } = claim;
  const budgetMs = budgetOf(claim);
  // The counterexample may take as long as the look itself.
  const late = evidence !== undefined && (now - evidence.at > every || evidence.tookMs > 2 * budgetMs);
  return { every, budgetMs, late };
}

type Seen = Pick<ClaimState, 'checked' | 'at' | 'since' | 'canFail' | 'seenFailingAt' | 'tookMs'>;

function seenIn(evidence: Evidence | undefined, status: Status): Seen {
  if (!evidence) return { checked: 0, at: null, since: null, canFail: false, seenFailingAt: null, tookMs: null };
  const { checked, at, since, seenRedAt, tookMs } = evidence;
  return {
    checked,
    at: iso(at),
    // What the evidence said may count no more; then nothing tells since when.
    since: evidence.status === status ? iso(since) : null,
    canFail: seenRedAt !== undefined,
    seenFailingAt: seenRedAt === undefined ? null : iso(seenRedAt),
    tookMs,
  };
}

function explained(claim: Claim): Pick<ClaimState, 'how' | 'yourself' | 'kept'> {
  if (claim.kind === 'proven') {
    const kept = claim.kept.map((keeper) => (typeof keeper === 'string' ? keeper : keeper.name));
    return { how: claim.how, yourself: claim.yourself, kept };
  }
  return { how: reasonOf(claim), yourself: null, kept: [] };
}

function reasonOf(claim: Exclude<Claim, { readonly kind: 'proven' }>): Sentence | null {
  if (claim.kind === 'process') return claim.how;
  if (claim.kind === 'declined') return claim.why;
  return claim.kind === 'roadmap' ? (claim.missing ?? null) : null;
}

/** Old evidence proves nothing any more; but a failure does not fade by not being looked at. */
function weigh(evidence: Evidence | undefined, every: number, now: number): { status: Status; why: string } {
  if (!evidence) return { status: 'unknown', why: remarks['not-looked-yet'].en };
  const { status, why } = evidence;
  const isStale = now - evidence.at > 2 * every;
  if (!isStale || status === 'failing' || status === 'overdue') return { status, why };
  return { status: 'unknown', why: remarks['too-old'].en };
}
