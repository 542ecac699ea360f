import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { iso, newId, openDb, openHttp, Personal, readConfig, sql, type Db, type Id, type Reconciler } from '#base';
import { carriers } from '#adapters/carriers';
import { addCarrierAccount } from '#safeguards/accounts';
import {
  askProcessors,
  processorEraser,
  processorStates,
  processorWatch,
  type EraserCtx,
  type ProcessorErasure,
} from '#safeguards/processors';
import { testDerive } from './cluster.ts';
import { openOffice, type Office } from './office.ts';
import { makeBusiness, makeCall, type Business } from './rows.ts';
import { twilioStore, type TwilioStore } from './twilio-store.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A business whose calls lie at a Twilio on loopback, and what has them deleted there. */
export type EraserDesk = {
  readonly office: Office;
  readonly store: TwilioStore;
  readonly business: Business;
  readonly ctx: EraserCtx & { readonly clock: Office['ctx']['clock'] };
  /** The account at Twilio. */
  readonly account: Id;
  /** A business of its own, with the same account at Twilio. */
  another(): Promise<Business>;
  /** A call that ended so long ago, with a recording at Twilio. */
  call(how?: { readonly agoMs?: number; readonly of?: Business }): Promise<Id>;
  /** Erases calls here: what processors have to delete is put down. Returns the erasure. */
  erase(calls: readonly Id[], of?: Business): Promise<Id>;
  states(erasure: Id, of?: Business): Promise<ProcessorErasure[]>;
  state(erasure: Id): Promise<ProcessorErasure>;
  /** One more process that works on it; with `db`, on that. */
  eraser(db?: Db): Reconciler;
  watch(): Reconciler;
  /** Lets time pass, a look every while, until nothing is under way or that much is over. */
  pass(ms: number, reconciler?: Reconciler): Promise<void>;
  /** Another connection of the jobs. */
  jobs(): Db;
};

/** Monday 5 January 2026, 08:00 UTC, as in every office; everything ends with the test. */
export async function openEraserDesk(t: TestContext): Promise<EraserDesk> {
  const office = await openOffice();
  t.after(() => office.close());
  const store = await twilioStore(t);
  const config = readConfig({ SOTTO_TWILIO_BASE_URL: store.url });
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const jobs = () => {
    const db = openDb({ connection: office.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
    t.after(() => db.close());
    return db;
  };
  const ctx = { ...office.ctx, db: jobs(), config, http, carriers: await carriers() };
  const eraser = (db = ctx.db) => processorEraser({ ...ctx, db }, Infinity);
  const states = (erasure: Id, { organisation } = office.business) =>
    office.db.tenant(organisation, (tx) => processorStates(tx, { organisation, erasure }));
  return {
    office,
    store,
    business: office.business,
    ctx,
    account: await connect(office, office.business, store),
    async another() {
      const business = await makeBusiness(office.db);
      await connect(office, business, store);
      return business;
    },
    call: (how = {}) => endedCall(office, store, how),
    async erase(calls, { organisation } = office.business) {
      const erasure = newId(office.ctx);
      await office.db.tenant(organisation, (tx) => askProcessors(office.ctx, tx, { organisation, calls, erasure }));
      return erasure;
    },
    states,
    async state(erasure) {
      const [one, ...more] = await states(erasure);
      assert.ok(one && more.length === 0);
      return one;
    },
    eraser,
    watch: () => processorWatch(ctx),
    async pass(ms, reconciler = eraser()) {
      const until = ctx.clock.now() + ms;
      const stepMs = ms > day ? 10 * minute : minute;
      for (;;) {
        while ((await reconciler.run()) > 0);
        if (ctx.clock.now() >= until) return;
        ctx.clock.advance(Math.min(stepMs, until - ctx.clock.now()));
      }
    },
    jobs,
  };
}

/** Connects the account at the store and has the line's calls come through it. */
async function connect({ ctx, db }: Office, { organisation, lineId }: Business, store: TwilioStore): Promise<Id> {
  const account = { carrier: 'twilio', accountSid: store.account, authToken: new Personal(store.token) };
  const id = await db.tenant(organisation, (tx) => addCarrierAccount(ctx, tx, { organisation, ...account }));
  await db.tenant(organisation, (tx) =>
    tx.run(sql`update app.lines set account_id = ${id} where organisation_id = ${organisation} and id = ${lineId}`),
  );
  return id;
}

async function endedCall(
  { ctx, db, business }: Office,
  store: TwilioStore,
  { agoMs = day, of = business }: { readonly agoMs?: number; readonly of?: Business },
): Promise<Id> {
  const id = await makeCall(db, of);
  const name = `CA${id.replaceAll('-', '')}`;
  const at = iso(ctx.clock.now() - agoMs);
  await db.tenant(of.organisation, (tx) =>
    tx.run(sql`
      update app.calls set carrier_call_id = ${name}, state = 'ended', started_at = ${at}, ended_at = ${at}
      where organisation_id = ${of.organisation} and id = ${id}`),
  );
  store.calls.set(name, { sid: name, parent_call_sid: null });
  record(store, name);
  return id;
}

/** A recording of the call is there now. */
export function record(store: TwilioStore, call: string): void {
  const sid = `RE${String(store.recordings.size).padStart(4, '0')}${call.slice(2, 30)}`;
  store.recordings.set(sid, { sid, call_sid: call });
}
