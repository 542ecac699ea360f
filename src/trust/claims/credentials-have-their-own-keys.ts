import { identifier, newId, sql, type Id, type Sql, type Tx } from '#base';
import { openCredentials } from '#safeguards/accounts';
import { canary, otherCanary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

export default {
  fulfils: ['CRY-02'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'The credentials that an organisation brings, such as those of its carrier and its model, are encrypted under keys of its own, which seal nothing of anybody else.',
    es: 'Las credenciales que aporta una organización, como las de su operador y su modelo, se cifran con claves propias, que no sellan nada de nadie más.',
    pt: 'As credenciais que uma organização traz, como as da sua operadora e do seu modelo, são cifradas com chaves próprias dela, que não selam nada de mais ninguém.',
    hi: 'संगठन जो क्रेडेंशियल लाता है, जैसे अपने वाहक और मॉडल के, वे उसी की कुंजियों से एन्क्रिप्ट होते हैं, जो किसी और का कुछ मुहरबंद नहीं करतीं।',
  },
  how: {
    en: 'Each sealed value names its key, by 16 bytes that tell when it was made and nothing else. The check holds no key. It takes every column that says it is secret, in whatever table, and wants each key that is named there to seal one credential of one organisation, and no other.',
    es: 'Cada valor sellado nombra su clave, con 16 bytes que dicen cuándo se creó y nada más. La comprobación no tiene ninguna clave. Toma cada columna que se declara secreta, en la tabla que sea, y exige que cada clave nombrada allí selle una sola credencial de una sola organización.',
    pt: 'Cada valor selado indica a sua chave com 16 bytes que dizem quando foi feita e nada mais. A verificação não tem nenhuma chave. Ela toma todas as colunas que se dizem secretas, em qualquer tabela, e quer que cada chave ali indicada sele uma só credencial de uma só organização.',
    hi: 'हर मुहरबंद मान अपनी कुंजी को 16 बाइट से बताता है, जो केवल उसके बनने का समय कहते हैं। जाँच के पास कोई कुंजी नहीं। वह हर तालिका के हर उस स्तंभ को लेती है जो स्वयं को गुप्त कहता है, और चाहती है कि वहाँ बताई हर कुंजी एक ही संगठन का एक ही क्रेडेंशियल मुहरबंद करे।',
  },
  yourself: {
    en: 'Connect the same carrier account in two organisations and compare bytes 2 to 17 of the two values in app.carrier_accounts.',
    es: 'Conecte la misma cuenta de operador en dos organizaciones y compare los bytes 2 a 17 de los dos valores en app.carrier_accounts.',
    pt: 'Conecte a mesma conta de operadora em duas organizações e compare os bytes 2 a 17 dos dois valores em app.carrier_accounts.',
    hi: 'एक ही वाहक खाता दो संगठनों में जोड़ें और app.carrier_accounts में दोनों मानों के बाइट 2 से 17 की तुलना करें।',
  },
  kept: [openCredentials],
  every: 60 * 60_000,
  async probe({ look }) {
    const columns = await secretColumns(look);
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from (${keysNamed(columns)}) named`);
    const shared = await look.rows<{ place: string; apart: boolean }>(sql`
      select min(place) as place, count(distinct organisation) = 1 as apart from (${keysNamed(columns)}) named
      group by key_id having count(distinct row_id) > 1 limit 1000`);
    const faults = shared.map(({ place, apart }): Fault => ({
      what: apart ? 'one key seals two credentials' : 'one key seals credentials of two organisations',
      where: place,
    }));
    return { checked, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const keyId = reach.random.bytes(16);
      const sealed = () => Buffer.concat([Buffer.of(1), keyId, reach.random.bytes(47)]);
      const now = new Date(reach.clock.now());
      for (const organisation of [canary, otherCanary]) {
        const id: Id = newId(reach);
        await tx.run(sql`
          insert into app.carrier_accounts (organisation_id, id, carrier, account_sid, auth_token, created_at)
          values (${organisation}, ${id}, 'emulator', ${id}, ${sealed()}, ${now})`);
      }
    },
  },
} satisfies Claim;

type Column = { readonly table: string; readonly column: string };

/** Every column of the application that says it is secret and can hold sealed content. */
function secretColumns(look: Tx): Promise<readonly Column[]> {
  return look.rows<Column>(sql`
    select c.relname::text as table, a.attname::text as column from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and col_description(c.oid, a.attnum) like 'secret:%'
    order by 1, 2`);
}

/** The key that each of up to 10,000 values names: bytes 2 to 17 of what the vault writes. */
function keysNamed(columns: readonly Column[]): Sql {
  const parts = columns.map(
    ({ table, column }) => sql`
      (select ${`app.${table}.${column}`}::text as place, organisation_id as organisation, id as row_id,
        substring(${identifier(column)} from 2 for 16) as key_id
      from ${identifier('app', table)} where octet_length(${identifier(column)}) >= 45
      order by created_at desc limit 10000)`,
  );
  return parts.reduce((all, part) => sql`${all} union all ${part}`);
}
