import type { TestContext } from 'node:test';
import {
  openDb,
  Personal,
  sql,
  type Db,
  type Id,
  type LogEvent,
  type LogFields,
  type Reconciler,
  type Sql,
} from '#base';
import type { EraseCtx } from '#safeguards/erasure';
import { purge, type SweepCtx } from '#safeguards/retention';
import { removeIdentity } from '#safeguards/identity';
import { seal } from '#safeguards/vault';
import { phoneIndex } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { deleteSound } from '#secretary/recordings';
import { knockTruly, inCanaryCall } from '../../src/trust/canary-call.ts';
import type { Reach } from '../../src/trust/claim.ts';
import { reachOf, rolledBack } from '../../src/trust/means.ts';
import { testDerive } from '../cluster.ts';
import { openGround } from '../mutations/mutation.ts';
import type { ProvingGround } from '../proving.ts';
import { makeBusiness, makeCall, type Business } from '../rows.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A proving ground with a business on it, and what works in the background. */
export type Stage = ProvingGround & {
  readonly business: Business;
  readonly jobs: Db;
  readonly sweeps: SweepCtx;
  readonly erases: EraseCtx;
  /** The senses of so many milliseconds ago. */
  ago(ms: number): ProvingGround['ctx'];
  /** A call that ended so long ago, with sealed words, and a message of it. */
  leave(agoMs: number): Promise<{ readonly call: Id; readonly message: Id }>;
  run(statement: Sql): Promise<number>;
  /** Has it run once. Throws when something in it failed. */
  work(reconciler: Reconciler): Promise<void>;
  /** Ends what is past its time in the business. */
  purge(): Promise<void>;
  /** What a probe reaches for. */
  reach(): Promise<Reach>;
};

export async function openStage(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<Stage> {
  return onStage(t, await openGround(t, env));
}

export async function onStage(t: TestContext, ground: ProvingGround): Promise<Stage> {
  const { ctx, objects } = ground;
  const connection = ground.database.connection('jobs');
  const jobs = openDb({ connection, role: 'jobs', tenantKey: testDerive('tenant-token'), poolSize: 2 });
  t.after(() => jobs.close());
  const business = await makeBusiness(ctx.db);
  const { organisation } = business;
  const failures: (LogFields | undefined)[] = [];
  const log = (event: LogEvent, fields?: LogFields) => {
    if (event === 'reconciler.failed') failures.push(fields);
    ctx.log(event, fields);
  };
  const works = { ...ctx, log, db: jobs, objects };
  const sweeps: SweepCtx = { ...works, deleteObjects: (recording) => deleteSound(works, recording) };
  const ago = (ms: number) => ({ ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() - ms } });
  const run = (statement: Sql) => ctx.db.tenant(organisation, (tx) => tx.run(statement));
  return {
    ...ground,
    business,
    jobs,
    sweeps,
    erases: {
      ...works,
      db: ctx.db,
      phoneIndex: (of, phone) => phoneIndex(ctx, of, phone),
      removeIdentity: (identity) => removeIdentity(ctx, identity),
    },
    ago,
    run,
    async leave(agoMs) {
      const call = await makeCall(ctx.db, business);
      const place = { table: 'calls', row: call, column: 'conversation' };
      const conversation = await seal(ctx, { organisation, kind: 'call', id: call }, place, '{}');
      const at = new Date(ctx.clock.now() - agoMs);
      await run(sql`
        update app.calls set conversation = ${conversation}, state = 'ended', started_at = ${at}, ended_at = ${at},
          finished_at = ${at} where id = ${call}`);
      const said = { organisation, callId: call, body: new Personal('Ring me.'), urgent: false };
      return { call, message: await ctx.db.tenant(organisation, (tx) => takeMessage(ago(agoMs), tx, said)) };
    },
    async work(reconciler) {
      await reconciler.run();
      if (failures.length > 0) throw new Error(`${reconciler.name} failed: ${JSON.stringify(failures)}`);
    },
    async purge() {
      const { failed } = await purge(sweeps, organisation);
      if (failed.length > 0) throw new Error(`could not be ended: ${failed.join(', ')}`);
    },
    reach: () => rolledBack(ground.means.prove, async (tx) => reachOf(ground.means, tx)),
  };
}

/** Rings the product's own telephone over the relay, is greeted, says these words, and hangs up. */
export async function talk(stage: Pick<Stage, 'means'>, ...words: readonly string[]): Promise<string> {
  const reach = await rolledBack(stage.means.prove, async (tx) => reachOf(stage.means, tx));
  return inCanaryCall(reach, reach.canary.phone.number, async ({ callId, offer }) => {
    if (offer?.door !== 'relay') throw new Error('the telephone offers no text');
    const { visit } = await knockTruly(reach, offer.url);
    visit?.send(JSON.stringify({ type: 'setup', callSid: callId, customParameters: { token: offer.token } }));
    await visit?.next();
    for (const voicePrompt of words) {
      visit?.send(JSON.stringify({ type: 'prompt', voicePrompt, lang: 'en-US', last: true }));
      await visit?.next();
    }
    // No message of the relay: it ends the socket, and only once everything before it is written down.
    visit?.send('over');
    while (typeof (await visit?.next()) === 'string');
    return callId;
  });
}
