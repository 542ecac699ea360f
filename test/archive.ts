import type { TestContext } from 'node:test';
import {
  openDb,
  seededRandom,
  sql,
  systemRandom,
  type Db,
  type DbRole,
  type Id,
  type LogEvent,
  type LogFields,
} from '#base';
import { openRecorder } from '../src/media/recording/recorder.ts';
import { beginRecording, endRecording, type RecordingCtx } from '#secretary/recordings';
import { cloneDatabase, testDerive } from './cluster.ts';
import { testKeystore } from './keys.ts';
import { machineClock, type MachineClock } from './machine-clock.ts';
import { testObjects, type TestObjects } from './objects.ts';
import { makeBusiness, makeCall, type Business } from './rows.ts';

/** A business that records, with a database and an object store of its own and a clock that moves when told. */
export type Archive = {
  readonly ctx: RecordingCtx & { readonly clock: MachineClock; readonly objects: TestObjects };
  /** The same for background work. */
  readonly jobs: RecordingCtx;
  /** Reads every row and changes none: what claims look with. */
  readonly prove: Db;
  readonly business: Business;
  readonly logged: readonly { readonly event: LogEvent; readonly fields: LogFields | undefined }[];
  /** A new live call; its agent records unless told otherwise. */
  call(records?: boolean): Promise<Id>;
  /** The call is over since that many milliseconds. */
  hangUp(call: Id, agoMs?: number): Promise<void>;
};

/** How a stream is recorded in a test: its length, and whether its end is told, stored, or never comes. */
export type Take = { readonly ms: number; readonly turn?: number; readonly end?: 'told' | 'stored' | 'never' };

/** Opens an archive on Monday 23 November 2026, 15:00 UTC. Everything ends with the test. */
export async function openArchive(t: TestContext): Promise<Archive> {
  const database = await cloneDatabase();
  const machine = machineClock(Date.UTC(2026, 10, 23, 15));
  const random = seededRandom(t.name);
  const keys = testKeystore(random, machine);
  const clock = { ...machine, now: keys.time.clock.now };
  const open = (role: DbRole): Db =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 4 });
  const [db, jobsDb, prove] = [open('app'), open('jobs'), open('prove')];
  const objects = await testObjects(t);
  const logged: { event: LogEvent; fields: LogFields | undefined }[] = [];
  const log = (event: LogEvent, fields?: LogFields) => void logged.push({ event, fields });
  const ctx = { db, keys, clock, random, log, objects };
  const business = await makeBusiness(db);
  t.after(async () => {
    await Promise.all([db.close(), jobsDb.close(), prove.close()]);
    await keys.close();
    await database.drop();
  });
  const { organisation } = business;
  return {
    ctx,
    jobs: { ...ctx, db: jobsDb },
    prove,
    business,
    logged,
    async call(records = true) {
      await db.tenant(organisation, (tx) =>
        tx.run(sql`
          update app.agents set record = ${records}
          where organisation_id = ${organisation} and id = ${business.agentId}`),
      );
      return makeCall(db, business);
    },
    async hangUp(call, agoMs = 0) {
      await db.tenant(organisation, (tx) =>
        tx.run(sql`
          update app.calls set state = 'ended', ended_at = ${new Date(clock.now() - agoMs)}
          where organisation_id = ${organisation} and id = ${call}`),
      );
    },
  };
}

/** What the caller and the agent sound like at that frame of the stream: told apart, never silence. */
export function frameAt(who: 'caller' | 'agent', at: number): Buffer {
  const frame = Buffer.alloc(160, (who === 'caller' ? 0x00 : 0x40) + 1 + (at % 50));
  frame.writeUInt32BE(at, 0);
  return frame;
}

/**
 * Records a stream of a call as the line does, both talking all the time, announced from the start. Returns the
 * recording's id.
 */
export async function recordTake(archive: Archive, callId: Id, take: Take): Promise<Id> {
  const { ctx, business } = archive;
  const { ms, turn = 1, end = 'told' } = take;
  const name = { organisation: business.organisation, id: callId, turn };
  const plan = await ctx.db.tenant(name.organisation, (tx) => beginRecording(ctx, tx, name));
  if (!plan) throw new Error('the agent does not record');
  // Rows and audit entries sort by their time.
  ctx.clock.advance(1);
  const recorder = openRecorder({ ...ctx, random: systemRandom }, plan);
  recorder.announced(0);
  for (let at = 0; at < ms / 20; at += 1) {
    recorder.agent(frameAt('agent', at).toString('base64'), at * 20);
    recorder.caller(frameAt('caller', at).toString('base64'), at * 20);
  }
  const id = plan.prefix.slice(plan.prefix.lastIndexOf('/') + 1);
  if (end === 'never') {
    const due = Math.floor(ms / 5_000);
    while ((await ctx.objects.list(plan.prefix)).names.length < due);
    return id;
  }
  const told = await recorder.finish(ms);
  if (end === 'told' && told) await ctx.db.tenant(name.organisation, (tx) => endRecording(ctx, tx, name, told));
  return id;
}
