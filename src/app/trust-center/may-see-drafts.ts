import type { Id } from '#base';
import { cookieNames, tokensIn, type RouteRequest } from '#edge';
import { askerBySession } from '#safeguards/identity';
import { isAtThisMachine } from '../entry/at-this-machine.ts';

type Ctx = Parameters<typeof askerBySession>[0] & { readonly publicUrl: () => string };

/** Who may see trust pages before they are published: somebody at this machine, and who is signed in; of an organisation, in that one. */
export function maySeeDrafts(ctx: Ctx) {
  return async (request: Pick<RouteRequest, 'headers' | 'from'>, organisation?: Id): Promise<boolean> => {
    if (isAtThisMachine(ctx.config, request)) return true;
    const [token, ...others] = tokensIn(ctx.publicUrl(), cookieNames[0], request.headers.cookie);
    if (token === undefined || others.length > 0) return false;
    // Looking at a page is nothing that somebody does: it does not keep their session alive.
    const asker = await askerBySession(ctx, token, request.from, { isIdle: true });
    return asker !== undefined && (organisation === undefined || asker.who?.organisation === organisation);
  };
}
