import { iso, newId, Personal, sql, type Config, type Ctx, type Id, type KeySubject, type Tx } from '#base';
import type { ModelAccess } from '#adapters/models';
import { record } from '#safeguards/audit';
import { seal, unseal, type Place } from '#safeguards/vault';
import type { By } from './by.ts';

type NewCredential = By & {
  readonly organisation: Id;
  /** File name of the model. */
  readonly vendor: string;
  readonly key: Personal;
  /** Another origin than the vendor's own, without a path. */
  readonly baseUrl?: string;
};

/** Connects the organisation's own account at a model vendor, or replaces its key. The key is sealed under one of its own. */
export async function setModelCredential(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, vendor, key, baseUrl, by = 'system', sender = {} }: NewCredential,
): Promise<Id> {
  const known = await tx.maybe<{ id: Id }>(sql`
    select id from app.model_credentials
    where organisation_id = ${organisation} and vendor = ${vendor} for update`);
  const id = known?.id ?? newId(ctx);
  const sealed = await seal(ctx, modelSubject(organisation, id), placeOf(id), key);
  await tx.run(sql`
    insert into app.model_credentials (organisation_id, id, vendor, key, base_url, created_at)
    values (${organisation}, ${id}, ${vendor}, ${sealed}, ${baseUrl ?? null}, ${iso(ctx.clock.now())})
    on conflict (organisation_id, vendor) do update set key = excluded.key, base_url = excluded.base_url,
      rotated_at = ${iso(ctx.clock.now())}, tested_at = null, test_result = null`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'credential.added',
    object: `credential:${id}`,
    details: { vendor, replaced: known !== undefined, ...sender },
  });
  return id;
}

/** Puts another key in the place of the one before; where the vendor is reached stays. */
export async function replaceModelKey(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, id, key }: { readonly organisation: Id; readonly id: Id; readonly key: Personal },
): Promise<void> {
  const sealed = await seal(ctx, modelSubject(organisation, id), placeOf(id), key);
  await tx.run(sql`
    update app.model_credentials
    set key = ${sealed}, rotated_at = ${iso(ctx.clock.now())}, tested_at = null, test_result = null
    where organisation_id = ${organisation} and id = ${id}`);
}

/**
 * How the organisation reaches a model vendor for the request at hand: by its own key, whose opening the audit log
 * tells, else by the installation's (SOTTO_OPENAI_KEY); undefined when there is neither.
 */
export async function modelAccess(
  ctx: Pick<Ctx, 'keys' | 'config' | 'clock' | 'random'>,
  tx: Tx,
  organisation: Id,
  vendor: string,
): Promise<ModelAccess | undefined> {
  const row = await tx.maybe<{ id: Id; key: Buffer; base_url: string | null }>(sql`
    select id, key, base_url from app.model_credentials
    where organisation_id = ${organisation} and vendor = ${vendor}`);
  if (!row) return installationsOwn(ctx.config, vendor);
  const key = await unseal(ctx, organisation, placeOf(row.id), row.key);
  await record(ctx, tx, {
    organisation,
    actor: 'system',
    action: 'credential.opened',
    object: `credential:${row.id}`,
    details: { vendor },
  });
  return { key, baseUrl: row.base_url ?? undefined };
}

/** Whether `modelAccess` would find one. Nothing is opened. */
export async function hasModelAccess(
  ctx: Pick<Ctx, 'config'>,
  tx: Tx,
  organisation: Id,
  vendor: string,
): Promise<boolean> {
  return (await modelAccessKind(ctx, tx, organisation, vendor)) !== undefined;
}

/** Whose key `modelAccess` would find: the organisation's own, or the installation's. */
export type AccessKind = 'own' | 'installation';

/** Which one it would be; undefined when there is none. Nothing is opened. */
export async function modelAccessKind(
  { config }: Pick<Ctx, 'config'>,
  tx: Tx,
  organisation: Id,
  vendor: string,
): Promise<AccessKind | undefined> {
  const row = await tx.maybe(sql`
    select id from app.model_credentials where organisation_id = ${organisation} and vendor = ${vendor}`);
  if (row) return 'own';
  return installationsOwn(config, vendor) && 'installation';
}

function installationsOwn(config: Config, vendor: string): ModelAccess | undefined {
  const key = vendor === 'openai' ? config.openaiKey : undefined;
  return key === undefined ? undefined : { key: new Personal(key), baseUrl: undefined };
}

/** The key that a model's key is sealed under. */
export function modelSubject(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'credential', id };
}

function placeOf(id: Id): Place {
  return { table: 'model_credentials', row: id, column: 'key' };
}
