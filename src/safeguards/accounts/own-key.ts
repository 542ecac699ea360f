import type { Ctx, Id, Tx } from '#base';
import { notify } from '#safeguards/notices';
import { makeApiKey } from './api-keys.ts';
import { lockedGrants, personBehind, type Asking } from './by.ts';
import { organisation as loadOrganisation } from './organisations.ts';
import { boundsOf, refuseUnbound } from './key-bounds.ts';
import { findPerson } from './people.ts';

/** What somebody wants of a key; the rest follows from who they are. */
type Wanted = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: number | undefined;
  readonly addresses?: readonly string[] | undefined;
};

/**
 * Makes a key for whoever asks: it may do what they may at this moment, and no more, and ends when they leave. One
 * that a key makes is bound as that key is. The
 * person behind it gets a mail, so that a key which somebody else made in their name is noticed. Throws as `makeApiKey`.
 */
export async function makeOwnKey(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who, sender }: Asking,
  wanted: Wanted,
): Promise<{ id: Id; key: string }> {
  const { organisation, actor: by } = who;
  const within = await lockedGrants(ctx, tx, who);
  const mine = await boundsOf(tx, who);
  const bounds = { expiresAt: wanted.expiresAt ?? mine.expiresAt, addresses: wanted.addresses ?? mine.addresses };
  refuseUnbound(mine, bounds);
  const madeBy = await personBehind(tx, who);
  const made = await makeApiKey(ctx, tx, { ...wanted, ...bounds, organisation, within, madeBy, by, sender });
  const person = madeBy === undefined ? undefined : await findPerson(ctx, tx, organisation, madeBy);
  if (person?.email) {
    const { language } = await loadOrganisation(tx, organisation);
    await notify(ctx, tx, {
      organisation,
      to: person.email,
      language,
      notice: { kind: 'key-made', name: wanted.name },
    });
  }
  return made;
}
