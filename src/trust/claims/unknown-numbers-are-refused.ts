import { sql } from '#base';
import { lineCandidates } from '#safeguards/accounts';
import type { Claim, Reach } from '../claim.ts';
import { expectRefusal, nobodysNumber, trulySigned } from '../ringing.ts';

export default {
  fulfils: ['TEL-03'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'A call for a number that belongs to nobody here, or to somebody else, is refused before anything is said or stored.',
    es: 'Una llamada a un número que aquí no es de nadie, o que es de otro, se rechaza antes de decir o guardar nada.',
  },
  how: {
    en: 'The dialled number is looked up first: it leads to one line of the account that signed, or the call ends there. The check rings with a true signature of an organisation that has no line at all: a number that cannot exist, and the number of another organisation.',
    es: 'El número marcado se busca primero: lleva a una línea de la cuenta que firmó, o la llamada termina ahí. La comprobación llama con la firma verdadera de una organización que no tiene ninguna línea: a un número que no puede existir y al número de otra organización.',
  },
  yourself: {
    en: 'Point a number that you did not add here at this installation and ring it: nothing appears in your list of calls.',
    es: 'Dirija a esta instalación un número que no haya añadido aquí y llámelo: no aparece nada en su lista de llamadas.',
  },
  kept: [lineCandidates],
  every: 15 * 60_000,
  async probe(reach) {
    const somebodys = await somebodysNumber(reach);
    const calls = [
      trulySigned(reach, 'for a number of nobody', nobodysNumber(reach)),
      ...(somebodys ? [trulySigned(reach, "for somebody else's number", somebodys)] : []),
    ];
    return expectRefusal(reach, calls, 404);
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({ ...reach, self: () => Promise.resolve({ status: 200, headers: {}, body: '<Response/>' }) }),
  },
} satisfies Claim;

async function somebodysNumber({ look }: Pick<Reach, 'look'>): Promise<string | undefined> {
  const line = await look.maybe<{ e164: string }>(sql`
    select l.e164 from app.lines l join app.organisations o on o.id = l.organisation_id
    where o.kind <> 'canary' order by o.kind = 'demo' desc, l.created_at limit 1`);
  return line?.e164;
}
