import { errorWords, sql, type Clock, type Item, type Tx } from '#base';
import { doubtWords } from '#safeguards/vault';
import type { Claim, Counterexample, Finding, Process, Proven, Reach, Status, Verdict } from './claim.ts';
import { isInDate, type TrustDocument } from './attestations/documents.ts';
import type { Noticed } from './evidence.ts';
import { budgetOf, reachOf, rolledBack, type Means } from './means.ts';
import { remarks } from './remarks.ts';

/** What was known before the look. */
export type Known = {
  /** What came of the last try of a structural counterexample, for means that hold no owner's rights to repeat it. */
  readonly lastTry?: Noticed | undefined;
  /** The documents that lie here. */
  readonly documents?: readonly TrustDocument[];
};

/**
 * Proves one claim: first its counterexample must turn the probe red and is undone, then the probe looks for real.
 * A probe that cannot fail is itself a failure; a probe that cannot look proves nothing; what it finds is found although
 * its counterexample could not be tried. Never throws.
 */
export async function prove({ id, item }: Item<Claim>, means: Means, known: Known = {}): Promise<Verdict> {
  const at = means.clock.now();
  const { status, checked = 0, why, canFail = false } = await outcomeOf(item, means, known);
  return { claim: id, status, checked, why, canFail, at, tookMs: means.clock.now() - at };
}

type Outcome = { readonly status: Status; readonly checked?: number; readonly why: string; readonly canFail?: boolean };

/** The status of a claim that no probe decides; undefined for the others. */
export function standing(claim: Claim, now: number, documents: readonly TrustDocument[]): Outcome | undefined {
  if (claim.kind === 'declined') return { status: 'not-claimed', why: claim.why.en };
  if (claim.kind === 'roadmap') return { status: 'roadmap', why: claim.missing?.en ?? 'Known, and not built yet.' };
  if (claim.kind !== 'attested') return undefined;
  const all = documents.filter(({ kind }) => kind === claim.document);
  const current = all.filter((one) => isInDate(one, now));
  const last = current[0] ?? all[0];
  if (!last) return { status: 'not-claimed', why: claim.otherwise.en };
  const { title, issuer, untilOn } = last;
  return current.length > 0
    ? { status: 'attested', checked: current.length, why: `${title} by ${issuer}, in date until ${untilOn}.` }
    : { status: 'attestation-expired', why: `${title} by ${issuer} is not in date: it ran until ${untilOn}.` };
}

async function outcomeOf(claim: Claim, means: Means, { lastTry, documents = [] }: Known): Promise<Outcome> {
  if (claim.kind === 'proven') return proveControl(claim, means, lastTry);
  if (claim.kind === 'process') return followProcess(claim, means);
  return standing(claim, means.clock.now(), documents) ?? { status: 'unknown', why: 'No way to judge this claim.' };
}

async function proveControl(claim: Proven, means: Means, lastTry: Noticed | undefined): Promise<Outcome> {
  const canRepeat = claim.counterexample.kind !== 'structure' || means.structure !== undefined;
  const blind = canRepeat ? await blindness(claim, means) : lastTry === 'missed' && doesNotWork;
  if (blind) return blind;
  const found = await attempt(() => lookForReal(claim, means));
  if ('error' in found) return { ...couldNotLook(found), canFail: canRepeat };
  const waits = await waitingForTime(found, means);
  if (waits !== undefined) return { status: 'unknown', checked: found.checked, why: waits, canFail: canRepeat };
  return judge(found, canRepeat, canRepeat || lastTry !== undefined);
}

/** Why what has not ended by its age is no breach: nothing ends while the clock is doubted. Undefined when it is one. */
async function waitingForTime(found: Finding, { keystore }: Means): Promise<string | undefined> {
  const { faults } = found;
  if (faults.length === 0 || !faults.every(({ byAge }) => byAge)) return undefined;
  const doubt = await keystore.time.doubt();
  return doubt && `${doubtWords(doubt)} Until then: ${describeFaults(found)}`;
}

/** What to say of a check that does not notice its own counterexample, or could not try it; undefined when it does. */
async function blindness(claim: Breakable, means: Means): Promise<Outcome | undefined> {
  const broken = await attempt(() => lookAtBrokenWorld(claim, means));
  if ('error' in broken) {
    const blind: Outcome = { status: 'unknown', why: `The counterexample could not be tried: ${words(broken.error)}.` };
    // A probe that did not come to its end in time would not the second time either.
    return errorWords(broken.error).code === tooLong ? blind : faultsInstead(blind, claim, means);
  }
  if (broken.faults.length > 0) return undefined;
  return doesNotWork;
}

/** It stays so until the check has noticed its counterexample: finding nothing says nothing of it. */
const doesNotWork: Outcome = { status: 'failing', why: remarks['check-does-not-work'].en };

/**
 * The faults that a look finds although its counterexample could not be tried: a control that is gone cannot be broken
 * any more, and that is no reason to say less of it. Without faults it stays unknown.
 */
async function faultsInstead(blind: Outcome, claim: Breakable, means: Means): Promise<Outcome> {
  const found = await attempt(() => lookForReal(claim, means));
  if ('error' in found || found.faults.length === 0) return blind;
  const status = claim.kind === 'process' ? 'overdue' : 'failing';
  return { status, checked: found.checked, why: describeFaults(found), canFail: false };
}

function couldNotLook({ error }: Failed): Outcome {
  return { status: 'unknown', why: `The check could not look: ${words(error)}.` };
}

function judge(found: Finding, canFail: boolean, wasSeenRed: boolean): Outcome {
  const { checked, faults, blind, idle = 'nothing-yet' } = found;
  if (faults.length > 0) return { status: 'failing', checked, why: describeFaults(found), canFail };
  if (!wasSeenRed) {
    return {
      status: 'unknown',
      checked,
      why: remarks['never-seen-failing'].en,
    };
  }
  if (blind !== undefined) return { status: 'unknown', checked, why: blind, canFail };
  if (checked === 0) return { status: 'not-exercised', why: remarks[idle].en, canFail };
  return { status: 'proven', checked, why: remarks['nothing-broken'].en, canFail };
}

async function followProcess(claim: Process, means: Means): Promise<Outcome> {
  const { counterexample } = claim;
  const blind = counterexample && (await blindness({ ...claim, counterexample }, means));
  if (blind) return blind;
  const canFail = counterexample !== undefined;
  const found = await attempt(() => lookForReal(claim, means));
  if ('error' in found) return { ...couldNotLook(found), canFail };
  const { checked, faults, blind: unseen, idle = 'no-clock' } = found;
  if (faults.length > 0) return { status: 'overdue', checked, why: describeFaults(found), canFail };
  if (unseen !== undefined) return { status: 'unknown', checked, why: unseen, canFail };
  if (checked === 0) return { status: 'not-exercised', why: remarks[idle].en, canFail };
  return { status: 'in-force', checked, why: remarks['deadlines-kept'].en, canFail };
}

/** A claim that can be seen red. */
type Breakable = Pick<Proven, 'probe' | 'counterexample' | 'budget'> & { readonly kind: 'proven' | 'process' };

function lookForReal(claim: Pick<Proven, 'probe' | 'budget'>, means: Means): Promise<Finding> {
  const budgetMs = budgetOf(claim);
  return rolledBack(
    means.prove,
    async (tx) => {
      await readOnly(tx);
      return inTime(means.clock, budgetMs, () => claim.probe(reachOf(means, tx, budgetMs)));
    },
    budgetMs,
  );
}

function lookAtBrokenWorld(claim: Breakable, means: Means): Promise<Finding> {
  const { counterexample, probe } = claim;
  const budgetMs = budgetOf(claim);
  const db = counterexample.kind === 'structure' && means.structure ? means.structure : means.prove;
  return rolledBack(
    db,
    async (tx) => {
      const reach = reachOf(means, tx, budgetMs);
      await breakWorld(counterexample, reach);
      await readOnly(tx);
      const broken = counterexample.kind === 'senses' ? counterexample.broken(reach) : reach;
      return inTime(means.clock, budgetMs, () => probe(broken));
    },
    budgetMs,
  );
}

async function breakWorld(counterexample: Counterexample, reach: Reach): Promise<void> {
  if (counterexample.kind === 'rows') await counterexample.plant(reach.look, reach);
  if (counterexample.kind === 'structure') await counterexample.change(reach.look);
}

/** From here on the transaction writes nothing; PostgreSQL lets it be tightened at any time, never loosened. */
async function readOnly(tx: Tx): Promise<void> {
  await tx.run(sql`set transaction read only`);
}

type Failed = { readonly error: unknown };

/** The finding, or why there is none. */
function attempt(work: () => Promise<Finding>): Promise<Finding | Failed> {
  return work().catch((error: unknown): Failed => ({ error }));
}

const tooLong = 'took-too-long';

/**
 * The finding, or an error once the budget is over. It stands within the transaction of a look: a probe that never
 * answers is left behind, and takes no connection with it.
 */
async function inTime(clock: Clock, budgetMs: number, probe: () => Promise<Finding>): Promise<Finding> {
  const late = Promise.withResolvers<never>();
  const overdue = Object.assign(new Error('a look took too long'), { code: tooLong });
  const cancel = clock.after(budgetMs, () => late.reject(overdue));
  const done = probe();
  done.catch(() => {});
  try {
    return await Promise.race([done, late.promise]);
  } finally {
    cancel();
  }
}

/** An error as fixed words; its message may hold data and is never shown. */
function words(error: unknown): string {
  const { kind, code, where } = errorWords(error);
  return [code === 'none' ? kind : code, where === 'unknown' ? '' : `in ${where}`].filter(Boolean).join(' ');
}

const shownFaults = 5;

function describeFaults({ faults }: Finding): string {
  const shown = faults.slice(0, shownFaults).map(({ what, where }) => `${what} (${where})`);
  const rest = faults.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
