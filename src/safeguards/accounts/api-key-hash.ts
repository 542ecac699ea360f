import { createHmac } from 'node:crypto';
import type { Ctx } from '#base';

/** HMAC-SHA-256 under a key that is not in the database: a stolen table can be tried against nothing. */
export function hashOfKey({ keys }: Pick<Ctx, 'keys'>, key: string): Buffer {
  return createHmac('sha256', keys.derive('api-key')).update(key).digest();
}
