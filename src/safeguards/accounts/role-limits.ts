import { covers, grantsOfRole, type Grants, type Role } from '#access';
import { problem } from '#base';

/** Throws `beyond-your-role` for a role that may do what these grants may not: it is not for them to give or to change. */
export function refuseBeyond(grants: Grants, role: Role): void {
  if (covers(grants, grantsOfRole(role))) return;
  throw problem(
    'beyond-your-role',
    `The role "${role}" may do more than you: only who may do all of it can give it, or change someone who has it.`,
  );
}
