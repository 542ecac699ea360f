import { sql, type Tx } from '#base';
import { unseal } from '#safeguards/vault';
import { asIfSealed, canary, plantCall } from '../canary.ts';
import type { Claim } from '../claim.ts';
import { someOrganisations } from '../some-organisations.ts';

export default {
  fulfils: ['CRY-04'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'Transcripts are sealed field by field: every sentence by itself, as it was meant and as it was heard, each with a nonce of its own and bound to its place.',
    es: 'Las transcripciones se sellan campo por campo: cada frase por separado, como se quiso decir y como se oyó, cada una con un nonce propio y ligada a su lugar.',
    pt: 'As transcrições são seladas campo a campo: cada frase por si, como foi pretendida e como foi ouvida, cada uma com o seu próprio nonce e presa ao seu lugar.',
    hi: 'प्रतिलेख फ़ील्ड-दर-फ़ील्ड मुहरबंद हैं: हर वाक्य अलग, जैसा अभिप्रेत था और जैसा सुना गया, हर एक अपने nonce के साथ और अपने स्थान से बँधा।',
  },
  how: {
    en: 'The seal of a sentence names the organisation, the call, the entry and the column in what it authenticates, so that one that is moved elsewhere does not open; the tests of the program try every such move. The check holds no key. It takes up to 200 newest sentences and the summaries and states of 20 calls of each of 200 organisations, and wants the form of a sealed value in each field, no nonce twice under one key, and no sealed value in two places.',
    es: 'El sello de una frase nombra la organización, la llamada, la entrada y la columna en lo que autentica, de modo que una que se mueve a otro sitio no se abre; las pruebas del programa intentan cada uno de esos traslados. La comprobación no tiene ninguna clave. Toma hasta las 200 frases más recientes y los resúmenes y estados de 20 llamadas de cada una de 200 organizaciones, y exige en cada campo la forma de un valor sellado, ningún nonce repetido bajo una misma clave y ningún valor sellado en dos lugares.',
    pt: 'O selo de uma frase indica a organização, a chamada, a entrada e a coluna naquilo que autentica, de modo que uma que é levada para outro lugar não abre; os testes do programa tentam cada uma dessas mudanças. A verificação não tem nenhuma chave. Ela toma até 200 das frases mais novas e os resumos e estados de 20 chamadas de cada uma de 200 organizações, e quer em cada campo a forma de um valor selado, nenhum nonce repetido sob uma chave e nenhum valor selado em dois lugares.',
    hi: 'वाक्य की मुहर जिससे बँधी है उसमें संगठन, कॉल, प्रविष्टि और स्तंभ का नाम है, इसलिए कहीं और रखा वाक्य नहीं खुलता; प्रोग्राम के परीक्षण ऐसा हर स्थानांतरण आज़माते हैं। जाँच के पास कोई कुंजी नहीं। वह 200 संगठनों में से हर एक के 200 तक नवीनतम वाक्य और 20 कॉल के सारांश व स्थितियाँ लेती है, और हर फ़ील्ड में मुहरबंद मान का रूप चाहती है, एक कुंजी के नीचे कोई nonce दो बार नहीं, और कोई मुहरबंद मान दो जगह नहीं।',
  },
  yourself: {
    en: 'In your database, copy the heard of one row of app.call_entries over that of another and open the call: the product says that the content is damaged.',
    es: 'En su base de datos, copie el heard de una fila de app.call_entries sobre el de otra y abra la llamada: el producto dice que el contenido está dañado.',
    pt: 'No seu banco, copie o heard de uma linha de app.call_entries sobre o de outra e abra a chamada: o produto diz que o conteúdo está danificado.',
    hi: 'अपने डेटाबेस में app.call_entries की एक पंक्ति का heard दूसरी पर रखें और कॉल खोलें: उत्पाद कहता है कि सामग्री क्षतिग्रस्त है।',
  },
  kept: [unseal, 'migrations/0004-calls.sql'],
  every: 60 * 60_000,
  async probe({ look }) {
    const { checked, bare, repeated, moved } = await seals(look);
    const fault = (count: number, what: string) =>
      count > 0 ? [{ what: `${count} ${what}`, where: 'app.call_entries' }] : [];
    return {
      checked,
      faults: [
        ...fault(bare, 'sentences are not of the sealed form'),
        ...fault(repeated, 'nonces were used again under one key'),
        ...fault(moved, 'sealed values stand in two places'),
      ],
      ...(checked === 0 && { idle: 'nobody-spoke' }),
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const startedAt = reach.clock.now();
      const call = await plantCall(tx, reach, { state: 'live', startedAt });
      const sealed = asIfSealed(reach);
      // Another text under the same key and nonce: whoever has both has the difference of the two.
      const again = Buffer.concat([sealed.subarray(0, 29), reach.random.bytes(40)]);
      await tx.run(sql`
        insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard)
        select ${canary}, ${call}, seq, ${new Date(startedAt)}, 'caller', 'speech', null, heard
        from unnest(${[1, 2]}::integer[], ${[sealed, again]}::bytea[]) entry (seq, heard)`);
    },
  },
} satisfies Claim;

type Seals = { readonly checked: number; readonly bare: number; readonly repeated: number; readonly moved: number };

/** Version 1, 16 bytes of key id, 12 of nonce, content, 16 of tag. The beginning of each tells it from all others. */
function seals(look: Tx): Promise<Seals> {
  return look.one<Seals>(sql`
    with fields as materialized (
      select o.id as organisation, length(field.sealed) as bytes, substring(field.sealed from 1 for 61) as sealed from ${someOrganisations} o
      cross join lateral (
        select e.meant, e.heard from app.call_entries e where e.organisation_id = o.id
        order by e.call_id desc, e.seq desc limit 200) entry
      cross join lateral (values (entry.meant), (entry.heard)) field (sealed)
      where field.sealed is not null
      union all
      select o.id, length(field.sealed), substring(field.sealed from 1 for 61) from ${someOrganisations} o
      cross join lateral (
        select c.conversation, c.summary, c.extraction from app.calls c where c.organisation_id = o.id
        order by c.id desc limit 20) call
      cross join lateral (values (call.conversation), (call.summary), (call.extraction)) field (sealed)
      where field.sealed is not null),
    whole as (
      select organisation, sealed, substring(sealed from 1 for 29) as head from fields
      where bytes >= 45 and get_byte(sealed, 0) = 1)
    select (select count(*) from fields)::int as checked,
      ((select count(*) from fields) - (select count(*) from whole))::int as bare,
      (select count(*) from (select from whole group by organisation, head having count(distinct sealed) > 1) again)::int as repeated,
      (select count(*) from (select from whole group by sealed having count(*) > 1) twice)::int as moved`);
}
