import { grantsOfScopes } from '#access';
import type { Ctx } from '#base';
import type { Asker } from '#edge';
import { apiKeyHolder } from './api-keys.ts';

/** Who holds that API key; undefined for every key that does not count, whatever the reason. */
export async function askerByKey(ctx: Pick<Ctx, 'db' | 'keys'>, key: string): Promise<Asker | undefined> {
  const holder = await apiKeyHolder(ctx, key);
  if (!holder) return undefined;
  const { organisation, keyId, scopes } = holder;
  return { who: { organisation, actor: `api-key:${keyId}`, grants: grantsOfScopes(scopes) }, signedIn: undefined };
}
