import type { Grants } from '#access';
import { problem } from '#base';

/** Whoever could decide about holds when their request came must still be able to. Throws `role-lacks-permission`. */
export function insistOnRole(grants: Grants): void {
  if (!grants['holds:write']) throw problem('role-lacks-permission', 'You may no longer decide about holds.');
}
