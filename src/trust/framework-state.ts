import { iso, problem, type Ctx, type Item } from '#base';
import { isInDate, listDocuments, type TrustDocument } from './attestations/documents.ts';
import { loadFrameworks, type Bound, type Confidence, type Framework, type IsoDate, type Text } from './framework.ts';
import { lineOf, lineStates, type Line, type LineState, type Seen } from './framework-line.ts';
import { trustState, type TrustState } from './state.ts';

/**
 * How far a framework is, from nothing to the word of somebody outside. Each follows from the lines, the claims they
 * point at and the documents in date; nobody types one.
 */
export const frameworkStatuses = ['not-claimed', 'roadmap', 'documented', 'in-force', 'audited'] as const;
export type FrameworkStatus = (typeof frameworkStatuses)[number];

/** A framework as the page shows it. Times and days are ISO 8601, UTC. */
export type FrameworkState = {
  readonly id: string;
  readonly name: Text;
  readonly edition: Text;
  readonly kind: Framework['kind'];
  readonly binds: readonly Bound[];
  readonly applies: Text;
  readonly source: { readonly say: Text; readonly confidence: Confidence };
  /** The last day on which a part of it begins to bind, and whether all of it does by now. */
  readonly from: IsoDate | null;
  readonly isBinding: boolean;
  readonly status: FrameworkStatus;
  /** The report of somebody outside that is in date; it alone makes `audited`. */
  readonly report: Backing | null;
  /** The operator's own dated word that the duties of people are done; without one it is never `in-force`. */
  readonly statement: Backing | null;
  readonly counts: { readonly [S in LineState]: number } & { readonly lines: number; readonly unverified: number };
  readonly lines: readonly Line[];
};

export type Backing = {
  readonly id: string;
  readonly title: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly untilOn: string;
};

/** All frameworks at `at`, and the claims that were read for them. */
export type FrameworkStates = { readonly at: string; readonly frameworks: readonly FrameworkState[] };

type StateCtx = Pick<Ctx, 'db' | 'clock' | 'keys'>;

/** Computes where every framework stands, from the claims and documents of this moment. */
export async function frameworkStates(ctx: StateCtx): Promise<FrameworkStates & { readonly trust: TrustState }> {
  const [frameworks, trust, documents] = await Promise.all([loadFrameworks(), trustState(ctx), listDocuments(ctx)]);
  const statuses = new Map(trust.claims.map(({ id, status }) => [id, status]));
  const now = ctx.clock.now();
  const built = trust.claims.filter(({ kind }) => kind !== 'roadmap' && kind !== 'declined');
  const seen: Seen = {
    today: iso(now).slice(0, 10),
    // A claim that is gone shows nothing.
    statusOf: (claim) => statuses.get(claim) ?? 'unknown',
    keeping: (promise) => built.filter(({ fulfils }) => fulfils.includes(promise)).map(({ id }) => id),
  };
  const states = frameworks.map((framework) => frameworkState(framework, seen, inDate(documents, now)));
  return { at: trust.at, trust, frameworks: states };
}

/** One of them; throws `not-found` when there is none of that id. */
export async function frameworkOf(
  ctx: StateCtx,
  id: string,
): Promise<{ readonly at: string; readonly framework: FrameworkState; readonly trust: TrustState }> {
  const { at, frameworks, trust } = await frameworkStates(ctx);
  const framework = frameworks.find((one) => one.id === id);
  if (!framework) throw problem('not-found', 'There is no such framework.');
  return { at, framework, trust };
}

function inDate(documents: readonly TrustDocument[], now: number): readonly TrustDocument[] {
  return documents.filter((document) => isInDate(document, now));
}

/** Where a framework stands, given where the claims stand, what day it is and which documents are in date. */
export function frameworkState(
  { id, item }: Item<Framework>,
  seen: Seen,
  documents: readonly TrustDocument[],
): FrameworkState {
  const { name, edition, kind, binds, applies, source } = item;
  const lines = item.controls.map((control) => lineOf(control, item, seen));
  const report = reportFor(item, documents);
  const statement = statementFor(id, documents);
  return {
    id,
    name,
    edition,
    kind,
    binds,
    applies,
    source,
    from: lastOf(lines),
    isBinding: lines.every((line) => line.binds),
    status: statusOf({ item, lines, report, statement }),
    report,
    statement,
    counts: countsOf(lines),
    lines,
  };
}

/** About the operator: what a provider was given says nothing of whoever uses it. */
function reportFor({ report }: Framework, documents: readonly TrustDocument[]): Backing | null {
  const found = report && documents.find(({ kind, about }) => kind === report && about === null);
  return found ? backingOf(found) : null;
}

function statementFor(id: string, documents: readonly TrustDocument[]): Backing | null {
  const found = documents.find(({ kind, about }) => kind === 'operator-statement' && about === id);
  return found ? backingOf(found) : null;
}

function backingOf({ id, title, issuer, issuedOn, untilOn }: TrustDocument): Backing {
  return { id, title, issuer, issuedOn, untilOn };
}

function lastOf(lines: readonly Line[]): IsoDate | null {
  return lines.reduce<IsoDate | null>((last, { from }) => (from && (!last || from > last) ? from : last), null);
}

type Weighed = Pick<FrameworkState, 'lines' | 'report' | 'statement'> & { readonly item: Framework };

function statusOf({ item, lines, report, statement }: Weighed): FrameworkStatus {
  if (report) return 'audited';
  // What only somebody outside can say is not said, however many lines have an answer.
  if (item.kind === 'report' || lines.every(({ answer }) => answer !== 'claims')) return 'not-claimed';
  if (lines.some(({ state }) => state === 'open')) return 'roadmap';
  return lines.every((line) => isSettled(line, statement !== null)) ? 'in-force' : 'documented';
}

/** Nothing is left of that line: it binds, what the program does for it holds, and what people do is vouched for. */
function isSettled({ state, binds, duty }: Line, isVouched: boolean): boolean {
  if (state === 'not-applicable') return true;
  return binds && (state === 'holds' || state === 'people') && (duty === null || isVouched);
}

function countsOf(lines: readonly Line[]): FrameworkState['counts'] {
  const count = (is: (line: Line) => boolean) => lines.filter(is).length;
  const states = Object.fromEntries(lineStates.map((state) => [state, count((line) => line.state === state)]));
  return {
    ...(states as { readonly [S in LineState]: number }),
    lines: lines.length,
    unverified: count(({ confidence }) => confidence === 'memory'),
  };
}
