import type { Permission } from '#access';
import type { Id, Sql } from '#base';
import type { Who } from '#edge';
import { ownCalls, type Contents } from '#secretary/calls';

/** What names the calls that `who` may see under a permission; undefined: all of the organisation. */
export function callsOf(who: Who, permission: Permission): Sql | undefined {
  return who.grants[permission] === 'all' ? undefined : ownCalls(who.organisation, personOf(who));
}

/** The person whose own calls `who` may see under a permission, and no others; undefined: all of the organisation. */
export function onlyOf(who: Who, permission: Permission): Id | undefined {
  return who.grants[permission] === 'all' ? undefined : personOf(who);
}

/** Of which calls `who` may read what was said in them. */
export function contentsFor(who: Who): Contents {
  const reach = who.grants['transcripts:read'];
  if (reach === undefined) return 'none';
  return reach === 'all' ? 'all' : { of: personOf(who) };
}

/** Nothing is a key's own: the calls of its id are none. */
function personOf({ actor }: Who): string {
  return actor.slice(actor.indexOf(':') + 1);
}
