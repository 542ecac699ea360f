import { carriers } from '#adapters/carriers';
import { lineCandidates } from '#safeguards/accounts';
import type { Claim, Finding } from '../claim.ts';
import { forgeries, nobodysLine, sendForgeries } from '../forged-webhook.ts';

export default {
  fulfils: ['TEL-03'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'A call for a number that belongs to nobody here is refused before anything is said or stored.',
    es: 'Una llamada a un número que aquí no es de nadie se rechaza antes de decir o guardar nada.',
  },
  how: {
    en: 'The dialled number is looked up first: it leads to one organisation and one agent, or the call ends there. The check rings a number with a country code that does not exist, once for every carrier and way of signing.',
    es: 'El número marcado se busca primero: lleva a una organización y un agente, o la llamada termina ahí. La comprobación llama a un número con un prefijo de país que no existe, una vez por cada operador y forma de firmar.',
  },
  yourself: {
    en: 'Send a POST to /carriers/twilio/voice for a number that is not yours: nothing appears in your list of calls.',
    es: 'Envíe un POST a /carriers/twilio/voice para un número que no sea suyo: no aparece nada en su lista de llamadas.',
  },
  kept: [lineCandidates],
  every: 15 * 60_000,
  async probe(reach) {
    const found: Finding[] = [];
    for (const carrier of await carriers()) {
      found.push(await sendForgeries(reach, forgeries(reach, carrier, nobodysLine(reach, carrier.id)), [403, 404]));
    }
    return {
      checked: found.reduce((sum, { checked }) => sum + checked, 0),
      faults: found.flatMap(({ faults }) => faults),
    };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({ ...reach, self: () => Promise.resolve({ status: 200, headers: {}, body: '<Response/>' }) }),
  },
} satisfies Claim;
