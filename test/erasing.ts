import type { TestContext } from 'node:test';
import { identifier, iso, Personal, readConfig, sql, type Db, type Id, type Keystore } from '#base';
import {
  askErasure,
  certificateOf,
  certificateSigner,
  proceed,
  readCertificate,
  type Asked,
  type CertificateText,
  type EraseCtx,
  type Erasure,
  type What,
} from '#safeguards/erasure';
import { removeIdentity } from '#safeguards/identity';
import { isSuppressed, phoneIndex } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { openKeeping, type KeepingTest } from './keeping.ts';
import type { Business } from './rows.ts';

/** Two businesses with calls, and what erases them, which can be broken off at any step. */
export type Erasing = {
  readonly keeping: KeepingTest;
  readonly ctx: EraseCtx & { readonly clock: KeepingTest['archive']['ctx']['clock'] };
  ask(business: Business, what: What): Promise<Asked>;
  /** Goes on with it, as the jobs; with `stopAt` everything from that step on fails, as when the process is gone. */
  goOn(asked: Asked, stopAt?: number): Promise<Erasure | undefined>;
  /** Asks and goes on. */
  erase(business: Business, what: What): Promise<Asked & { readonly text: CertificateText }>;
  /** Says that processors have answered so. */
  settle(business: Business, state: 'confirmed' | 'given-up'): Promise<void>;
  /** How many steps the last run took. */
  steps(): number;
  /** The certificate as it stands, verified with the published key. */
  text(asked: Asked): Promise<CertificateText>;
  note(asked: Asked): Promise<string>;
  /** Whether the number must not be contacted. */
  isSuppressed(organisation: Id, phone: Personal): Promise<boolean>;
  /** A message in that call, with a number to call back. */
  leaveNumber(business: Business, left: { readonly call: Id; readonly phone: string }): Promise<Id>;
  /** Every row of every table of the product, as text: to compare, row by row. */
  dump(): Promise<ReadonlySet<string>>;
};

export async function openErasing(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<Erasing> {
  const keeping = await openKeeping(t);
  const { archive } = keeping;
  const counter = { steps: 0 };
  const config = readConfig(env);
  const over = (base: typeof archive.ctx | typeof archive.jobs): EraseCtx => ({
    ...base,
    config,
    phoneIndex: (organisation, phone) => phoneIndex(base, organisation, phone),
    removeIdentity: (identity) => removeIdentity(base, identity),
  });
  const ctx = { ...over(archive.ctx), clock: archive.ctx.clock };
  const ask = ({ organisation }: Business, what: What) => askErasure(ctx, { organisation, what, by: 'command:test' });
  const goOn = async ({ erasure }: Asked, stopAt = Infinity) => {
    counter.steps = 0;
    const step = () => {
      counter.steps += 1;
      if (counter.steps >= stopAt) throw new Error('the process is gone');
    };
    return proceed(breakable(over(archive.jobs), step), erasure);
  };
  const note = async ({ erasure }: Asked) => {
    const found = await ctx.db.tenant(erasure.organisation, (tx) => certificateOf(tx, erasure));
    if (!found) throw new Error('there is no certificate');
    return found.note;
  };
  const text = async (asked: Asked) => {
    const read = readCertificate(Buffer.from(await note(asked)), certificateSigner(ctx).vkey);
    if (!read.isGood) throw new Error(read.why);
    return read.text;
  };
  return {
    keeping,
    ctx,
    ask,
    goOn,
    async erase(business, what) {
      const asked = await ask(business, what);
      await goOn(asked);
      return { ...asked, text: await text(asked) };
    },
    async settle({ organisation }, state) {
      await ctx.db.tenant(organisation, (tx) =>
        tx.run(sql`
          update app.processor_erasures set state = ${state}, due_at = null, settled_at = ${iso(ctx.clock.now())}
          where organisation_id = ${organisation} and due_at is not null`),
      );
    },
    steps: () => counter.steps,
    text,
    note,
    isSuppressed: (organisation, phone) =>
      ctx.db.tenant(organisation, (tx) => isSuppressed(ctx, tx, organisation, phone)),
    leaveNumber: ({ organisation }, { call, phone }) =>
      ctx.db.tenant(organisation, (tx) => {
        const said = { callback: new Personal(phone), body: new Personal('ring me'), urgent: false };
        return takeMessage(ctx, tx, { organisation, callId: call, ...said });
      }),
    dump: () => dumpOf(ctx.db, keeping.businesses),
  };
}

/** Every transaction, every write of the keystore and every object is a step, before and after it. */
function breakable(ctx: EraseCtx, step: () => void): EraseCtx {
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    step();
    const done = await work();
    step();
    return done;
  };
  const keys: Keystore = { ...ctx.keys, destroyAll: (subjects) => around(() => ctx.keys.destroyAll(subjects)) };
  const db = {
    ...ctx.db,
    tenant: <T>(...given: Parameters<Db['tenant']>) => around(() => ctx.db.tenant(...given)) as Promise<T>,
  };
  const objects = { ...ctx.objects, delete: (name: string) => around(() => ctx.objects.delete(name)) };
  return { ...ctx, keys, db, objects };
}

async function dumpOf(db: Db, businesses: readonly Business[]): Promise<ReadonlySet<string>> {
  const rows: string[] = [];
  for (const { organisation } of businesses) rows.push(...(await rowsOf(db, organisation)));
  return new Set(rows);
}

/** Every row that one organisation sees, as `table json`. */
export function rowsOf(db: Db, organisation: Id): Promise<string[]> {
  return db.tenant(organisation, async (tx) => {
    const tables = await tx.rows<{ name: string }>(sql`
      select c.relname::text as name from pg_class c
      where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
        and has_table_privilege(c.oid, 'select')`);
    const all: string[] = [];
    for (const { name } of tables) {
      const rows = await tx.rows<{ row: string }>(
        sql`select to_jsonb(t)::text as row from ${identifier('app', name)} t`,
      );
      all.push(...rows.map(({ row }) => `${name} ${row}`));
    }
    return all;
  });
}
