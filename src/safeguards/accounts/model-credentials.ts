import { iso, newId, Personal, sql, type Config, type Ctx, type Id, type KeySubject, type Tx } from '#base';
import type { ModelAccess } from '#adapters/models';
import { record, type Actor } from '#safeguards/audit';
import { seal, unseal, type Place } from '#safeguards/vault';

type NewCredential = {
  readonly organisation: Id;
  /** File name of the model. */
  readonly vendor: string;
  readonly key: Personal;
  /** Another origin than the vendor's own, without a path. */
  readonly baseUrl?: string;
  readonly by?: Actor;
};

/** Connects the organisation's own account at a model vendor, or replaces its key. The key is sealed under one of its own. */
export async function setModelCredential(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, vendor, key, baseUrl, by = 'system' }: NewCredential,
): Promise<Id> {
  const known = await tx.maybe<{ id: Id }>(sql`
    select id from app.model_credentials
    where organisation_id = ${organisation} and vendor = ${vendor} for update`);
  const id = known?.id ?? newId(ctx);
  const sealed = await seal(ctx, subjectOf(organisation, id), placeOf(id), key);
  await tx.run(sql`
    insert into app.model_credentials (organisation_id, id, vendor, key, base_url, created_at)
    values (${organisation}, ${id}, ${vendor}, ${sealed}, ${baseUrl ?? null}, ${iso(ctx.clock.now())})
    on conflict (organisation_id, vendor) do update set key = excluded.key, base_url = excluded.base_url`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'credential.added',
    object: `credential:${id}`,
    details: { vendor, replaced: known !== undefined },
  });
  return id;
}

/**
 * How the organisation reaches a model vendor: by its own key, else by the installation's (SOTTO_OPENAI_KEY);
 * undefined when there is neither.
 */
export async function modelAccess(
  ctx: Pick<Ctx, 'keys' | 'config'>,
  tx: Tx,
  organisation: Id,
  vendor: string,
): Promise<ModelAccess | undefined> {
  const row = await tx.maybe<{ id: Id; key: Buffer; base_url: string | null }>(sql`
    select id, key, base_url from app.model_credentials
    where organisation_id = ${organisation} and vendor = ${vendor}`);
  if (!row) return installationsOwn(ctx.config, vendor);
  const key = await unseal(ctx, organisation, placeOf(row.id), row.key);
  return { key, baseUrl: row.base_url ?? undefined };
}

function installationsOwn(config: Config, vendor: string): ModelAccess | undefined {
  const key = vendor === 'openai' ? config.openaiKey : undefined;
  return key === undefined ? undefined : { key: new Personal(key), baseUrl: undefined };
}

function subjectOf(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'credential', id };
}

function placeOf(id: Id): Place {
  return { table: 'model_credentials', row: id, column: 'key' };
}
