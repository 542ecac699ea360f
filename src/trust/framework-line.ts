import type { Status } from './claim.ts';
import type { DutyId } from './duties.ts';
import type { Answer, Confidence, Control, Framework, IsoDate, Text } from './framework.ts';
import type { PromiseId } from './promises.ts';
import type { ReasonId } from './reasons.ts';

/**
 * What stands behind one line right now. `holds`: every claim it points at is kept at this moment. `failing`: one is
 * not. `unseen`: none is broken, and of one there is no fresh answer. `people`: only people can do it. `open`: nothing
 * answers it, or what would is not built.
 */
export const lineStates = ['failing', 'open', 'unseen', 'holds', 'people', 'not-applicable'] as const;
export type LineState = (typeof lineStates)[number];

/** One requirement with its answer, as the page shows it. */
export type Line = {
  readonly id: string;
  readonly say: Text;
  readonly confidence: Confidence;
  /** First day it binds anybody, and whether that has come. */
  readonly from: IsoDate | null;
  readonly binds: boolean;
  readonly answer: Answer['kind'];
  readonly state: LineState;
  /** The claims it points at, each with its status of this moment. */
  readonly claims: readonly { readonly id: string; readonly status: Status }[];
  /** What it leaves to people, and why it does not apply: ids of the texts in duties.ts and reasons.ts. */
  readonly duty: DutyId | null;
  readonly reason: ReasonId | null;
  /** The promise whose keeping would answer it. */
  readonly promise: PromiseId | null;
};

export type StatusOf = (claim: string) => Status;

/** A line as it stands on that day, `2026-11-22`, given where the claims stand. */
export function lineOf(control: Control, framework: Framework, { today, statusOf, keeping }: Seen): Line {
  const { id, say } = control;
  const answer = answeredBy(control.answer, keeping);
  const from = control.from ?? framework.from ?? null;
  const claims = answer.kind === 'claims' ? answer.claims.map((claim) => ({ id: claim, status: statusOf(claim) })) : [];
  return {
    id,
    say,
    confidence: control.confidence ?? framework.source.confidence,
    from,
    binds: from === null || from <= today,
    answer: answer.kind,
    state: stateOf(answer, claims),
    claims,
    duty: ('duty' in answer ? answer.duty : undefined) ?? null,
    reason: answer.kind === 'not-applicable' ? answer.reason : null,
    promise: answer.kind === 'open' ? (answer.promise ?? null) : null,
  };
}

export type Seen = {
  readonly today: string;
  readonly statusOf: StatusOf;
  /** Claims that keep a promise by now; none while it is not built. */
  readonly keeping: (promise: PromiseId) => readonly string[];
};

/** What was open until a promise is kept is answered, once there are claims for it, by those. */
function answeredBy(answer: Answer, keeping: Seen['keeping']): Answer {
  if (answer.kind !== 'open' || answer.promise === undefined) return answer;
  const [first, ...rest] = keeping(answer.promise);
  if (first === undefined) return answer;
  return { kind: 'claims', claims: [first, ...rest], ...(answer.duty && { duty: answer.duty }) };
}

const kept: readonly Status[] = ['proven', 'in-force', 'attested'];
const broken: readonly Status[] = ['failing', 'overdue', 'attestation-expired'];
const absent: readonly Status[] = ['roadmap', 'not-claimed'];

function stateOf(answer: Answer, claims: Line['claims']): LineState {
  if (answer.kind === 'operator') return 'people';
  if (answer.kind !== 'claims') return answer.kind;
  const statuses = claims.map(({ status }) => status);
  if (statuses.some((status) => broken.includes(status))) return 'failing';
  if (statuses.some((status) => absent.includes(status))) return 'open';
  return statuses.every((status) => kept.includes(status)) ? 'holds' : 'unseen';
}
