import { sql } from '#base';
import { carrierRoutes } from '#secretary/calls';
import { callCanary } from '../canary-call.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

export default {
  fulfils: ['TEL-01', 'OUT-01'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'A call is answered at any hour, and the first thing the caller is given to hear is who is speaking.',
    es: 'Una llamada se atiende a cualquier hora, y lo primero que se le hace oír a quien llama es quién habla.',
  },
  how: {
    en: 'The product rings a telephone of its own, truly signed, through the same door as every carrier, and hangs up. The answer must speak first and open the conversation second, and the call must be in the books as ended.',
    es: 'El producto llama a un teléfono propio, con firma verdadera y por la misma puerta que cualquier operador, y cuelga. La respuesta debe hablar primero y abrir la conversación después, y la llamada debe constar como terminada.',
  },
  yourself: {
    en: 'Ring one of your lines at night.',
    es: 'Llame a una de sus líneas por la noche.',
  },
  kept: [carrierRoutes],
  every: 60 * 60_000,
  async probe(reach) {
    const { callId, ring, answer, hangUp } = await callCanary(reach, reach.canary.phone.number);
    const told = await hangUp();
    const faults: Fault[] = [];
    const where = ring.path;
    if (answer.status !== 200) faults.push({ what: `the ring was answered ${answer.status}`, where });
    else if (!speaksFirst(answer.body)) faults.push({ what: 'the answer does not begin with words', where });
    const { status } = told.answer;
    if (status !== 200) faults.push({ what: `the hang-up was answered ${status}`, where: told.request.path });
    if (!(await isEnded(reach, callId))) faults.push({ what: 'the call is not in the books as ended', where });
    return { checked: 1, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({
      ...reach,
      self: () => Promise.resolve({ status: 200, headers: {}, body: '<Response><Connect/></Response>' }),
    }),
  },
} satisfies Claim;

/** Words that are not empty, and only then what opens the conversation. */
function speaksFirst(twiml: string): boolean {
  return /^[^]*?<Response><Say[^>]*>[^<]+<\/Say>(<Say[^>]*>[^<]+<\/Say>)*<(Connect|Gather)\b/.test(twiml);
}

async function isEnded({ look }: Pick<Reach, 'look'>, callId: string): Promise<boolean> {
  const found = await look.maybe(sql`
    select c.id from app.organisations o
    join app.calls c on c.organisation_id = o.id and c.carrier = 'emulator' and c.carrier_call_id = ${callId}
    where o.kind = 'canary' and c.state = 'ended'`);
  return found !== undefined;
}
