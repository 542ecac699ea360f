import { iso, newId, problem, sql, type Certification, type Ctx, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Actor } from '#safeguards/audit';

/** A company that runs machines, networks or disks of this installation, as the operator says it. Times in milliseconds. */
export type Hosting = {
  readonly id: Id;
  readonly name: string;
  readonly does: string;
  readonly region: string;
  readonly website: string | null;
  readonly certifications: readonly Certification[];
  readonly declaredAt: number;
  readonly confirmedAt: number;
};

type Row = Omit<Hosting, 'declaredAt' | 'confirmedAt'> & { readonly declared_at: Date; readonly confirmed_at: Date };

type Declared = Pick<Hosting, 'name' | 'does' | 'region' | 'website' | 'certifications'>;
type HandCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>;

/** Those that are declared, by name. */
export async function hostingOf(tx: Tx): Promise<readonly Hosting[]> {
  const rows = await tx.rows<Row>(sql`
    select id, name, does, region, website, certifications, declared_at, confirmed_at from app.register_hosting
    where organisation_id = ${instanceId} and removed_at is null order by lower(name)`);
  return rows.map(({ declared_at: declared, confirmed_at: confirmed, ...row }) => ({
    ...row,
    declaredAt: declared.getTime(),
    confirmedAt: confirmed.getTime(),
  }));
}

/** Says who runs machines of this installation, or says it anew: another entry of that name is replaced. */
export async function declareHosting(ctx: HandCtx, actor: Actor, declared: Declared): Promise<void> {
  const { name, does, region, website, certifications } = declared;
  const now = iso(ctx.clock.now());
  await ctx.db.tenant(instanceId, async (tx) => {
    await removeRow(tx, name, now);
    const id = newId(ctx);
    await tx.run(sql`
      insert into app.register_hosting (organisation_id, id, name, does, region, website, certifications, declared_at,
        confirmed_at)
      values (${instanceId}, ${id}, ${name}, ${does}, ${region}, ${website}, ${JSON.stringify(certifications)}, ${now}, ${now})`);
    await write(ctx, tx, { actor, action: 'hosting.declared', name, id });
  });
}

/** Says that everything declared is still so. `not-found` when nothing is. */
export async function confirmHosting(ctx: HandCtx, actor: Actor): Promise<number> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const all = await hostingOf(tx);
    if (all.length === 0) throw problem('not-found', 'Nothing is declared: ./sotto processors host add …');
    await tx.run(sql`
      update app.register_hosting set confirmed_at = ${iso(ctx.clock.now())}
      where organisation_id = ${instanceId} and removed_at is null`);
    for (const { name, id } of all) await write(ctx, tx, { actor, action: 'hosting.declared', name, id });
    return all.length;
  });
}

/** Takes one off. Throws `not-found`. */
export async function removeHosting(ctx: HandCtx, actor: Actor, name: string): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    const id = await removeRow(tx, name, iso(ctx.clock.now()));
    if (id === undefined) throw problem('not-found', 'No company of that name is declared.');
    await write(ctx, tx, { actor, action: 'hosting.removed', name, id });
  });
}

async function removeRow(tx: Tx, name: string, now: string): Promise<Id | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    update app.register_hosting set removed_at = ${now}
    where organisation_id = ${instanceId} and lower(name) = lower(${name}) and removed_at is null returning id`);
  return row?.id;
}

type Change = {
  readonly actor: Actor;
  readonly action: 'hosting.declared' | 'hosting.removed';
  readonly name: string;
  readonly id: Id;
};

async function write(ctx: HandCtx, tx: Tx, { actor, action, name, id }: Change): Promise<void> {
  const object = `hosting:${id}` as const;
  await record(ctx, tx, { organisation: instanceId, actor, action, object, details: { name } });
}
