import { iso, kebab, sql, type Ctx, type Id, type OutsideProcessor, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { sureTime } from '#safeguards/vault';
import { connectedTo, enabledIn, standInsFor, type Enabled } from './enabled.ts';
import { entryOf, type DecidedBy, type Entry } from './entry.ts';
import { beginUse, isUsable, lockRegister, openUses, type Use } from './uses.ts';
import { publish, versionOf } from './versions.ts';

/** `db` is that of the jobs, or of a command. */
export type ObserveCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'db' | 'config'>;

/**
 * Holds the register against the settings of this process and what organisations have connected: what changed becomes a
 * version; a processor that is new begins to wait, or is used at once where nobody is affected. The very first look at an
 * installation takes down what is in use already. Can be repeated, and runs beside itself.
 */
export async function observe(ctx: ObserveCtx): Promise<void> {
  const chosen = await enabledIn(ctx.config);
  const standIns = await standInsFor(ctx.config);
  await ctx.db.tenant(instanceId, async (tx) => {
    await lockRegister(tx);
    const isFirst = (await versionOf(tx, instanceId)) === undefined;
    const before = await openUses(tx);
    for (const one of chosen) {
      if (!before.some(({ party }) => party === one.party)) await begin(ctx, tx, { enabled: one, isFirst });
    }
    const uses = await openUses(tx);
    const now = await sureTime(ctx);
    const isWaiting = chosen.some((one) => one.does === 'mail' && !mayBeUsed(one, uses, now));
    const enabled = [...chosen, ...(isWaiting ? standIns.filter((one) => mayBeUsed(one, uses, now)) : [])];
    await publishAll(ctx, tx, enabled);
    for (const use of uses) if (!enabled.some(({ party }) => party === use.party)) await endUse(ctx, tx, use);
  });
}

/** What organisations connect and disconnect makes a version as well; the settings are those of the version before. */
export async function observeConnected(ctx: ObserveCtx): Promise<void> {
  const connected = await connectedBy(ctx);
  await ctx.db.tenant(instanceId, async (tx) => {
    await lockRegister(tx);
    const last = await versionOf(tx, instanceId);
    if (!last) return;
    const own = last.entries.filter(({ by }) => by.includes('installation'));
    const kept = own.map((one): Entry => ({ ...one, by: ['installation'] }));
    const entries = merged(kept, [...connected.values()].flat());
    await publish(ctx, tx, { organisation: instanceId, entries });
  });
  await publishOwn(ctx, connected);
}

function mayBeUsed({ party }: Enabled, uses: readonly Use[], now: number): boolean {
  return uses.some((use) => use.party === party && isUsable(use, now));
}

async function publishAll(ctx: ObserveCtx, tx: Tx, enabled: readonly Enabled[]): Promise<void> {
  const own = enabled.map(({ processor }) => entryOf(processor, ['installation']));
  const connected = [...(await connectedBy(ctx)).values()].flat();
  await publish(ctx, tx, { organisation: instanceId, entries: merged(own, connected) });
}

/** One entry for each processor; hosts and deciders of both. */
function merged(own: readonly Entry[], connected: readonly OutsideProcessor[]): readonly Entry[] {
  const all = [...own, ...connected.map((one) => entryOf(one, ['organisations']))];
  return [...Map.groupBy(all, ({ id }) => id).values()].map((same) => ({
    ...same[0]!,
    by: unique(same.flatMap(({ by }) => by)) as readonly DecidedBy[],
    hosts: unique(same.flatMap(({ hosts }) => hosts)),
  }));
}

function unique(all: readonly string[]): readonly string[] {
  return [...new Set(all)].toSorted();
}

type Connected = {
  readonly organisation_id: Id;
  readonly kind: 'carrier' | 'model';
  readonly vendor: string;
  readonly is_made_up: boolean;
};

/**
 * Who gets data because an organisation connected its own account there, by organisation. The demo's at a telephone company
 * is made up: that company is listed once it was spoken to. Calls of the emulated carrier reach nobody.
 */
async function connectedBy(ctx: ObserveCtx): Promise<ReadonlyMap<Id, readonly OutsideProcessor[]>> {
  const rows = await ctx.db.find<Connected>(
    sql`select organisation_id, kind, vendor, is_made_up from sec.register_connected()`,
  );
  const spoken = rows.some((row) => row.is_made_up) ? await hostsSpokenTo(ctx) : [];
  const known = await Promise.all(rows.map(async (row) => ({ row, processors: await connectedTo(ctx.config, row) })));
  const outside = known.filter(
    ({ row, processors: [processor] }) =>
      processor && (!row.is_made_up || processor.hosts.some((host) => spoken.includes(host))),
  );
  const found = Map.groupBy(outside, ({ row }) => row.organisation_id);
  return new Map([...found].map(([organisation, all]) => [organisation, all.flatMap(({ processors }) => processors)]));
}

async function hostsSpokenTo({ db }: ObserveCtx): Promise<readonly string[]> {
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<{ host: string }>(sql`
      select host from app.egress_books where organisation_id = ${instanceId} and outcome = 'sent' limit 10000`),
  );
  return rows.map(({ host }) => host);
}

/** An organisation that connects an account of its own has decided it itself: a version of its register, and no wait. */
async function publishOwn(ctx: ObserveCtx, connected: ReadonlyMap<Id, readonly OutsideProcessor[]>): Promise<void> {
  const heads = await ctx.db.find<{ organisation_id: Id }>(sql`select organisation_id from sec.register_heads()`);
  const all = new Set([...connected.keys(), ...heads.map((row) => row.organisation_id)]);
  all.delete(instanceId);
  for (const organisation of all) {
    const entries = merged([], connected.get(organisation) ?? []);
    await ctx.db.tenant(organisation, async (tx) => {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`register:${organisation}`}, 0))`);
      await publish(ctx, tx, { organisation, entries });
    });
  }
}

async function begin(
  ctx: ObserveCtx,
  tx: Tx,
  { enabled: { processor, party }, isFirst }: { readonly enabled: Enabled; readonly isFirst: boolean },
): Promise<void> {
  const affected = await affectedUntil(tx, ctx.clock.now());
  const why = isFirst ? 'already' : affected.length === 0 ? 'nobody-affected' : 'told';
  const { name } = processor;
  const id = await beginUse(ctx, tx, { processor: kebab(name), party, name, why });
  const action = why === 'told' ? 'processor.announced' : 'processor.used';
  const details = { processor: kebab(name), why, affected: affected.length };
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action, object: `processor-use:${id}`, details });
}

/** Whose data a processor of the installation gets: every customer there was by then but the operator's own organisation. */
export function affectedUntil(tx: Pick<Tx, 'rows'>, until: number): Promise<readonly { readonly id: Id }[]> {
  return tx.rows<{ id: Id }>(sql`select id from sec.register_affected(${iso(until)})`);
}

async function endUse(ctx: ObserveCtx, tx: Tx, { id, processor }: Use): Promise<void> {
  await tx.run(sql`
    update app.register_uses set ended_at = ${iso(ctx.clock.now())}
    where organisation_id = ${instanceId} and id = ${id} and ended_at is null`);
  const object = `processor-use:${id}` as const;
  const details = { processor };
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'processor.ended', object, details });
}
