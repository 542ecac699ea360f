import { identifier, sql, type Id, type Sql, type Tx } from '#base';
import { canaryIds, instanceId } from '#safeguards/accounts';
import type { Reach } from './claim.ts';

const places: readonly Id[] = [instanceId, ...canaryIds];

/** Rows of each table that are searched, for each of these organisations. */
const most = 200;

/**
 * The tables in which some of these words stand, as text or as bytes. Searched are the newest rows of the canary
 * organisations and of the installation: what came of what a probe has just done is among them.
 */
export async function tracesOf({ look }: Pick<Reach, 'look'>, words: readonly string[]): Promise<readonly string[]> {
  const wanted = words.flatMap((word) => [word.toLowerCase(), Buffer.from(word).toString('hex')]);
  const searches = (await tablesOf(look)).map(({ name, tenant, key }) => {
    const order = joined(key.map((column) => sql`t.${identifier(column)} desc`));
    return sql`
      select ${name}::text as name
      from unnest(${[...places]}::uuid[]) place (id)
      cross join lateral (
        select t::text as content from ${identifier('app', name)} t where t.${identifier(tenant)} = place.id
        order by ${order} limit ${most}) picked
      where exists (select from unnest(${wanted}::text[]) word where strpos(lower(picked.content), word) > 0)`;
  });
  const found = await look.rows<{ name: string }>(searches.reduce((all, one) => sql`${all} union ${one}`));
  return found.map(({ name }) => `app.${name}`).toSorted();
}

type Table = { readonly name: string; readonly tenant: string; readonly key: readonly string[] };

/** Every table of the application, with the column that names the organisation and its primary key. */
async function tablesOf(look: Tx): Promise<readonly Table[]> {
  return look.rows<Table>(sql`
    select c.relname::text as name, case when c.relname = 'organisations' then 'id' else 'organisation_id' end as tenant,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') order by c.relname`);
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}

/** An address of a documentation network (RFC 3849), which is nobody's, and the part of it that tells it from all others. */
export function nobodysAddress({ random }: Pick<Reach, 'random'>): { readonly address: string; readonly part: string } {
  const [a, b] = [random.bytes(2), random.bytes(2)].map((bytes) => (bytes.readUInt16BE() | 0x1000).toString(16));
  const part = `2001:db8:${a}:${b}`;
  return { address: `${part}::7`, part };
}

/** A word that stands nowhere. */
export function rareWord({ random }: Pick<Reach, 'random'>): string {
  return `canary${random.bytes(9).toString('hex')}`;
}
