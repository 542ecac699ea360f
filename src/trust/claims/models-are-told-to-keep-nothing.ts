import { models } from '#adapters/models';
import { carelessOnes } from '../careless-models.ts';
import type { Claim, Fault } from '../claim.ts';
import { sentBy, type Sent } from '../model-wire.ts';
import { wireOf } from '../model-wires.ts';

export default {
  fulfils: ['CRY-07'],
  group: 'processors',
  kind: 'proven',
  say: {
    en: 'With every text request and at the start of every spoken conversation, the providers of models are told to store and to trace nothing.',
    es: 'Con cada petición de texto y al comienzo de cada conversación hablada, se indica a los proveedores de modelos que no guarden ni registren nada.',
    pt: 'Em cada pedido de texto e no início de cada conversa falada, diz-se aos fornecedores de modelos que não guardem nem rastreiem nada.',
    hi: 'हर पाठ अनुरोध के साथ और हर बोली गई बातचीत के आरंभ में मॉडल प्रदाताओं से कहा जाता है कि कुछ न रखें और कुछ न खोजें।',
  },
  how: {
    en: 'The check uses every model file as a call does, against a wire that leads nowhere: a turn, a summary, and two spoken conversations, one of which is refused at first. It reads each message that would have been sent. Whether a provider does as it is told cannot be seen from here.',
    es: 'La comprobación usa cada archivo de modelo como lo hace una llamada, con una conexión que no lleva a ninguna parte: un turno, un resumen y dos conversaciones habladas, una de ellas rechazada al principio. Lee cada mensaje que se habría enviado. Desde aquí no se puede ver si un proveedor hace lo que se le indica.',
    pt: 'A verificação usa cada arquivo de modelo como uma chamada o faz, contra um fio que não leva a lugar nenhum: um turno, um resumo e duas conversas faladas, uma das quais é recusada no início. Ela lê cada mensagem que teria sido enviada. Se um fornecedor faz o que lhe dizem não se pode ver daqui.',
    hi: 'जाँच हर मॉडल फ़ाइल को कॉल की तरह इस्तेमाल करती है, ऐसे तार पर जो कहीं नहीं जाता: एक बारी, एक सारांश और दो बोली गई बातचीत, जिनमें एक पहले अस्वीकार होती है। वह हर संदेश पढ़ती है जो भेजा जाता। प्रदाता कहा मानता है या नहीं, यह यहाँ से नहीं दिखता।',
  },
  yourself: {
    en: 'Set SOTTO_OPENAI_BASE_URL to a proxy of your own and read what passes: "store":false in every request, "tracing":null in the first message of every socket.',
    es: 'Ponga en SOTTO_OPENAI_BASE_URL un proxy propio y lea lo que pasa: "store":false en cada petición, "tracing":null en el primer mensaje de cada socket.',
    pt: 'Aponte SOTTO_OPENAI_BASE_URL para um proxy seu e leia o que passa: "store":false em cada pedido, "tracing":null na primeira mensagem de cada socket.',
    hi: 'SOTTO_OPENAI_BASE_URL को अपने प्रॉक्सी पर रखें और जो गुज़रे पढ़ें: हर अनुरोध में "store":false, हर सॉकेट के पहले संदेश में "tracing":null।',
  },
  kept: [models],
  every: 60 * 60_000,
  async probe(reach) {
    const faults: Fault[] = [];
    let checked = 0;
    // A model without hosts sends nothing to anybody.
    for (const model of reach.models.filter(({ item }) => item.processor.hosts.length > 0)) {
      const { vendor, kept } = wireOf(model.id);
      const sent = await sentBy(reach, model, vendor);
      checked += messagesIn(sent);
      faults.push(...kept(sent).map((what) => ({ what, where: `model:${model.id}` })));
    }
    return { checked, faults };
  },
  counterexample: { kind: 'senses', broken: (reach) => ({ ...reach, models: carelessOnes(reach.models) }) },
} satisfies Claim;

function messagesIn({ requests, conversations }: Sent): number {
  return conversations.reduce((sum, { before, after }) => sum + before.length + after.length, requests.length);
}
