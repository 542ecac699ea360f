import { problem } from '#base';
import type { Admit, Admitted } from './admit.ts';
import { rates, type Rate, type RateName } from './rates.ts';

/**
 * Counts one request and throws `rate-limited` when there were too many. For handlers of carriers, once the signature
 * has told whose call it is: `await insist(ctx.admit, 'live-call', organisation)`.
 */
export async function insist(admit: Admit, name: RateName, of: string): Promise<void> {
  refuse(name, await admit(name, of));
}

/** Throws when the answer was no. */
export function refuse(name: RateName, admitted: Admitted): void {
  if (admitted.ok) return;
  throw problem(
    'rate-limited',
    `There may be ${rates[name].say}, not more. Wait as many seconds as Retry-After says.`,
    { retryAfterMs: admitted.retryAfterMs },
  );
}

/**
 * How much of a limit is left, for programs that would rather slow down than be refused
 * (draft-ietf-httpapi-ratelimit-headers-10: `q` requests in `w` seconds, `r` left, `t` seconds until there is room).
 */
export function rateHeaders(name: RateName, admitted: Admitted): Record<string, string> {
  const { count, seconds }: Rate = rates[name];
  const left = admitted.ok ? `r=${admitted.left}` : `r=0;t=${Math.max(1, Math.ceil(admitted.retryAfterMs / 1000))}`;
  return { 'ratelimit-policy': `"${name}";q=${count};w=${seconds}`, 'ratelimit': `"${name}";${left}` };
}
