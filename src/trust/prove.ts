import { errorWords, iso, sql, type Clock, type Item, type Tx } from '#base';
import type { Claim, Counterexample, Finding, Process, Proven, Reach, Status, Verdict } from './claim.ts';
import { budgetMs, reachOf, rolledBack, type Means } from './means.ts';

/**
 * Proves one claim: first its counterexample must turn the probe red and is undone, then the probe looks for real.
 * A probe that cannot fail is itself a failure; a probe that cannot look proves nothing. Never throws.
 * `seenRedAt`: when a structural counterexample was last caught on this installation, for means that hold no
 * owner's rights to repeat it.
 */
export async function prove({ id, item }: Item<Claim>, means: Means, seenRedAt?: number): Promise<Verdict> {
  const at = means.clock.now();
  const { status, checked = 0, why, canFail = false } = await outcomeOf(item, means, seenRedAt);
  return { claim: id, status, checked, why, canFail, at, tookMs: means.clock.now() - at };
}

type Outcome = { readonly status: Status; readonly checked?: number; readonly why: string; readonly canFail?: boolean };

/** The status of a claim that no probe decides; undefined for the others. */
export function standing(claim: Claim, now: number): Outcome | undefined {
  if (claim.kind === 'declined') return { status: 'not-claimed', why: claim.why.en };
  if (claim.kind === 'roadmap') return { status: 'roadmap', why: 'Known, and not built yet.' };
  if (claim.kind !== 'attested') return undefined;
  return iso(now).slice(0, 10) <= claim.until
    ? { status: 'attested', why: `${claim.document} by ${claim.by}, in date until ${claim.until}.` }
    : { status: 'attestation-expired', why: `${claim.document} by ${claim.by} was in date until ${claim.until}.` };
}

async function outcomeOf(claim: Claim, means: Means, seenRedAt: number | undefined): Promise<Outcome> {
  if (claim.kind === 'proven') return proveControl(claim, means, seenRedAt);
  if (claim.kind === 'process') return followProcess(claim, means);
  return standing(claim, means.clock.now()) ?? { status: 'unknown', why: 'No way to judge this claim.' };
}

async function proveControl(claim: Proven, means: Means, seenRedAt: number | undefined): Promise<Outcome> {
  const canRepeat = claim.counterexample.kind !== 'structure' || means.structure !== undefined;
  if (canRepeat) {
    const broken = await attempt(() => lookAtBrokenWorld(claim, means));
    if ('error' in broken)
      return { status: 'unknown', why: `The counterexample could not be tried: ${words(broken.error)}.` };
    if (broken.faults.length === 0) {
      return { status: 'failing', why: 'This check does not work: it did not notice its own counterexample.' };
    }
  }
  const found = await attempt(() => lookForReal(claim.probe, means));
  if ('error' in found)
    return { status: 'unknown', why: `The check could not look: ${words(found.error)}.`, canFail: canRepeat };
  return judge(found, canRepeat, canRepeat || seenRedAt !== undefined);
}

function judge(found: Finding, canFail: boolean, wasSeenRed: boolean): Outcome {
  const { checked, faults, blind, idle = 'There was nothing to check yet.' } = found;
  if (faults.length > 0) return { status: 'failing', checked, why: describeFaults(found), canFail };
  if (!wasSeenRed) {
    return {
      status: 'unknown',
      checked,
      why: 'Nothing broken was found, but this check was never seen failing on this installation.',
    };
  }
  if (blind !== undefined) return { status: 'unknown', checked, why: blind, canFail };
  if (checked === 0) return { status: 'not-exercised', why: idle, canFail };
  return { status: 'proven', checked, why: 'Nothing broken was found.', canFail };
}

async function followProcess(claim: Process, means: Means): Promise<Outcome> {
  const found = await attempt(() => lookForReal(claim.probe, means));
  if ('error' in found) return { status: 'unknown', why: `The check could not look: ${words(found.error)}.` };
  if (found.faults.length > 0) return { status: 'overdue', checked: found.checked, why: describeFaults(found) };
  return { status: 'in-force', checked: found.checked, why: 'Every deadline was kept.' };
}

function lookForReal(probe: Proven['probe'], means: Means): Promise<Finding> {
  return rolledBack(means.prove, async (tx) => {
    await readOnly(tx);
    return inTime(means.clock, () => probe(reachOf(means, tx)));
  });
}

function lookAtBrokenWorld({ counterexample, probe }: Proven, means: Means): Promise<Finding> {
  const db = counterexample.kind === 'structure' && means.structure ? means.structure : means.prove;
  return rolledBack(db, async (tx) => {
    const reach = reachOf(means, tx);
    await breakWorld(counterexample, reach);
    await readOnly(tx);
    const broken = counterexample.kind === 'senses' ? counterexample.broken(reach) : reach;
    return inTime(means.clock, () => probe(broken));
  });
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

/**
 * The finding, or an error once the budget is over. It stands within the transaction of a look: a probe that never
 * answers is left behind, and takes no connection with it.
 */
async function inTime(clock: Clock, probe: () => Promise<Finding>): Promise<Finding> {
  const late = Promise.withResolvers<never>();
  const tooLong = Object.assign(new Error('a look took too long'), { code: 'took-too-long' });
  const cancel = clock.after(budgetMs, () => late.reject(tooLong));
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
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ').slice(0, 1_000);
}
