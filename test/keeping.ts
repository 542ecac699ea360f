import type { TestContext } from 'node:test';
import { Personal, sql, type Id, type Keystore, type Tx } from '#base';
import { days, purger, setKeeping, type SweepCtx, type Windows } from '#safeguards/retention';
import { openSubjectSecret, seal } from '#safeguards/vault';
import { book, listAppointments } from '#secretary/appointments';
import { readCall } from '#secretary/calls';
import { addContact, captureLead, listLeads, phoneIndex, seeContact } from '#secretary/contacts';
import { listMessages, takeMessage } from '#secretary/messages';
import { deleteSound } from '#secretary/recordings';
import { playable } from '../src/secretary/recordings/rows.ts';
import { openArchive, recordTake, type Archive } from './archive.ts';
import { makeBusiness, makeCall, type Business } from './rows.ts';

export const day = 86_400_000;

/** All that a call can leave behind, by id. */
export type Left = {
  readonly business: Business;
  readonly call: Id;
  readonly contact: Id;
  readonly message: Id;
  readonly lead: Id;
  readonly appointment: Id;
  readonly recording: Id | undefined;
  /** When the call ended, and the message was taken. */
  readonly at: number;
  readonly recordedAt: number;
  /** When the appointment is over. */
  readonly metAt: number;
};

/** `isNamed`: the caller gives a name and a number to call back, and both stand in all that comes of the call. */
type Plan = {
  readonly phone?: string;
  readonly isRecorded?: boolean;
  readonly isNamed?: boolean;
  readonly appointmentInDays?: number;
};

/** What can be read of it through the doors that the product reads by. */
export type Readable = {
  readonly summary: string | undefined;
  readonly from: string | undefined;
  readonly words: readonly string[];
  readonly message: string | undefined;
  readonly recording: boolean;
  readonly lead: string | undefined;
  readonly appointment: string | undefined;
};

/** Days of one's own; without them people are kept as long as calls, leads and appointments as long as the account. */
export type Days = Readonly<
  Record<'recordings' | 'calls' | 'messages', number> & Partial<Record<'people' | 'leads' | 'appointments', number>>
>;

export function windowsOf({ recordings, calls, messages, people = calls, leads, appointments }: Days): Windows {
  return {
    recordings: days(recordings),
    calls: days(calls),
    messages: days(messages),
    people: days(people),
    leads: leads === undefined ? 'account' : days(leads),
    appointments: appointments === undefined ? 'account' : days(appointments),
  };
}

/** Two businesses with an object store, a clock that is moved, and a sweeper that can be broken off. */
export type KeepingTest = {
  readonly archive: Archive;
  readonly businesses: readonly [Business, Business];
  /** A call that ends now, with everything. Its number is that of the caller. */
  leave(business: Business, plan?: Plan): Promise<Left>;
  /** `afterHandOver`: milliseconds from a confirmed hand-over; without it, nothing ends sooner for that. */
  /** Somebody with that number calls at this moment, of whom nothing else is left. */
  see(business: Business, phone: string): Promise<Id>;
  keep(business: Business, days: Days, afterHandOver?: number): Promise<void>;
  /** Sweeps until nothing is due; with `stopAt` everything from that step on fails, as when the process is gone. Returns how many rows
   * ended. */
  sweep(stopAt?: number): Promise<number>;
  /** How many steps the last sweep took. */
  steps(): number;
  readable(left: Left): Promise<Readable>;
};

export async function openKeeping(t: TestContext): Promise<KeepingTest> {
  const archive = await openArchive(t);
  const { ctx, jobs, business } = archive;
  const other = await makeBusiness(ctx.db);
  const counter = { steps: 0, left: 0 };
  return {
    archive,
    businesses: [business, other],
    leave: (of, plan = {}) => leave(archive, of, { ...plan, slot: (counter.left += 1) }),
    see: ({ organisation }, phone) =>
      ctx.db.tenant(organisation, (tx) =>
        seeContact(ctx, tx, { organisation, phone: new Personal(phone), language: 'es' }),
      ),
    async keep({ organisation }, given, afterHandOver) {
      ctx.clock.advance(1);
      const choice = { preset: 'custom', windows: windowsOf(given), afterHandOver: afterHandOver ?? null } as const;
      await ctx.db.tenant(organisation, (tx) => setKeeping(ctx, tx, { organisation, choice }));
    },
    async sweep(stopAt = Infinity) {
      counter.steps = 0;
      const step = () => {
        counter.steps += 1;
        if (counter.steps >= stopAt) throw new Error('the process is gone');
      };
      const broken = breakable(jobs, step);
      const sweeper = purger({ ...broken, deleteObjects: (recording) => deleteSound(broken, recording) });
      let ended = 0;
      for (let did = 1; did > 0 && counter.steps < stopAt; ended += did) did = await sweeper.run().catch(() => 0);
      return ended;
    },
    steps: () => counter.steps,
    readable: (left) => readable(archive, left),
  };
}

type Jobs = Archive['jobs'];

/** Every transaction and every destroyed key is a step, before and after it. */
function breakable(jobs: Jobs, step: () => void): Jobs & Omit<SweepCtx, 'deleteObjects'> {
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    step();
    const done = await work();
    step();
    return done;
  };
  const keys: Keystore = { ...jobs.keys, destroyAll: (subjects) => around(() => jobs.keys.destroyAll(subjects)) };
  const db = {
    ...jobs.db,
    tenant: <T>(...given: Parameters<typeof jobs.db.tenant<T>>) => around(() => jobs.db.tenant(...given)),
  };
  const objects = { ...jobs.objects, delete: (name: string) => around(() => jobs.objects.delete(name)) };
  return { ...jobs, keys, db, objects };
}

async function leave(
  archive: Archive,
  business: Business,
  {
    phone = '+34600111222',
    isRecorded = false,
    isNamed = false,
    appointmentInDays = 40,
    slot,
  }: Plan & { readonly slot: number },
): Promise<Left> {
  const { ctx } = archive;
  const { organisation, agentId } = business;
  const recordedAt = ctx.clock.now();
  const call = isRecorded ? await archive.call() : await makeCall(ctx.db, business);
  const recording = isRecorded ? await recordTake(archive, call, { ms: 1_000, end: 'told' }) : undefined;
  const subject = { organisation, kind: 'call', id: call } as const;
  const at = ctx.clock.now();
  const number = new Personal(phone);
  const place = (column: string) => ({ table: 'calls', row: call, column });
  const [conversation, from, summary] = [
    await seal(ctx, subject, place('conversation'), '{}'),
    await seal(ctx, subject, place('caller_number'), phone),
    await seal(ctx, subject, place('summary'), 'summary'),
  ];
  const heard = await seal(ctx, subject, { table: 'call_entries', row: `${call}/1`, column: 'heard' }, 'word');
  const result = await seal(ctx, subject, { table: 'tool_runs', row: `${call}/k`, column: 'result' }, '{}');
  const index = await phoneIndex(ctx, organisation, number);
  const contact = await ctx.db.tenant(organisation, (tx) =>
    addContact(ctx, tx, { organisation, phone: number, language: 'es' }, index),
  );
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      update app.calls set conversation = ${conversation}, caller_number = ${from}, caller_index = ${index},
        contact_id = ${contact}, summary = ${summary}, outcome = 'message-taken', state = 'ended',
        ended_at = ${new Date(at)}, finished_at = ${new Date(at)}
      where organisation_id = ${organisation} and id = ${call}`);
    await tx.run(sql`
      insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, heard)
      values (${organisation}, ${call}, 1, ${new Date(at)}, 'caller', 'speech', ${heard})`);
    await tx.run(sql`
      insert into app.tool_runs (organisation_id, call_id, key, tool, result, at)
      values (${organisation}, ${call}, 'k', 'take-message', ${result}, ${new Date(at)})`);
  });
  return ctx.db.tenant(organisation, async (tx) => {
    const of = { organisation, callId: call, contactId: contact };
    const name = isNamed ? new Personal('Ana') : undefined;
    const back = isNamed ? { name, callback: new Personal(`after six, ${phone}`) } : {};
    const reach = isNamed ? { name, phone: number } : {};
    const message = await takeMessage(ctx, tx, { ...of, ...back, body: new Personal('message'), urgent: false });
    const lead = await captureLead(ctx, tx, { ...of, ...reach, interest: new Personal('lead') });
    const reason = new Personal('appointment');
    const startsAt = at + appointmentInDays * day + slot * 60_000;
    const { id: appointment } = await book(ctx, tx, { ...of, ...reach, agentId, startsAt, minutes: 1, reason });
    return { business, call, contact, message, lead, appointment, recording, at, recordedAt, metAt: startsAt + 60_000 };
  });
}

async function readable({ ctx }: Archive, left: Left): Promise<Readable> {
  const { organisation } = left.business;
  return ctx.db.tenant(organisation, async (tx) => {
    const call = await readCall(ctx, tx, organisation, { id: left.call, contents: 'all' });
    const [recording] = await playable(ctx, tx, { organisation, callId: left.call });
    const opens = recording && (await openSubjectSecret(ctx, organisation, recording.keyId, 'recording'));
    return {
      summary: call?.summary?.reveal(),
      from: call?.from?.reveal(),
      words: call?.transcript?.flatMap(({ heard }) => heard?.reveal() ?? []) ?? [],
      recording: opens !== undefined,
      ...(await cameOfIt(ctx, tx, left)),
    };
  });
}

/** What came of the call, as lists show it. */
async function cameOfIt(
  ctx: Archive['ctx'],
  tx: Tx,
  { business: { organisation }, ...left }: Left,
): Promise<Pick<Readable, 'message' | 'lead' | 'appointment'>> {
  const messages = await listMessages(ctx, tx, organisation, { limit: 100 });
  const leads = await listLeads(ctx, tx, organisation, { limit: 100 });
  const appointments = await listAppointments(ctx, tx, organisation, { limit: 100 });
  return {
    message: messages.items.find(({ id }) => id === left.message)?.body?.reveal(),
    lead: leads.items.find(({ id }) => id === left.lead)?.interest?.reveal(),
    appointment: appointments.items.find(({ id }) => id === left.appointment)?.reason?.reveal(),
  };
}
