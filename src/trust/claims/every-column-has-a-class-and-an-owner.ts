import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '#base';
import { proveClasses } from '#database';
import type { Claim } from '../claim.ts';

const source = join(import.meta.dirname, '..', '..');

export default {
  fulfils: ['CRY-01'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'Every column of the database says what kind of data it holds, and every table which part of the program owns it.',
    es: 'Cada columna de la base de datos dice qué tipo de datos guarda, y cada tabla qué parte del programa es su dueña.',
    pt: 'Cada coluna do banco diz que tipo de dado contém, e cada tabela, qual parte do programa é dona dela.',
    hi: 'डेटाबेस का हर स्तंभ बताता है कि उसमें किस प्रकार का डेटा है, और हर तालिका कि प्रोग्राम का कौन-सा भाग उसका स्वामी है।',
  },
  how: {
    en: 'The class stands in the database itself: personal, secret, business, index, operational or id. Nothing personal can be stored in a place that nobody has thought about. The check reads the catalogue of the running database and compares the owners with the parts of this program.',
    es: 'La clase consta en la propia base de datos: personal, secreto, del negocio, índice, operativo o id. Nada personal puede guardarse en un lugar en el que nadie ha pensado. La comprobación lee el catálogo de la base de datos en marcha y compara los dueños con las partes de este programa.',
    pt: 'A classe está no próprio banco: personal, secret, business, index, operational ou id. Nada pessoal pode ser guardado em um lugar em que ninguém pensou. A verificação lê o catálogo do banco em funcionamento e compara os donos com as partes deste programa.',
    hi: 'वर्ग स्वयं डेटाबेस में लिखा है: personal, secret, business, index, operational या id। कोई निजी चीज़ ऐसी जगह नहीं रखी जा सकती जिसके बारे में किसी ने सोचा न हो। जाँच चल रहे डेटाबेस की सूची पढ़ती है और स्वामियों की तुलना इस प्रोग्राम के भागों से करती है।',
  },
  yourself: {
    en: 'In psql, \\d+ app.calls shows the class beside each column.',
    es: 'En psql, \\d+ app.calls muestra la clase junto a cada columna.',
    pt: 'No psql, \\d+ app.calls mostra a classe ao lado de cada coluna.',
    hi: 'psql में \\d+ app.calls हर स्तंभ के पास उसका वर्ग दिखाता है।',
  },
  kept: [proveClasses, 'migrations/0004-calls.sql'],
  every: 60 * 60_000,
  async probe({ look }) {
    const { faults, objects } = await proveClasses(look);
    const tables = await look.rows<{ name: string; owner: string | null }>(sql`
      select c.relnamespace::regnamespace || '.' || c.relname as name, substring(obj_description(c.oid, 'pg_class') from '^owner: ([a-z-]+(/[a-z-]+)?)$') as owner
      from pg_class c
      where c.relnamespace in (select oid from pg_namespace where nspname in ('app', 'sec')) and c.relkind in ('r', 'p')`);
    const orphans = tables.filter(({ owner }) => owner === null || !existsSync(join(source, owner)));
    return {
      checked: objects + tables.length,
      faults: [
        ...faults.map(({ check, object }) => ({ what: check, where: object })),
        ...orphans.map(({ name }) => ({ what: 'the table has no owner among the parts of this program', where: name })),
      ],
    };
  },
  counterexample: {
    kind: 'structure',
    change: (tx) => tx.run(sql`alter table app.calls add column planted text`),
  },
} satisfies Claim;
