import type { Permission } from '#access';
import { isId, sql, type Db, type Id, type Sql, type Tx } from '#base';
import type { Who } from '#edge';
import { appointmentsAmong } from '#secretary/appointments';
import { leadsAmong } from '#secretary/contacts';
import { messagesAmong } from '#secretary/messages';
import { recordingsAmong } from '#secretary/recordings';
import { callsOf } from '../api/calls-of.ts';

/** Something that has changed, for who may see it. */
export type Changed = { readonly kind: string; readonly id: string };

type Among = (tx: Tx, organisation: Id, ids: readonly Id[], calls: Sql) => Promise<readonly Id[]>;

/** What one must be allowed to, and, where only what is one's own is seen, which of some things came of own calls. */
type Kind = { readonly may: Permission; readonly among?: Among };

/** Every kind that screens are told of. What is not here is nobody's business. */
const kinds: Readonly<Record<string, Kind>> = {
  'agent': { may: 'agents:read' },
  'api-key': { may: 'keys:read' },
  'appointment': { may: 'appointments:read', among: appointmentsAmong },
  'call': { may: 'calls:read', among: callsAmong },
  'credential': { may: 'credentials:read' },
  'erasure': { may: 'erasures:read' },
  'hold': { may: 'holds:read' },
  'invitation': { may: 'team:read' },
  'lead': { may: 'leads:read', among: leadsAmong },
  'line': { may: 'lines:read' },
  'message': { may: 'messages:read', among: messagesAmong },
  'organisation': { may: 'organisation:read' },
  'person': { may: 'team:read' },
  'recording': { may: 'recordings:read', among: recordingsAmong },
};

/**
 * Of what has changed in an organisation, what `who` may see: by their permissions, and where those reach no further,
 * by whose calls it came of. What is of the installation is everybody's. An own call that is another's now is not named
 * any more: then everything is to be looked at again.
 */
export async function readable(
  { db }: { readonly db: Db },
  who: Who,
  objects: readonly string[] | 'everything',
): Promise<readonly Changed[] | 'everything'> {
  if (objects === 'everything' || objects.includes(who.actor.replace(/^person:/, 'own:'))) return 'everything';
  const byKind = Map.groupBy(objects.map(changedOf), ({ kind }) => kind);
  const seen: Changed[] = [...(byKind.get('claims') ?? [])];
  const own: (readonly [Kind, readonly Changed[]])[] = [];
  for (const [name, changed] of byKind) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    const reach = kind && who.grants[kind.may];
    if (reach === 'all') seen.push(...changed);
    if (kind && reach === 'own') own.push([kind, changed]);
  }
  return own.length === 0 ? seen : [...seen, ...(await ownAmong(db, who, own))];
}

/** Whether there is anything in it for somebody who may do so much. */
export function isOfInterest({ grants, actor }: Who, objects: readonly string[] | 'everything'): boolean {
  if (objects === 'everything') return true;
  return objects.some((object) => {
    const { kind } = changedOf(object);
    const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return kind === 'claims' || object === actor.replace(/^person:/, 'own:') || (known && grants[known.may]);
  });
}

function changedOf(object: string): Changed {
  const at = object.indexOf(':');
  return { kind: object.slice(0, at), id: object.slice(at + 1) };
}

async function ownAmong(
  db: Db,
  who: Who,
  own: readonly (readonly [Kind, readonly Changed[]])[],
): Promise<readonly Changed[]> {
  return db.tenant(who.organisation, async (tx) => {
    const found: Changed[] = [];
    for (const [{ may, among }, changed] of own) {
      const calls = callsOf(who, may);
      const ids = changed.map(({ id }) => id).filter(isId);
      const theirs = new Set(among && calls ? await among(tx, who.organisation, ids, calls) : []);
      found.push(...changed.filter(({ id }) => theirs.has(id)));
    }
    return found;
  });
}

async function callsAmong(tx: Tx, _: Id, ids: readonly Id[], calls: Sql): Promise<readonly Id[]> {
  const rows = await tx.rows<{ id: Id }>(
    sql`select id from (${calls}) as own where own.id = any (${[...ids]}::uuid[])`,
  );
  return rows.map(({ id }) => id);
}
