import { problem, sql, type Ctx, type Id } from '#base';
import { makeOrganisation, type OrganisationKind } from './organisations.ts';

/** The organisation that stands for the installation: what is nobody's in particular is audited here. */
export const instanceId: Id = '00000000-0000-7000-8000-000000000001';

/** Two organisations in every installation that must never see each other. Probes look, always. */
export const canaryIds: readonly [Id, Id] = [
  '00000000-0000-7000-8000-0000000000c1',
  '00000000-0000-7000-8000-0000000000c2',
];

const own: readonly { readonly id: Id; readonly kind: OrganisationKind; readonly name: string }[] = [
  { id: instanceId, kind: 'instance', name: 'This installation' },
  { id: canaryIds[0], kind: 'canary', name: 'First canary' },
  { id: canaryIds[1], kind: 'canary', name: 'Second canary' },
];

/**
 * Makes what every installation has, once, and joins the database to the keystore it was first opened with.
 * `keystore-missing` when another keystore is open now: its keys would open nothing, and new data would be split
 * between two.
 */
export async function ensureInstance(ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>): Promise<void> {
  const joined = await joinedKeystore(ctx);
  if (joined !== undefined) refuseOther(ctx, joined);
  for (const one of own) await makeOrganisation(ctx, { ...one, timeZone: 'Etc/UTC', language: 'en', region: 'US' });
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.installation (organisation_id, keystore_id, created_at)
      values (${instanceId}, ${ctx.keys.id}, ${new Date(ctx.clock.now())})
      on conflict (organisation_id) do nothing`),
  );
  // Two first starts at once: the slower one finds the keystore of the faster.
  refuseOther(ctx, await joinedKeystore(ctx));
}

async function joinedKeystore(ctx: Pick<Ctx, 'db'>): Promise<Id | undefined> {
  const row = await ctx.db.tenant(instanceId, (tx) =>
    tx.maybe<{ keystore_id: Id }>(sql`
      select keystore_id from app.installation where organisation_id = ${instanceId}`),
  );
  return row?.keystore_id;
}

function refuseOther({ keys }: Pick<Ctx, 'keys'>, joined: Id | undefined): void {
  if (joined === keys.id) return;
  throw problem(
    'keystore-missing',
    `This database belongs to keystore ${joined ?? 'unknown'}, and ${keys.id} is open. Put the keystore file of this ` +
      'database back (from its own backup) as keys/keystore.db under SOTTO_DATA_DIR. Without it, what is sealed stays unreadable.',
  );
}
