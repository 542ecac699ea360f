import { errorWords, iso, newId, sql, type Config, type Ctx, type Db, type Id, type Reconciler, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { consistencyProof, noteKey } from '#tlog';
import { askWitness, type WitnessReply } from './ask-witness.ts';
import { lastHead } from './head.ts';
import { nodesOf, type Tree } from './tree.ts';

/** `db` is that of the jobs. */
export type AskerCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'http' | 'log'> & {
  readonly db: Pick<Db, 'tenant' | 'find'>;
  readonly config: Pick<Config, 'witnesses'>;
  readonly installation: Id;
};

const lookMs = 10_000;
/** The longest that a witness that does not answer is left alone. */
const mostWaitMs = 60 * 60_000;
/** One that refuses is asked again, so that it is seen when that is over. */
const refusedWaitMs = 5 * 60_000;

/**
 * Has witnesses sign every new head: those of the installation (SOTTO_WITNESSES) the tree of heads, those of an
 * organisation its own tree. Keeps what they signed, and writes down when one refuses.
 */
export function witnessAsker(ctx: AskerCtx): Reconciler {
  const known = { isSettingRead: false };
  return {
    name: 'witness-asker',
    everyMs: lookMs,
    async run() {
      if (!known.isSettingRead) await followSetting(ctx);
      known.isSettingRead = true;
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(sql`
        select organisation_id, id from sec.witnesses_due(${iso(ctx.clock.now())})`);
      let signed = 0;
      for (const { organisation_id: organisation, id } of due) {
        const isSigned = await askOne(ctx, organisation, id).catch((error: unknown) => {
          ctx.log('reconciler.failed', { name: 'witness-asker', organisation, ...errorWords(error) });
          return false;
        });
        signed += isSigned ? 1 : 0;
      }
      return signed;
    },
  };
}

/** The witnesses of the installation are those of its setting, no more and no fewer. */
async function followSetting(ctx: AskerCtx): Promise<void> {
  const { installation, config, clock } = ctx;
  const wanted = config.witnesses.map((one) => {
    const [url = '', key = ''] = one.split(' ');
    return { url, key };
  });
  await ctx.db.tenant(installation, async (tx) => {
    const there = await tx.rows<{ id: Id; url: string; key: string }>(sql`
      select id, url, key from app.log_witnesses where organisation_id = ${installation} and tree = 'heads'`);
    const actor = 'system' as const;
    for (const { id, url, key } of there) {
      if (wanted.some((one) => one.url === url && one.key === key)) continue;
      await tx.run(sql`delete from app.log_witnesses where organisation_id = ${installation} and id = ${id}`);
      await record(ctx, tx, { organisation: installation, actor, action: 'witness.removed', object: `witness:${id}` });
    }
    for (const { url, key } of wanted) {
      const name = noteKey(key)?.name;
      if (name === undefined || there.some((one) => one.url === url && one.key === key)) continue;
      const id = newId(ctx);
      const at = iso(clock.now());
      const made = await tx.maybe(sql`
        insert into app.log_witnesses (organisation_id, id, tree, url, key, name, added_at, added_by, due_at, state_at)
        values (${installation}, ${id}, 'heads', ${url}, ${key}, ${name}, ${at}, ${actor}, ${at}, ${at})
        on conflict (organisation_id, name) do nothing returning id`);
      if (made)
        await record(ctx, tx, { organisation: installation, actor, action: 'witness.added', object: `witness:${id}` });
    }
  });
}

type Asked = {
  readonly url: string;
  readonly key: string;
  readonly name: string;
  readonly tree: Tree['tree'];
  readonly old: number;
  readonly tries: number;
  readonly state: string;
};

type Ready = Asked & { readonly size: number; readonly note: string; readonly proof: readonly Buffer[] };

/** Asks one; a second time when it has another head than was known, as after an answer that got lost. */
async function askOne(ctx: AskerCtx, organisation: Id, id: Id): Promise<boolean> {
  const ready = await ctx.db.tenant(organisation, (tx) => readyIn(tx, organisation, id));
  if (!ready) return false;
  const first = await askWitness(ctx.http, ready);
  const again = first.is === 'has' && first.size <= ready.size ? first.size : undefined;
  const asked =
    again === undefined ? ready : await ctx.db.tenant(organisation, (tx) => readyIn(tx, organisation, id, again));
  const reply = again === undefined || !asked ? first : await askWitness(ctx.http, asked);
  await ctx.db.tenant(organisation, (tx) => keep(ctx, tx, { organisation, id, ready: asked ?? ready, reply }));
  return reply.is === 'signed';
}

async function readyIn(tx: Tx, organisation: Id, id: Id, has?: number): Promise<Ready | undefined> {
  const row = await tx.maybe<Asked>(sql`
    select url, key, name, tree, size as old, tries, state from app.log_witnesses
    where organisation_id = ${organisation} and id = ${id}`);
  const tree = row && { organisation, tree: row.tree };
  const head = tree && (await lastHead(tx, tree));
  if (!row || !tree || !head) return undefined;
  const old = Math.min(has ?? row.old, head.size);
  const proof = await consistencyProof(nodesOf(tx, tree, head.size), old, head.size);
  return { ...row, old, size: head.size, note: head.note, proof };
}

type Kept = { readonly organisation: Id; readonly id: Id; readonly ready: Ready; readonly reply: WitnessReply };

async function keep(ctx: AskerCtx, tx: Tx, { organisation, id, ready, reply }: Kept): Promise<void> {
  const now = ctx.clock.now();
  const tries = reply.is === 'unreachable' ? ready.tries + 1 : 0;
  const state = reply.is === 'has' ? 'refused' : reply.is;
  const why = reply.is === 'has' ? 'saw-larger' : reply.is === 'refused' ? reply.why : null;
  const size = reply.is === 'signed' ? ready.size : ready.old;
  await tx.run(sql`
    update app.log_witnesses set state = ${state}, why = ${why}, tries = ${tries}, due_at = ${iso(now + waitOf(reply, tries))},
      state_at = case when state is distinct from ${state} or why is distinct from ${why} then ${iso(now)}::timestamptz else state_at end,
      size = greatest(size, ${size}::bigint)
    where organisation_id = ${organisation} and id = ${id}`);
  if (reply.is === 'signed') {
    await tx.run(sql`
      insert into app.log_cosignatures (organisation_id, tree, size, witness, line, at)
      values (${organisation}, ${ready.tree}, ${ready.size}, ${ready.name}, ${reply.line}, ${iso(reply.at)})
      on conflict do nothing`);
  }
  if (state === 'refused' && ready.state !== 'refused') {
    await record(ctx, tx, {
      organisation,
      actor: 'system',
      action: 'witness.refused',
      object: `witness:${id}`,
      details: { why },
    });
  }
}

function waitOf(reply: WitnessReply, tries: number): number {
  if (reply.is === 'signed') return 0;
  return reply.is === 'unreachable' ? Math.min(30_000 * 2 ** Math.min(tries, 10), mostWaitMs) : refusedWaitMs;
}
