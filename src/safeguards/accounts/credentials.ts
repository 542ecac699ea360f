import type { Cancel, Ctx, Id } from '#base';
import { carrierAccount, type OpenedAccount } from './carrier-accounts.ts';

/** Verification keys that are open for a moment, so that a busy line does not cost one opening per webhook. */
export type Credentials = {
  /** As `carrierAccount`; at most a minute old. */
  get(organisation: Id, accountId: Id): Promise<OpenedAccount>;
  /** Forgets one at once: call it when the account was replaced or removed in this process. */
  drop(organisation: Id, accountId: Id): void;
  /** How many openings there were; they are counted, not audited one by one. */
  openings(): number;
};

type Kept = { readonly account: Promise<OpenedAccount>; readonly forget: Cancel };

const minute = 60_000;

/**
 * Opens accounts and keeps each for a minute from its opening, at most `most` of them. The app owns the value; another
 * process that replaces a token is followed when the minute is over.
 */
export function openCredentials(ctx: Pick<Ctx, 'db' | 'keys' | 'clock'>, { most = 1_000 } = {}): Credentials {
  const kept = new Map<string, Kept>();
  let openings = 0;
  const remove = (name: string) => {
    kept.get(name)?.forget();
    kept.delete(name);
  };
  const open = (organisation: Id, accountId: Id, name: string): Promise<OpenedAccount> => {
    openings += 1;
    const account = carrierAccount(ctx, organisation, accountId);
    const entry = { account, forget: ctx.clock.after(minute, () => remove(name)) };
    if (kept.size >= most) remove(kept.keys().next().value!);
    kept.set(name, entry);
    // A failure is not kept; whoever dropped or replaced the entry meanwhile is not disturbed.
    account.catch(() => {
      if (kept.get(name) === entry) remove(name);
    });
    return account;
  };
  return {
    get(organisation, accountId) {
      const name = nameOf(organisation, accountId);
      return kept.get(name)?.account ?? open(organisation, accountId, name);
    },
    drop: (organisation, accountId) => remove(nameOf(organisation, accountId)),
    openings: () => openings,
  };
}

function nameOf(organisation: Id, accountId: Id): string {
  return `${organisation}/${accountId}`;
}
