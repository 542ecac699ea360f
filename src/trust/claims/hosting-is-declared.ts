import { iso, newId, sql } from '#base';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const year = 366 * 24 * 60 * 60_000;

export default {
  fulfils: ['RES-03'],
  group: 'processors',
  kind: 'process',
  say: {
    en: 'Who runs the machines, what they do for this installation and which audits they say they have had is listed, and said anew every year.',
    es: 'Consta quién opera las máquinas, qué hace para esta instalación y qué auditorías dice haber pasado, y se vuelve a decir cada año.',
    pt: 'Consta quem opera as máquinas, o que faz para esta instalação e quais auditorias diz ter tido, e isso é dito de novo a cada ano.',
    hi: 'मशीनें कौन चलाता है, इस इंस्टॉलेशन के लिए क्या करता है और अपने कौन-से ऑडिट बताता है, यह सूचीबद्ध है और हर वर्ष दोबारा कहा जाता है।',
  },
  how: {
    en: 'No program can see who runs the machines it is on, so the operator declares it, and says each year that it is still so. The check looks for a declaration that is older than a year. It cannot see whether the list is whole, and audits are the words of those companies.',
    es: 'Ningún programa puede ver quién opera las máquinas en las que está, así que el operador lo declara y dice cada año que sigue siendo así. La comprobación busca una declaración de más de un año. No puede ver si la lista está completa, y las auditorías son palabra de esas empresas.',
    pt: 'Nenhum programa consegue ver quem opera as máquinas em que está; por isso quem opera a instalação o declara e diz a cada ano que continua assim. A verificação procura uma declaração com mais de um ano. Ela não vê se a lista está completa, e as auditorias são palavra dessas empresas.',
    hi: 'कोई प्रोग्राम नहीं देख सकता कि जिन मशीनों पर वह है उन्हें कौन चलाता है, इसलिए संचालक यह घोषित करते हैं और हर वर्ष बताते हैं कि अब भी ऐसा ही है। जाँच एक वर्ष से पुरानी घोषणा ढूँढती है। वह नहीं देख सकती कि सूची पूरी है या नहीं, और ऑडिट की बात उन कंपनियों का अपना कथन है।',
  },
  every: 60 * 60_000,
  async probe({ look, clock }) {
    const rows = await look.rows<{ id: string; is_old: boolean }>(sql`
      select id, confirmed_at < ${iso(clock.now() - year)} as is_old from app.register_hosting where removed_at is null`);
    const old = rows.filter((row) => row.is_old);
    return {
      checked: rows.length,
      faults: old.map(({ id }): Fault => ({ what: 'was not confirmed for a year', where: `hosting:${id}` })),
      idle: 'no-hosting',
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const at = iso(reach.clock.now() - 2 * year);
      await tx.run(sql`
        insert into app.register_hosting (organisation_id, id, name, does, region, certifications, declared_at, confirmed_at)
        values (${canary}, ${newId(reach)}, 'Planted', 'Nothing', 'Nowhere', '[]', ${at}, ${at})`);
    },
  },
} satisfies Claim;
