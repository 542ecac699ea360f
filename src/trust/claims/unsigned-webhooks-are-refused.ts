import { sql } from '#base';
import { carriers } from '#adapters/carriers';
import { carrierRoutes } from '#secretary/calls';
import type { Claim, Finding, Reach } from '../claim.ts';
import { forgeries, sendForgeries, type Target } from '../forged-webhook.ts';

export default {
  fulfils: ['NET-02'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'A call that a carrier did not sign is refused and leaves no trace among the calls. No setting turns the check off.',
    es: 'Una llamada que el operador no ha firmado se rechaza y no deja rastro entre las llamadas. Ningún ajuste desactiva la comprobación.',
  },
  how: {
    en: 'The signature covers the exact address and every field. The check rings a line of this installation itself, unsigned and falsely signed in every way a stranger could try, and expects a refusal each time. It holds no key, so a message that was truly signed and then altered is tried in the tests and not here.',
    es: 'La firma cubre la dirección exacta y todos los campos. La comprobación llama a una línea de esta instalación, sin firma y con firmas falsas de todas las formas que un extraño podría intentar, y espera siempre un rechazo. No tiene ninguna clave, por lo que un mensaje firmado de verdad y luego alterado se prueba en los tests y no aquí.',
  },
  yourself: {
    en: 'Send a POST without a signature to /carriers/twilio/voice with the account and number of one of your lines: the answer is 403.',
    es: 'Envíe un POST sin firma a /carriers/twilio/voice con la cuenta y el número de una de sus líneas: la respuesta es 403.',
  },
  kept: [carrierRoutes],
  every: 5 * 60_000,
  async probe(reach) {
    const found: Finding[] = [];
    for (const carrier of await carriers()) {
      const target = await someLine(reach, carrier.id);
      if (target) found.push(await sendForgeries(reach, forgeries(reach, carrier, target), [403]));
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

/** A line that a true webhook would be answered on, so that only the signature stands in the way. */
async function someLine({ look }: Pick<Reach, 'look'>, carrier: string): Promise<Target | undefined> {
  return look.maybe<Target>(sql`
    select l.carrier, a.account_sid as "accountSid", l.e164 as dialled
    from app.lines l
    join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
    join app.organisations o on o.id = l.organisation_id
    where l.carrier = ${carrier}
    order by o.kind = 'canary' desc, o.kind = 'demo' desc, l.created_at
    limit 1`);
}
