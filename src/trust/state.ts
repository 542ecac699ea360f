import { iso, type Ctx, type Item } from '#base';
import { statuses, type Claim, type Group, type Sentence, type Status } from './claim.ts';
import { latestEvidence, type Evidence } from './evidence.ts';
import { promiseIds, type PromiseId } from './promises.ts';
import { loadClaims } from './prove-all.ts';
import { standing } from './prove.ts';
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
  readonly tookMs: number | null;
};

/** Computes the state from the claims and their latest evidence. Nothing in it can be typed by hand. */
export async function trustState(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<TrustState> {
  const evidence = new Map((await latestEvidence(ctx)).map((one) => [one.claim, one]));
  const claims = await loadClaims();
  const now = ctx.clock.now();
  const states = claims.map((claim) => stateOf(claim, evidence.get(claim.id), now));
  const claimed = new Set(
    claims
      .filter(({ item }) => item.kind !== 'roadmap' && item.kind !== 'declined')
      .flatMap(({ item }) => item.fulfils),
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
export function stateOf({ id, item }: Item<Claim>, evidence: Evidence | undefined, now: number): ClaimState {
  const every = cadence(item);
  const { status, why } = standing(item, now) ?? weigh(evidence, every ?? 0, now);
  const { fulfils, say, group, kind } = item;
  const seen = seenIn(every === undefined ? undefined : evidence, status);
  return { id, fulfils, say, group, kind, ...explained(item), status, why, ...seen, every: every ?? null };
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
  const how = claim.kind === 'process' ? claim.how : claim.kind === 'declined' ? claim.why : null;
  return { how, yourself: null, kept: [] };
}

/** Old evidence proves nothing any more; but a failure does not fade by not being looked at. */
function weigh(evidence: Evidence | undefined, every: number, now: number): { status: Status; why: string } {
  if (!evidence) return { status: 'unknown', why: 'Not looked at yet.' };
  const { status, why } = evidence;
  const isStale = now - evidence.at > 2 * every;
  if (!isStale || status === 'failing' || status === 'overdue') return { status, why };
  return { status: 'unknown', why: 'The last look is older than two intervals, so it counts no more.' };
}
