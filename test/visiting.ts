import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { openDb, type Db, type Sql } from '#base';
import { purge } from '#safeguards/retention';
import { callFinisher } from '#secretary/calls';
import type { Claim, Verdict } from '#trust';
import { openEar } from '../src/trust/canary-visit-ear.ts';
import { canaryVisitor, type Visitor } from '../src/trust/canary-visitor.ts';
import { visited, visitsIn, type Visit } from '../src/trust/canary-visits.ts';
import forgotten from '../src/trust/claims/canary-is-forgotten.ts';
import { prove } from '../src/trust/prove.ts';
import { testDerive } from './cluster.ts';
import { openProvingGround, type ProvingGround } from './proving.ts';

export const minute = 60_000;

/** A Sotto that is visited, with a clock that is moved. */
export type Visited = {
  readonly ground: ProvingGround;
  readonly jobs: Db;
  readonly visitor: Visitor;
  readonly log: (line: string) => void;
  visits(): Promise<readonly Visit[]>;
  /** A whole visit: rung, summed up and noted. */
  visit(): Promise<Visit>;
  pass(minutes: number): void;
  /** Ends what is past its time. */
  purge(): Promise<void>;
  look(claim?: Claim): Promise<Pick<Verdict, 'status' | 'why' | 'checked'>>;
};

export async function openVisited(t: TestContext): Promise<Visited> {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const { ctx, means } = ground;
  const jobs = openDb({
    connection: ground.database.connection('jobs'),
    role: 'jobs',
    tenantKey: testDerive('tenant-token'),
    poolSize: 2,
  });
  t.after(() => jobs.close());
  const ear = openEar(means.canary.visits.marks);
  const visitor = canaryVisitor(ctx, () => means, ear.heard);
  const finisher = callFinisher({ ...ground.calls, db: jobs });
  const visits = () => ctx.db.tenant(visited, visitsIn);
  const pass = (minutes: number) => ctx.clock.advance(minutes * minute);
  return {
    ground,
    jobs,
    visitor,
    log: (line) => ear.hear(Buffer.from(line)),
    visits,
    pass,
    async visit() {
      await visitor.visitNow();
      await finisher.run();
      pass(1);
      await visitor.run();
      return (await visits())[0]!;
    },
    async purge() {
      const { failed } = await purge({ ...ctx, db: jobs, deleteObjects: async () => {} }, visited);
      assert.deepEqual(failed, []);
    },
    async look(claim = forgotten) {
      const { status, why, checked, canFail } = await prove({ id: 'canary', item: claim }, means);
      assert.equal(canFail, true);
      return { status, why, checked };
    },
  };
}

/** As the superuser, past every policy. */
export async function asAdmin(ground: ProvingGround, ...statements: readonly Sql[]): Promise<void> {
  const client = new pg.Client(ground.database.admin());
  await client.connect();
  try {
    for (const { text, values } of statements) await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

/** A visit whose time is over, and that has ended as it should. */
export async function past(t: TestContext): Promise<Visited & { readonly last: Visit }> {
  const opened = await openVisited(t);
  const last = await opened.visit();
  opened.pass((last.dueAt! - opened.ground.ctx.clock.now()) / minute);
  await opened.purge();
  assert.equal((await opened.look()).status, 'proven');
  return { ...opened, last };
}
