import { grantsOfScopes } from '#access';
import type { Ctx } from '#base';
import type { Asker, Sender } from '#edge';
import { apiKeyHolder } from './api-key-use.ts';

/** Who holds that API key, and may use it from there; undefined, or a problem, as `apiKeyHolder` says. */
export async function askerByKey(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock'>,
  key: string,
  from: Pick<Sender, 'address'>,
): Promise<Asker | undefined> {
  const holder = await apiKeyHolder(ctx, key, from);
  if (!holder) return undefined;
  const { organisation, keyId, scopes } = holder;
  return { who: { organisation, actor: `api-key:${keyId}`, grants: grantsOfScopes(scopes) }, signedIn: undefined };
}
