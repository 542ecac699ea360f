import type { Cancel, Ctx } from '#base';
import { carrierAccount, type AccountVersion, type OpenedAccount } from './carrier-accounts.ts';

/** Verification keys that are open for a moment, so that a busy line does not cost one opening per webhook. */
export type Credentials = {
  /** As `carrierAccount`; at most a minute old, and never of another version than the one asked for. */
  get(account: AccountVersion): Promise<OpenedAccount>;
  /** How many openings there were. */
  openings(): number;
};

type Kept = { readonly account: Promise<OpenedAccount>; readonly forget: Cancel; uses: number };

const minute = 60_000;

/**
 * Opens accounts and keeps each for a minute from its opening, at most `most` of them. The app owns the value. Whoever
 * asks has just read the version from the database, so a token that was replaced or revoked anywhere is not used again.
 * The audit log has one entry an opening, which is one a minute, with how often the opening before was used.
 */
export function openCredentials(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>,
  { most = 1_000 } = {},
): Credentials {
  const kept = new Map<string, Kept>();
  const used = new Map<string, number>();
  let openings = 0;
  const remove = (name: string, uses = 0) => {
    const entry = kept.get(name);
    entry?.forget();
    kept.delete(name);
    used.delete(name);
    if (!entry || uses === 0) return;
    if (used.size >= most) used.delete(used.keys().next().value!);
    used.set(name, uses);
  };
  const open = (account: AccountVersion, name: string): Kept => {
    openings += 1;
    const opened = carrierAccount(ctx, account, { for: 'verification', uses: used.get(name) ?? 0 });
    const entry: Kept = { account: opened, forget: ctx.clock.after(minute, () => remove(name, entry.uses)), uses: 0 };
    if (kept.size >= most) remove(kept.keys().next().value!);
    kept.set(name, entry);
    // A failure is not kept; whoever replaced the entry meanwhile is not disturbed.
    opened.catch(() => {
      if (kept.get(name) === entry) remove(name);
    });
    return entry;
  };
  return {
    get(account) {
      const name = `${account.organisation}/${account.accountId}/${account.version}`;
      const entry = kept.get(name) ?? open(account, name);
      entry.uses += 1;
      return entry.account;
    },
    openings: () => openings,
  };
}
