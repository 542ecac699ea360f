import { carrierNamed } from '#adapters/carriers';
import { alive, inCanaryCall, knockTruly, signedBy, type CanaryCall } from '../canary-call.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

export default {
  fulfils: ['OURS-10'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'A telephone carrier comes with the product, so that whole calls can be tried without an account anywhere; it comes in by the same doors as a real one and has to sign as a real one does.',
    es: 'Con el producto viene un operador telefónico, para poder probar llamadas enteras sin cuenta en ningún sitio; entra por las mismas puertas que uno real y tiene que firmar como uno real.',
    pt: 'Com o produto vem uma operadora telefônica, para que chamadas inteiras possam ser experimentadas sem conta em lugar nenhum; ela entra pelas mesmas portas que uma verdadeira e tem de assinar como uma verdadeira.',
    hi: 'उत्पाद के साथ एक टेलीफ़ोन वाहक आता है, ताकि कहीं खाता लिए बिना पूरी कॉल आज़माई जा सके; वह असली की तरह उन्हीं द्वारों से आता है और असली की तरह ही उसे हस्ताक्षर करने होते हैं।',
  },
  how: {
    en: 'The check rings a telephone of the product through the emulated carrier: webhook, text socket with its token, greeting, hang-up. With a false signature the socket must stay closed. That every carrier file passes the same suite of tests is seen when the product is built, not here.',
    es: 'La comprobación llama a un teléfono del producto a través del operador emulado: webhook, socket de texto con su token, saludo y fin de llamada. Con una firma falsa, el socket debe quedar cerrado. Que cada archivo de operador pasa la misma serie de pruebas se ve al construir el producto, no aquí.',
    pt: 'A verificação liga para um telefone do produto pela operadora emulada: webhook, socket de texto com o seu token, saudação, desligar. Com uma assinatura falsa o socket deve permanecer fechado. Que todo arquivo de operadora passa pelo mesmo conjunto de testes se vê quando o produto é construído, não aqui.',
    hi: 'जाँच अनुकृत वाहक से उत्पाद के एक टेलीफ़ोन पर कॉल करती है: वेबहुक, टोकन के साथ पाठ सॉकेट, अभिवादन, समाप्ति। झूठे हस्ताक्षर पर सॉकेट बंद रहना चाहिए। हर वाहक फ़ाइल वही परीक्षण पास करती है, यह उत्पाद बनते समय दिखता है, यहाँ नहीं।',
  },
  yourself: {
    en: 'Run ./sotto demo: a whole call, without keys and without a network.',
    es: 'Ejecute ./sotto demo: una llamada entera, sin claves y sin red.',
    pt: 'Execute ./sotto demo: uma chamada inteira, sem chaves e sem rede.',
    hi: './sotto demo चलाएँ: पूरी कॉल, बिना कुंजियों और बिना नेटवर्क के।',
  },
  kept: [carrierNamed],
  every: 60 * 60_000,
  async probe(reach) {
    const faults = await inCanaryCall(reach, reach.canary.phone.number, (call) => throughAllDoors(reach, call));
    return { checked: 4, faults };
  },
  counterexample: {
    kind: 'senses',
    // A product that opens its sockets to whoever emulates a carrier.
    broken: (reach) => ({
      ...reach,
      knock: ({ path }) =>
        reach.knock({
          path,
          headers: signedBy(reach.canary.phone.sign(`${reach.origin.replace(/^http/, 'ws')}${path}`)),
        }),
    }),
  },
} satisfies Claim;

async function throughAllDoors(reach: Reach, call: CanaryCall): Promise<Fault[]> {
  const { answer, offer, ring, callId } = call;
  if (answer.status !== 200 || offer?.door !== 'relay')
    return [{ what: `a ring was answered ${answer.status} without a socket for text`, where: ring.path }];
  const where = new URL(offer.url).pathname.replaceAll(/\/[\w-]{16,}/g, '/:id');
  const faults: Fault[] = [];
  const forged = alive(await reach.knock({ path: new URL(offer.url).pathname, headers: signedBy('AAAA') }));
  if (forged.visit) {
    forged.visit.leave();
    faults.push({ what: 'a socket opened to a false signature', where });
  }
  const { visit } = await knockTruly(reach, offer.url);
  visit?.send(JSON.stringify({ type: 'setup', callSid: callId, customParameters: { token: offer.token } }));
  const greeting = await visit?.next();
  if (typeof greeting !== 'string') faults.push({ what: 'a call was not greeted', where });
  visit?.send('over');
  while (typeof (await visit?.next()) === 'string');
  return faults;
}
