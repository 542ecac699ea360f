import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ctx } from '#base';

/** Crockford's base 32: no letter that can be taken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * What the start of an installation prints for whoever makes its first account from elsewhere: 60 bits that follow from
 * the root key, so that every start and every process prints the same. Worth nothing once there is an account.
 */
export function firstRunCode({ keys }: Pick<Ctx, 'keys'>): string {
  const bytes = createHmac('sha256', keys.derive('first-run')).update('code').digest();
  const letters = Array.from(bytes.subarray(0, 12), (byte) => alphabet[byte % 32]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** True for that code, however it was typed: small, without dashes, with O for 0. Takes as long for every wrong one. */
export function isFirstRunCode(ctx: Pick<Ctx, 'keys'>, typed: string): boolean {
  const hash = (text: string) => createHmac('sha256', ctx.keys.derive('first-run')).update(text).digest();
  return timingSafeEqual(hash(plainly(typed)), hash(plainly(firstRunCode(ctx))));
}

function plainly(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
