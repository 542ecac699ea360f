import { covers, ruleOf, type Permission } from '#access';
import type { ProblemCode } from '#base';
import type { May } from '#edge';
import type { Case } from './case.ts';
import type { Persona } from './persona.ts';

/**
 * What the matrix and the declaration say of somebody at the door of a route: through, or the code of the refusal. The
 * handler has no part in it.
 */
export function atTheDoor(may: May, as: Persona): 'through' | ProblemCode {
  if (typeof may === 'string') return 'through';
  if ('session' in may) return atSession(may.session === 'fresh', as);
  return atOrganisation(may, as);
}

function atSession(mustBeFresh: boolean, { kind, isFresh }: Persona): 'through' | ProblemCode {
  if (kind === 'nobody') return 'sign-in-needed';
  if (kind === 'key') return 'session-needed';
  return mustBeFresh && !isFresh ? 'step-up-needed' : 'through';
}

function atOrganisation(
  { scope, by }: { readonly scope: Permission; readonly by?: 'people' },
  { kind, grants, isFresh }: Persona,
): 'through' | ProblemCode {
  if (kind === 'nobody') return 'key-invalid';
  if (!grants) return 'organisation-needed';
  if (!grants[scope]) return kind === 'key' ? 'key-lacks-scope' : 'role-lacks-permission';
  if (kind === 'key' && by === 'people') return 'session-needed';
  return kind === 'session' && ruleOf(scope).isFresh && !isFresh ? 'step-up-needed' : 'through';
}

/** What a right request of somebody who is through comes to: success, or that they lack what they want to give. */
export function inside({ ok, covers: wanted }: Case, { grants }: Persona): number | ProblemCode {
  if (!wanted || (grants && covers(grants, wanted.grants))) return ok;
  return wanted.otherwise;
}

/** True when somebody may see only what is their own under the permission of a route. */
export function seesOnlyOwn(may: May, { grants }: Persona): boolean {
  return typeof may === 'object' && 'scope' in may && grants?.[may.scope] === 'own';
}
