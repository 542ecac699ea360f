import { hearOutput, isProblem, startReconcilers, type Ctx, type Id, type Reconciler } from '#base';
import { openEar } from './canary-visit-ear.ts';
import { openMarks } from './canary-visit-marks.ts';
import { hangUp, makeVisit, type Visiting } from './canary-visit-call.ts';
import { visitNumber } from './canary-visit-line.ts';
import {
  beginVisit,
  endVisit,
  forgetVisits,
  noteLogged,
  noteMade,
  visited,
  visitsIn,
  type Visit,
} from './canary-visits.ts';

/** Whoever starts and stops in a hurry is not rung. */
const firstMs = 60_000;
/** Between two visits: an hour at most, and a little less each time. */
const everyMs = 60 * 60_000;
/** A visit that takes longer than the longest was left by a process that died. */
const longestMs = 10 * 60_000;
/** By then a call has been summed up, or will not be before its time is over. */
const summedUpMs = 5 * 60_000;

type VisitorCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

export type Visitor = Reconciler & {
  /** Rings now, unless it has rung in the last ten minutes. Returns whether it did. */
  visitNow(): Promise<boolean>;
};

/** The visits of an installation, and the ear that listens meanwhile to what this process writes. */
export type Visits = {
  /** Visits from now on, over and over. */
  start(): { stop(): Promise<void> };
  /** Rings before the work when one of these claims is about visits: what is left of that is told by a later look. */
  before<T>(claims: readonly string[] | undefined, work: () => Promise<T>): Promise<T>;
};

/** Nothing rings before the visitor runs. */
export function openVisits(ctx: VisitorCtx & Pick<Ctx, 'log'>, visiting: () => Visiting): Visits {
  const ear = openEar(openMarks(ctx.keys));
  const visitor = canaryVisitor(ctx, visiting, ear.heard);
  return {
    start() {
      const end = hearOutput(ear.hear);
      const running = startReconcilers(ctx, [visitor]);
      return { stop: () => running.stop().finally(end) };
    },
    async before(claims, work) {
      if (claims?.some((id) => id.startsWith('canary-'))) await visitor.visitNow();
      return work();
    },
  };
}

/**
 * The product as a caller of its own: once an hour it rings the canary's telephone, says what nobody else says, leaves what
 * callers leave and hangs up. Afterwards it notes what came of it, for those who search for it when its time is over.
 * A visit that was broken off is ended by the next run. `heard` counts what was seen of visits in what the process wrote.
 */
export function canaryVisitor(ctx: VisitorCtx, visiting: () => Visiting, heard: () => number): Visitor {
  const seen = { logged: 0 };
  const begunAt = ctx.clock.now();
  return {
    name: 'canary-visitor',
    everyMs: 20_000,
    async run() {
      const now = ctx.clock.now();
      const visits = await ctx.db.tenant(visited, visitsIn);
      await seeToThem(ctx, visiting(), visits);
      const logged = heard() - seen.logged;
      if (logged > 0) await noteLogged(ctx, logged);
      seen.logged += logged;
      await forgetVisits(ctx);
      if (now < begunAt + firstMs) return 0;
      const [last] = visits;
      const isWaiting = last && last.begunAt <= now;
      if (isWaiting && now < last.begunAt + everyMs * (0.8 + 0.2 * share(last.id))) return 0;
      return (await visit(ctx, visiting(), last?.begunAt ?? 0)) ? 1 : 0;
    },
    visitNow: () => visit(ctx, visiting(), ctx.clock.now() - longestMs),
  };
}

/** Ends what was broken off, and notes what the others have left. */
async function seeToThem(ctx: VisitorCtx, visiting: Visiting, visits: readonly Visit[]): Promise<void> {
  const now = ctx.clock.now();
  for (const one of visits) {
    if (one.endedAt === undefined && now > one.begunAt + longestMs) await breakOff(ctx, visiting, one);
    else if (one.endedAt !== undefined && one.dueAt === undefined)
      await noteMade(ctx, one, now > one.endedAt + summedUpMs);
  }
}

async function breakOff(ctx: VisitorCtx, visiting: Visiting, one: Visit): Promise<void> {
  await hangUp(visiting, visitNumber, visiting.canary.visits.marks.of(one));
  await endVisit(ctx, one.id, 'broken-off');
}

/** One visit, unless one has begun after that instant. */
async function visit(ctx: VisitorCtx, visiting: Visiting, afterMs: number): Promise<boolean> {
  const begun = await beginVisit(ctx, afterMs);
  if (!begun) return false;
  const { marks } = visiting.canary.visits;
  const isWhole = await makeVisit(visiting, visitNumber, marks.of(begun)).catch(unlessBusy);
  await endVisit(ctx, begun.id, isWhole ? 'whole' : 'short');
  return true;
}

/** An overloaded or stopping product is visited another time. */
function unlessBusy(error: unknown): false {
  if (isProblem(error, 'not-running')) return false;
  throw error;
}

/** A number from 0 to 1 that belongs to the id. */
function share(id: Id): number {
  return Number.parseInt(id.slice(-4), 16) / 0xffff;
}
