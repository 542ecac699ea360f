import { isProblem, type Ctx, type Id, type KeySubject, type Personal } from '#base';
import { seal, unseal, type Place } from './seal.ts';

/** `seal` for a value that need not be there: a column stays null without one, and no key is made. */
export async function sealGiven(
  ctx: Pick<Ctx, 'keys' | 'random'>,
  subject: KeySubject,
  place: Place,
  plain: string | Personal | undefined,
): Promise<Buffer | null> {
  return plain === undefined ? null : seal(ctx, subject, place, plain);
}

/** `unseal` for showing: null for what was never given and for what was erased. Throws `content-damaged` as `unseal` does. */
export async function unsealKept(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  place: Place,
  sealed: Buffer | null,
): Promise<Personal | null> {
  if (sealed === null) return null;
  try {
    return await unseal(ctx, organisation, place, sealed);
  } catch (error) {
    if (isProblem(error, 'content-erased')) return null;
    throw error;
  }
}
