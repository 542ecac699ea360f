import { useMe } from '../api/me.ts';

/** The roles, who may most first. */
export const roles = ['owner', 'admin', 'agent', 'viewer'] as const;

export type Role = (typeof roles)[number];

/** As what, and as whom, somebody belongs to the business they have chosen. */
export type Membership = { readonly role: string; readonly person: string };

/** Whoever uses the page, as a member. */
export function useMembership(): Membership {
  const { session } = useMe();
  const found = session.organisations.find(({ organisation }) => organisation === session.organisation);
  return { role: found?.role ?? 'viewer', person: found?.person ?? '' };
}

/** Only an owner gives the role of an owner, or changes somebody who has it. */
export function isBeyond(mine: Pick<Membership, 'role'>, role: Role): boolean {
  return role === 'owner' && mine.role !== 'owner';
}
