import { sql } from '#base';
import { carriers } from '#adapters/carriers';
import { carrierRoutes } from '#secretary/calls';
import type { Claim, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { alterations, expectRefusal, forgeries, nobodysNumber, type Target } from '../ringing.ts';

export default {
  fulfils: ['NET-02', 'NET-03'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'A call that its carrier did not sign, or that was altered after signing, is refused and never becomes a call. No setting turns this off.',
    es: 'Una llamada que su operador no ha firmado, o que se alteró después de firmar, se rechaza y nunca llega a ser una llamada. Ningún ajuste lo desactiva.',
    pt: 'Uma chamada que a operadora não assinou, ou que foi alterada depois de assinada, é recusada e nunca vira uma chamada. Nenhuma configuração desliga isso.',
    hi: 'जिस कॉल पर उसके वाहक ने हस्ताक्षर नहीं किए, या जो हस्ताक्षर के बाद बदली गई, वह अस्वीकार होती है और कभी कॉल नहीं बनती। कोई सेटिंग इसे बंद नहीं करती।',
  },
  how: {
    en: 'The signature covers the exact address and every field. The check rings this installation itself: unsigned and falsely signed in every way a stranger could try, on a real line of each carrier where there is one; and truly signed for an organisation that exists only for such attempts, then altered in one place, be it a single letter of the signature. Signatures are compared in constant time, which no check from outside can measure.',
    es: 'La firma cubre la dirección exacta y todos los campos. La comprobación llama a esta misma instalación: sin firma y con firmas falsas de todas las formas que un extraño podría intentar, en una línea real de cada operador donde la haya; y con firma verdadera de una organización que solo existe para ello, alterando después un solo lugar, aunque sea una letra de la firma. Las firmas se comparan en tiempo constante, cosa que ninguna comprobación externa puede medir.',
    pt: 'A assinatura cobre o endereço exato e todos os campos. A verificação liga para esta própria instalação: sem assinatura e com assinaturas falsas de todas as formas que um estranho tentaria, em uma linha real de cada operadora onde houver uma; e com assinatura verdadeira por uma organização que existe só para essas tentativas, depois alterada em um ponto, nem que seja uma só letra da assinatura. As assinaturas são comparadas em tempo constante, o que nenhuma verificação de fora pode medir.',
    hi: 'हस्ताक्षर सटीक पते और हर फ़ील्ड को समेटता है। जाँच इसी इंस्टॉलेशन पर कॉल करती है: बिना हस्ताक्षर और हर उस झूठे हस्ताक्षर से जो कोई अजनबी आज़माता, जहाँ हो वहाँ हर वाहक की असली लाइन पर; और केवल ऐसी कोशिशों के लिए बने संगठन के सच्चे हस्ताक्षर से, फिर एक जगह बदलकर, चाहे हस्ताक्षर का एक अक्षर ही हो। हस्ताक्षर स्थिर समय में मिलाए जाते हैं, जिसे बाहर की कोई जाँच माप नहीं सकती।',
  },
  yourself: {
    en: 'Send a POST without a signature to /carriers/twilio/voice with the account and number of one of your lines: the answer is 403.',
    es: 'Envíe un POST sin firma a /carriers/twilio/voice con la cuenta y el número de una de sus líneas: la respuesta es 403.',
    pt: 'Envie um POST sem assinatura para /carriers/twilio/voice com a conta e o número de uma das suas linhas: a resposta é 403.',
    hi: 'अपनी किसी लाइन के खाते और नंबर के साथ /carriers/twilio/voice पर बिना हस्ताक्षर का POST भेजें: उत्तर 403 है।',
  },
  kept: [carrierRoutes],
  every: 5 * 60_000,
  async probe(reach) {
    const own = { accountSid: reach.canary.accountSid, dialled: nobodysNumber(reach) };
    const found: Finding[] = [await expectRefusal(reach, alterations(reach, own), 403)];
    for (const carrier of await carriers()) {
      const target = (await someLine(reach, carrier.id)) ?? (carrier.id === reach.canary.carrier ? own : undefined);
      if (target) found.push(await expectRefusal(reach, forgeries(reach, carrier, target), 403));
    }
    return together(found);
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({ ...reach, self: () => Promise.resolve({ status: 200, headers: {}, body: '<Response/>' }) }),
  },
} satisfies Claim;

/** A line that a true webhook would be answered on, so that only the signature stands in the way. */
async function someLine({ look }: Pick<Reach, 'look'>, carrier: string): Promise<Target | undefined> {
  return look.maybe<Target>(sql`
    select a.account_sid as "accountSid", l.e164 as dialled
    from app.lines l
    join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
    join app.organisations o on o.id = l.organisation_id
    where l.carrier = ${carrier} and l.removed_at is null and a.revoked_at is null
    order by o.kind = 'demo' desc, l.created_at
    limit 1`);
}
