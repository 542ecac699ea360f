import { identifier, sql, type Sql, type Tx } from '#base';
import { seal } from '#safeguards/vault';
import { plantCall } from '../canary.ts';
import type { Claim, Fault, Finding } from '../claim.ts';

export default {
  fulfils: ['CRY-01'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'Numbers, names, transcripts, summaries, messages and credentials lie in the database encrypted, never as plain text.',
    es: 'Los números, nombres, transcripciones, resúmenes, mensajes y credenciales están cifrados en la base de datos, nunca en texto claro.',
    pt: 'Números, nomes, transcrições, resumos, recados e credenciais ficam no banco cifrados, nunca em texto aberto.',
    hi: 'नंबर, नाम, प्रतिलेख, सारांश, संदेश और क्रेडेंशियल डेटाबेस में एन्क्रिप्टेड हैं, कभी खुले पाठ में नहीं।',
  },
  how: {
    en: 'Each value is encrypted by itself with AES-256-GCM and a fresh nonce; the keys lie outside the database. The check holds no key. It takes every column that says it is personal or secret, and up to 50 rows of each organisation, and wants the exact form of a sealed value, no readable text in it, and no nonce that was used twice under one key.',
    es: 'Cada valor se cifra por separado con AES-256-GCM y un nonce nuevo; las claves están fuera de la base de datos. La comprobación no tiene ninguna clave. Toma cada columna que se declara personal o secreta, y hasta 50 filas de cada organización, y exige la forma exacta de un valor sellado, ningún texto legible dentro y ningún nonce usado dos veces con la misma clave.',
    pt: 'Cada valor é cifrado por si com AES-256-GCM e um nonce novo; as chaves ficam fora do banco. A verificação não tem nenhuma chave. Ela toma cada coluna que se diz pessoal ou secreta, e até 50 linhas de cada organização, e quer a forma exata de um valor selado, nenhum texto legível nele e nenhum nonce usado duas vezes sob uma chave.',
    hi: 'हर मान अलग से AES-256-GCM और नए nonce के साथ एन्क्रिप्ट होता है; कुंजियाँ डेटाबेस से बाहर हैं। जाँच के पास कोई कुंजी नहीं। वह निजी या गुप्त कहलाने वाला हर स्तंभ और हर संगठन की 50 तक पंक्तियाँ लेती है, और मुहरबंद मान का सटीक रूप चाहती है, उसमें कोई पठनीय पाठ नहीं, और एक कुंजी के नीचे कोई nonce दो बार नहीं।',
  },
  yourself: {
    en: 'Ring one of your lines, say an unusual word and search a dump of your database for it.',
    es: 'Llame a una de sus líneas, diga una palabra poco común y búsquela en un volcado de su base de datos.',
    pt: 'Ligue para uma das suas linhas, diga uma palavra incomum e procure-a em um dump do seu banco.',
    hi: 'अपनी किसी लाइन पर कॉल करें, कोई असामान्य शब्द बोलें और डेटाबेस के डंप में उसे ढूँढें।',
  },
  kept: [seal],
  every: 60 * 60_000,
  async probe({ look }) {
    const found: Finding[] = [];
    for (const table of await sealedTables(look)) found.push(await inspect(look, table));
    return {
      checked: found.reduce((sum, { checked }) => sum + checked, 0),
      faults: found.flatMap(({ faults }) => faults),
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const callerNumber = Buffer.from('\u0001 a number written down as anyone could read it: +15005550006');
      await plantCall(tx, reach, { state: 'live', startedAt: reach.clock.now(), callerNumber });
    },
  },
} satisfies Claim;

type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly plain: readonly string[];
  readonly key: readonly string[];
};

/** Tables with columns of class personal or secret; `plain` are those whose type cannot even hold a sealed value. */
async function sealedTables(look: Tx): Promise<readonly Table[]> {
  return look.rows<Table>(sql`
    select c.relname::text as name,
      coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'bytea'::regtype), '{}') as columns,
      coalesce(array_agg(a.attname::text) filter (where a.atttypid <> 'bytea'::regtype), '{}') as plain,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and col_description(c.oid, a.attnum) ~ '^(personal|secret):'
    group by c.oid, c.relname order by c.relname`);
}

/** At most 50 rows of each organisation, walked along the primary key, so that the cost does not grow with the table. */
async function inspect(look: Tx, { name, columns, plain, key }: Table): Promise<Finding> {
  const faults: Fault[] = plain.map((column) => ({
    what: 'the column cannot hold sealed content',
    where: `app.${name}.${column}`,
  }));
  if (columns.length === 0) return { checked: 0, faults };
  const rows = await look.rows<{ column: string; checked: number; bare: number; repeated: number }>(sql`
    select value.name as column, count(value.content) as checked, count(*) filter (where ${isBare}) as bare,
      count(${keyAndNonce}) - count(distinct ${keyAndNonce}) as repeated
    from app.organisations o
    cross join lateral (
      select * from ${identifier('app', name)} t where t.organisation_id = o.id
      order by ${joined(key.map((column) => sql`t.${identifier(column)} desc`))} limit 50) picked
    cross join lateral (values ${joined(columns.map((column) => sql`(${column}::text, picked.${identifier(column)})`))}) value (name, content)
    group by value.name`);
  for (const { column, bare, repeated } of rows) {
    const where = `app.${name}.${column}`;
    if (bare > 0) faults.push({ what: `${bare} values are not sealed`, where });
    if (repeated > 0) faults.push({ what: `${repeated} values have the nonce of another under their key`, where });
  }
  return { checked: rows.reduce((sum, { checked }) => sum + checked, 0), faults };
}

/**
 * Not what the vault writes: version 1, 16 bytes of key id, 12 of nonce, content, 16 of tag (at least 45 bytes).
 * The 28 bytes after the key id are random in a sealed value; that all of them are printable has a chance of 10^-12.
 */
const isBare = sql`
  case when value.content is null then false when octet_length(value.content) < 45 then true
    else get_byte(value.content, 0) <> 1 or encode(substring(value.content from 18 for 28), 'escape') ~ '^[] -[^-~]+$' end`;

/** Which key, and the nonce under it: of two sealed values never the same. */
const keyAndNonce = sql`case when octet_length(value.content) >= 45 then substring(value.content from 2 for 28) end`;

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}
