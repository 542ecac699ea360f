import { covers, grantsOfRole, grantsOfScopes, type Role } from '#access';
import type { Id } from '#base';

/** What a key was made for, by whom, and what that person is at the moment. */
export type KeyScopes = {
  readonly scopes: readonly string[];
  /** Null: the operator. */
  readonly made_by: Id | null;
  /** Null where `made_by` is, and for somebody who is gone. */
  readonly maker_role: Role | null;
};

/**
 * The scopes that count: those that its maker could still give. A key outlives a change of role, and must not be the
 * way round it.
 */
export function scopesNow({ scopes, made_by, maker_role }: KeyScopes): string[] {
  if (made_by === null) return [...scopes];
  const mine = maker_role === null ? {} : grantsOfRole(maker_role);
  return scopes.filter((scope) => covers(mine, grantsOfScopes([scope])));
}
