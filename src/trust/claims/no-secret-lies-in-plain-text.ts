import { identifier, sql, type Sql, type Tx } from '#base';
import { seal } from '#safeguards/vault';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

export default {
  fulfils: ['CRY-05'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'No secret lies in the database as plain text: neither API keys, nor private keys, nor anything that looks like a key of a provider.',
    es: 'Ningún secreto está en la base de datos en texto claro: ni claves de API, ni claves privadas, ni nada que parezca la clave de un proveedor.',
  },
  how: {
    en: 'Secrets come from the environment or the keystore and are sealed before they are stored. The check takes every column that is not sealed and can hold text, and up to 50 rows of each organisation, and looks there for the forms of keys of known providers, of our own API keys and of private keys.',
    es: 'Los secretos vienen del entorno o del almacén de claves y se sellan antes de guardarse. La comprobación toma cada columna que no está sellada y puede contener texto, y hasta 50 filas de cada organización, y busca allí las formas de claves de proveedores conocidos, de nuestras claves de API y de claves privadas.',
  },
  yourself: {
    en: 'Search a dump of your database for one of your API keys, or for the key of your model.',
    es: 'Busque en un volcado de su base de datos una de sus claves de API, o la clave de su modelo.',
  },
  kept: [seal],
  every: 60 * 60_000,
  async probe({ look }) {
    const tables = await textTables(look);
    const found = await look.rows<{ place: string; rows: number; secrets: number }>(
      tables.map(search).reduce((all, one) => sql`${all} union all ${one}`),
    );
    const faults = found
      .filter(({ secrets }) => secrets > 0)
      .map(({ place, secrets }): Fault => ({ what: `${secrets} rows hold something that is a secret`, where: place }));
    return { checked: found.reduce((sum, { rows }) => sum + rows, 0), faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const [id, letters] = [canary, reach.random.bytes(24).toString('hex')];
      const now = new Date(reach.clock.now());
      await tx.run(sql`
        insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, speech, model,
          disclose_ai, created_at)
        values (${canary}, ${id}, 'Canary', 'en-US', ${`Our key is sk-${letters}.`}, '[]', '{}', 30, 'relay', 'scripted', true, ${now})`);
    },
  },
} satisfies Claim;

type Table = {
  readonly name: string;
  readonly tenant: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
};

/** Tables with columns that hold text of any kind, and which. */
async function textTables(look: Tx): Promise<readonly Table[]> {
  return look.rows<Table>(sql`
    select c.relname::text as name, case when c.relname = 'organisations' then 'id' else 'organisation_id' end as tenant,
      array_agg(a.attname::text) as columns,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text'))
    group by c.oid, c.relname order by c.relname`);
}

/**
 * Forms of keys: our own, OpenAI and those like it, Stripe, Twilio, Google, Slack, GitHub, Amazon, Meta, and PEM. From
 * what each provider publishes for scanners of secrets.
 */
const forms = [
  'sotto_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}',
  '\\msk-[A-Za-z0-9_-]{20,}',
  '\\m[rs]k_live_[0-9A-Za-z]{16,}',
  '\\mSK[0-9a-f]{32}\\M',
  '\\mAIza[0-9A-Za-z_-]{35}',
  '\\mxox[abprs]-[0-9A-Za-z-]{10,}',
  '\\mgh[pousr]_[0-9A-Za-z]{36}',
  '\\mAKIA[0-9A-Z]{16}\\M',
  '\\mEAA[0-9A-Za-z]{60,}',
  '-----BEGIN [A-Z ]*PRIVATE KEY-----',
].join('|');

/** The newest rows of each organisation along the primary key, so that the cost does not grow with the table. */
function search({ name, tenant, columns, key }: Table): Sql {
  const text = joined(columns.map((column) => sql`t.${identifier(column)}::text`));
  const order = joined(key.map((column) => sql`t.${identifier(column)} desc`));
  return sql`
    select ${`app.${name}`}::text as place, count(*) as rows, count(*) filter (
      where content ~ ${forms}) as secrets
    from app.organisations o cross join lateral (
      select concat_ws(' ', ${text}) as content from ${identifier('app', name)} t
      where t.${identifier(tenant)} = o.id order by ${order} limit 50) picked`;
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}
