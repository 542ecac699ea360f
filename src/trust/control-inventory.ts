import type { Ctx } from '#base';
import type { Group, Sentence, Status } from './claim.ts';
import { controlTitles } from './control-titles.ts';
import { frameworkStates, type FrameworkState } from './framework-state.ts';
import type { Text } from './framework.ts';
import { promiseIds, type PromiseId } from './promises.ts';
import type { ClaimState } from './state.ts';

/**
 * One control of the product: a promise of the catalogue that it keeps, the claims that show it, and the requirements of
 * frameworks that rest on it. Made from the claims and the frameworks; there is no list of controls besides.
 */
export type ControlState = {
  readonly id: PromiseId;
  readonly title: Sentence;
  /** Where the first of its claims stands on the pages. */
  readonly group: Group;
  /** The worst of its claims. */
  readonly status: Status;
  readonly claims: readonly ControlClaim[];
  readonly frameworks: readonly { readonly id: string; readonly name: Text; readonly lines: readonly string[] }[];
};

export type ControlClaim = {
  readonly id: string;
  readonly say: Sentence;
  readonly status: Status;
  /** The latest look: when, and how many things it looked at. ISO 8601, UTC. */
  readonly at: string | null;
  readonly since: string | null;
  readonly checked: number;
  readonly why: string;
  /** Milliseconds between two looks; null for what no probe decides. */
  readonly every: number | null;
  /** Code and migrations that keep it. */
  readonly kept: readonly string[];
};

export type Inventory = { readonly at: string; readonly controls: readonly ControlState[] };

/** Every control, in the order of the promise catalogue, computed from the evidence of this moment. */
export async function controlInventory(ctx: Pick<Ctx, 'db' | 'clock' | 'keys'>): Promise<Inventory> {
  const { at, trust, frameworks } = await frameworkStates(ctx);
  return { at, controls: controlsFrom(trust.claims, frameworks) };
}

/** The controls behind these claims. What is declined is no control. */
export function controlsFrom(
  claims: readonly ClaimState[],
  frameworks: readonly FrameworkState[],
): readonly ControlState[] {
  const controls = claims.filter(({ kind }) => kind !== 'declined');
  return promiseIds.flatMap((id) => {
    // What keeps it first of all stands before what keeps it besides.
    const own = controls
      .filter(({ fulfils }) => fulfils.includes(id))
      .toSorted((a, b) => a.fulfils.indexOf(id) - b.fulfils.indexOf(id));
    const [first] = own;
    return first ? [controlOf({ id, title: controlTitles[id], group: first.group }, own, frameworks)] : [];
  });
}

function controlOf(
  of: Pick<ControlState, 'id' | 'title' | 'group'>,
  claims: readonly ClaimState[],
  frameworks: readonly FrameworkState[],
): ControlState {
  return {
    ...of,
    status: worstOf(claims.map(({ status }) => status)),
    claims: claims.map(({ id: claim, say, status, at, since, checked, why, every, kept }) => ({
      id: claim,
      say,
      status,
      at,
      since,
      checked,
      why,
      every,
      kept,
    })),
    frameworks: frameworks.flatMap((framework) => restingOn(framework, claims)),
  };
}

function restingOn({ id, name, lines }: FrameworkState, claims: readonly ClaimState[]): ControlState['frameworks'] {
  const ids = new Set(claims.map((claim) => claim.id));
  const resting = lines.filter((line) => line.claims.some((claim) => ids.has(claim.id)));
  return resting.length === 0 ? [] : [{ id, name, lines: resting.map((line) => line.id) }];
}

/** From worst to best. */
const order: readonly Status[] = [
  'failing',
  'overdue',
  'attestation-expired',
  'unknown',
  'roadmap',
  'not-claimed',
  'not-exercised',
  'attested',
  'in-force',
  'proven',
];

function worstOf(found: readonly Status[]): Status {
  return order.find((status) => found.includes(status)) ?? 'unknown';
}
