import { canonical, type Id, type Random } from '#base';
import { gcmOpen, gcmSeal } from '#adapters/keys';
import { damaged } from './failures.ts';
import type { ContentRow, EpochKey, OrganisationKey } from './rows.ts';

/**
 * The place of each wrapped key, bound to it as associated data: a wrapped key that is moved to another row,
 * parent or keystore opens nothing.
 */
export const places = {
  sentinel: (keystore: Id) => canonical(['sentinel', keystore]),
  seed: (keystore: Id) => canonical(['seed', keystore]),
  organisation: (keystore: Id, row: Pick<OrganisationKey, 'id' | 'organisation'>) =>
    canonical(['organisation', keystore, row.organisation, hex(row.id)]),
  index: (parent: Pick<OrganisationKey, 'id'>, purpose: string) => canonical(['index', hex(parent.id), purpose]),
  epoch: (parent: Pick<OrganisationKey, 'id'>, row: Omit<EpochKey, 'wrapped'>) =>
    canonical(['epoch', hex(parent.id), row.kind, row.day, hex(row.id)]),
  content: (parent: Omit<EpochKey, 'wrapped'>, row: Omit<ContentRow, 'wrapped'>) =>
    canonical(['content', hex(parent.id), row.organisation, row.kind, row.subject, row.slot, hex(row.id)]),
};

/** `secret` under the key of its parent, for its place. */
export function wrapKey(parent: Buffer, secret: Buffer, place: string, random: Random): Buffer {
  return gcmSeal(parent, { nonce: random.bytes(12), plain: secret, context: Buffer.from(place) });
}

/** Throws `keystore-unavailable` when the wrapped key is not what was written at that place. */
export function unwrapKey(parent: Buffer, wrapped: Buffer, place: string): Buffer {
  const secret = gcmOpen(parent, wrapped, Buffer.from(place));
  if (!secret) throw damaged();
  return secret;
}

function hex(id: Buffer): string {
  return id.toString('hex');
}
