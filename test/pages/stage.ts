import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { systemClock } from '#base';
import type { Role } from '#access';
import { aheadOf, visit, type Visitor, type VisitorOptions } from '../browser.ts';
import { openAdmit } from '#database';
import type { Admit } from '#edge';
import { always } from '../edge.ts';
import { scaledClock } from '../scaled-clock.ts';
import { world, type World } from '../world.ts';
import { ensureScreens } from '../../tools/web/build.ts';
import { openBusiness, signIn, type Business, type Fill } from './business.ts';
import type { Page } from 'playwright-core';

/** The whole product with its built dashboard, and businesses in it. One serves all tests of pages in this process. */
export type Stage = {
  readonly world: World;
  readonly origin: string;
  readonly aheadMs: number;
  /** The business that holds as much; made when it is first asked for, and everybody's: what changes it takes one of its own. */
  business(fill: Fill): Promise<Business>;
  /** A business that nobody else knows. */
  ownBusiness(fill: Fill): Promise<Business>;
};

/** Who visits, and how. */
export type Guest = Partial<Omit<VisitorOptions, 'origin' | 'session'>> & {
  /** Default: nobody who is signed in. */
  readonly as?: Role;
  /** Default: the lively one. `nobody`: an installation in which nobody is yet. */
  readonly of?: Fill | Business | 'nobody';
  /** As if a second factor had just been shown. */
  readonly isFresh?: boolean;
};

const running = new Map<'shared' | 'new', Promise<Stage>>();
const ends: (() => unknown)[] = [];

after(closeStage);

/** The shared one; or one to which nobody has come yet, for what is seen then. */
export function theStage(which: 'shared' | 'new' = 'shared'): Promise<Stage> {
  const found = running.get(which) ?? openStage();
  running.set(which, found);
  return found;
}

/** For programs that are no tests. */
export async function closeStage(): Promise<void> {
  await Promise.allSettled(running.values());
  running.clear();
  for (const end of ends.splice(0)) await end();
}

/** Visits the stage, signed in or not, and fails for whatever goes wrong in the page; see `visit`. */
export async function onStage<T>(
  { as, of = 'lively', isFresh = false, ...options }: Guest,
  work: (page: Page, visitor: Visitor) => Promise<T>,
): Promise<T> {
  const stage = await theStage(of === 'nobody' ? 'new' : 'shared');
  const session = as && of !== 'nobody' && { session: await sessionOf(stage, { as, of, isFresh }) };
  return visit({ origin: stage.origin, aheadMs: stage.aheadMs, ...options, ...session }, work);
}

type Asked = { readonly as: Role; readonly of: Fill | Business; readonly isFresh: boolean };

async function sessionOf(stage: Stage, { as, of, isFresh }: Asked): Promise<string> {
  const business = typeof of === 'string' ? await stage.business(of) : of;
  return signIn(stage.world.ctx, business.members[as], isFresh);
}

async function openStage(): Promise<Stage> {
  await ensureScreens();
  const clock = scaledClock(nextMonday(systemClock.now()), 1);
  const scope = { name: 'pages', after: (end: () => unknown) => void ends.push(end) };
  // Pages here are opened more often than people open them; the product's own proof that its limits hold must find them.
  const admit: Admit = (rate, of) => (isVisitor(of) ? always(rate, of) : openAdmit(opened.ctx)(rate, of));
  const folder = await mkdtemp(join(tmpdir(), 'sotto-stage-'));
  // The emulated carrier dials this machine: an operator who wanted that would say so.
  const env = { SOTTO_ALLOW_HOSTS: '127.0.0.1', SOTTO_DATA_DIR: folder };
  const opened: World = await world(scope, { clock, admit, env });
  scope.after(() => rm(folder, { recursive: true, force: true }));
  let count = 0;
  const open = (fill: Fill) => openBusiness(opened, fill, `+1500555${String(1000 + (count += 1))}`);
  const shared = new Map<Fill, Promise<Business>>();
  return {
    world: opened,
    origin: opened.url,
    aheadMs: aheadOf(clock),
    ownBusiness: open,
    business(fill) {
      const found = shared.get(fill) ?? open(fill);
      shared.set(fill, found);
      return found;
    },
  };
}

function isVisitor(of: string): boolean {
  return of === '127.0.0.1' || /^(?:person|identity):/.test(of);
}

/** Ten in the morning in New York, the next Monday there is: not before now, because a browser drops cookies that are over. */
function nextMonday(now: number): number {
  const at = new Date(now);
  const days = (8 - at.getUTCDay()) % 7 || 7;
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days, 15);
}
