import { newId, sql } from '#base';
import { revokeCredential } from '#safeguards/accounts';
import { setPurposes } from '#safeguards/retention';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

export default {
  fulfils: ['RET-08'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'A credential stays until it is revoked, and what a business has agreed to stays on record as long as the business.',
    es: 'Una credencial se queda hasta que se revoca, y aquello a lo que un negocio dio su conformidad consta mientras exista el negocio.',
    pt: 'Uma credencial fica até ser revogada, e aquilo com que uma empresa concordou fica registrado enquanto a empresa existir.',
    hi: 'क्रेडेंशियल रद्द होने तक रहता है, और व्यवसाय ने जिस पर सहमति दी वह व्यवसाय के रहने तक दर्ज रहता है।',
  },
  how: {
    en: 'What deletes content by its age touches neither. The check looks at the accounts at carriers of every organisation: one that was not revoked must still hold its sealed secret. And it wants from every organisation with an assistant the record of what it has agreed to. Consents of those who get text messages are not among them: there are no text messages yet.',
    es: 'Lo que borra el contenido por su edad no toca ninguna de las dos cosas. La comprobación mira las cuentas de operador de cada organización: una que no se revocó debe conservar su secreto sellado. Y de toda organización con asistente exige la constancia de a qué dio su conformidad. No incluye los consentimientos de quienes reciben mensajes de texto: aún no hay mensajes de texto.',
    pt: 'O que apaga conteúdo pela idade não toca em nenhum dos dois. A verificação olha as contas de operadora de cada organização: uma que não foi revogada deve ainda ter o seu segredo selado. E quer de cada organização com assistente o registro daquilo com que concordou. Consentimentos de quem recebe mensagens de texto não estão incluídos: ainda não há mensagens de texto.',
    hi: 'आयु के अनुसार सामग्री मिटाने वाला इनमें से किसी को नहीं छूता। जाँच हर संगठन के वाहक खाते देखती है: जो रद्द नहीं हुआ उसमें मुहरबंद गुप्त मान होना चाहिए। और सहायक वाले हर संगठन से वह उसकी सहमति का अभिलेख चाहती है। टेक्स्ट संदेश पाने वालों की सहमतियाँ इनमें नहीं हैं: टेक्स्ट संदेश अभी नहीं हैं।',
  },
  yourself: {
    en: 'Set every window to one day, connect a carrier, and look two days later: the account is still connected.',
    es: 'Ponga todos los plazos en un día, conecte un operador y mire dos días después: la cuenta sigue conectada.',
    pt: 'Ponha todos os prazos em um dia, conecte uma operadora e olhe dois dias depois: a conta continua conectada.',
    hi: 'सभी अवधियाँ एक दिन करें, एक वाहक जोड़ें और दो दिन बाद देखें: खाता अब भी जुड़ा है।',
  },
  kept: [revokeCredential, setPurposes],
  every: 6 * 60 * 60_000,
  async probe({ look }) {
    const accounts = await look.rows<{ id: string; bytes: number }>(sql`
      select id, octet_length(auth_token) as bytes from app.carrier_accounts where revoked_at is null limit 10000`);
    const businesses = await look.rows<{ id: string; agreed: boolean }>(sql`
      select o.id, exists (select from app.purposes p where p.organisation_id = o.id) as agreed
      from app.organisations o
      where o.kind in ('customer', 'demo') and o.erased_at is null
        and exists (select from app.agents a where a.organisation_id = o.id) limit 10000`);
    const faults: Fault[] = [
      ...accounts
        .filter(({ bytes }) => bytes === 0)
        .map(({ id }) => ({ what: 'a credential that nobody revoked is gone', where: `app.carrier_accounts ${id}` })),
      ...businesses
        .filter(({ agreed }) => !agreed)
        .map(({ id }) => ({ what: 'what a business has agreed to is not on record', where: `app.purposes of ${id}` })),
    ];
    return { checked: accounts.length + businesses.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const id = newId(reach);
      await tx.run(sql`
        insert into app.carrier_accounts (organisation_id, id, carrier, account_sid, auth_token, created_at)
        values (${canary}, ${id}, 'emulator', ${id}, '', ${new Date(reach.clock.now())})`);
    },
  },
} satisfies Claim;
