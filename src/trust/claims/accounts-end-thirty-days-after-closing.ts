import { identifier, iso, sql, type Id, type Tx } from '#base';
import { askClosing } from '#safeguards/accounts';
import { closer, eraser } from '#safeguards/erasure';
import { canary, plantCall } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** Whole days of work behind the day itself: an object store may be away, a last call go on. */
const graceMs = day;

/** Where what callers and members said and are lies. */
const contents = [
  'calls',
  'contacts',
  'messages',
  'leads',
  'appointments',
  'recordings',
  'people',
  'api_keys',
] as const;

export default {
  fulfils: ['RET-04'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'When a business closes its account, everything of it is erased thirty days later, leads and members included; until then it can be taken back.',
    es: 'Cuando un negocio cierra su cuenta, todo lo suyo se borra a los treinta días, incluidos los contactos comerciales y los miembros; hasta entonces puede anularlo.',
    pt: 'Quando uma empresa encerra a conta, tudo o que é dela é apagado trinta dias depois, inclusive leads e membros; até lá, é possível voltar atrás.',
    hi: 'जब कोई व्यवसाय अपना खाता बंद करता है, तो तीस दिन बाद उसका सब कुछ मिटा दिया जाता है, लीड और सदस्य भी; तब तक इसे वापस लिया जा सकता है।',
  },
  how: {
    en: 'The day is written down when an owner asks, every owner gets a mail, and calls are answered as before until then. On the day all keys are destroyed, then objects, then the rows of every table; only what providers have to be asked with stays until they have answered. A legal hold delays it. The check looks for accounts whose day is over for more than another day and of which something is there, and for days that are not thirty days, or less, behind the asking.',
    es: 'El día queda anotado cuando lo pide quien es propietario, cada propietario recibe un correo y las llamadas se atienden como siempre hasta entonces. Ese día se destruyen todas las claves, después los objetos y después las filas de cada tabla; solo queda, hasta que respondan, lo necesario para preguntar a los proveedores. Una retención legal lo aplaza. La comprobación busca cuentas cuyo día pasó hace más de otro día y de las que aún queda algo, y días que no estén a treinta días, o menos, de la petición.',
    pt: 'O dia é anotado quando um proprietário pede, todos os proprietários recebem um e-mail e as chamadas são atendidas como antes até lá. No dia, todas as chaves são destruídas, depois os objetos, depois as linhas de todas as tabelas; só fica aquilo com que é preciso perguntar aos fornecedores até que respondam. Uma retenção legal adia isso. A verificação procura contas cujo dia passou há mais de um dia e das quais ainda há algo, e dias que não estejam a trinta dias, ou menos, do pedido.',
    hi: 'मालिक के कहते ही वह दिन लिख लिया जाता है, हर मालिक को मेल जाता है और तब तक कॉल पहले की तरह उठाई जाती हैं। उस दिन सभी कुंजियाँ नष्ट होती हैं, फिर ऑब्जेक्ट, फिर हर तालिका की पंक्तियाँ; केवल वही बचता है जिससे प्रदाताओं से पूछना है, जब तक वे उत्तर न दें। कानूनी रोक इसे टालती है। जाँच ऐसे खाते ढूँढती है जिनका दिन एक दिन से अधिक पहले बीत चुका है और जिनका कुछ अब भी है, और ऐसे दिन जो माँग से तीस दिन या उससे कम पर नहीं हैं।',
  },
  yourself: {
    en: 'Close an account of yours, and look at GET /api/v1/organisation: it names the day. Behind that day nobody can sign in to it.',
    es: 'Cierre una cuenta suya y mire GET /api/v1/organisation: indica el día. Pasado ese día nadie puede entrar en ella.',
    pt: 'Encerre uma conta sua e consulte GET /api/v1/organisation: ali está o dia. Depois desse dia ninguém consegue entrar nela.',
    hi: 'अपना कोई खाता बंद करें और GET /api/v1/organisation देखें: वहाँ वह दिन लिखा है। उस दिन के बाद उसमें कोई प्रवेश नहीं कर सकता।',
  },
  kept: [askClosing, closer, eraser, 'migrations/0032-closing.sql'],
  every: hour,
  async probe({ look, clock }) {
    const now = clock.now();
    const closing = await look.rows<Closing>(sql`
      select o.id, o.closing_asked_at, o.closes_at from app.organisations o
      where o.closes_at is not null order by o.closes_at desc limit 1000`);
    const faults: Fault[] = [];
    for (const one of closing) {
      const where = `organisation:${one.id}`;
      if (one.closes_at.getTime() - one.closing_asked_at.getTime() > 30 * day)
        faults.push({ what: 'ends later than thirty days after it was asked for', where });
      if (one.closes_at.getTime() <= now - graceMs) faults.push(...(await remains(look, one.id)));
    }
    const checked = closing.length;
    return { checked, faults, ...(checked === 0 && { idle: 'nobody-closed' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = reach.clock.now();
      await plantCall(tx, reach, { state: 'ended', startedAt: now - 40 * day });
      await tx.run(sql`
        update app.organisations set closing_asked_at = ${iso(now - 32 * day)}, closes_at = ${iso(now - 2 * day)}
        where id = ${canary}`);
    },
  },
} satisfies Claim;

type Closing = { readonly id: Id; readonly closing_asked_at: Date; readonly closes_at: Date };

/** What is there still of an account whose day is over, unless a legal hold holds something of it. */
async function remains(look: Tx, organisation: Id): Promise<Fault[]> {
  const { held } = await look.one<{ held: boolean }>(sql`
    select exists (select from app.holds where organisation_id = ${organisation} and released_at is null) as held`);
  if (held) return [];
  const faults: Fault[] = [];
  for (const table of contents) {
    const { there } = await look.one<{ there: boolean }>(sql`
      select exists (select from ${identifier('app', table)} where organisation_id = ${organisation}) as there`);
    if (there)
      faults.push({
        what: `was to be erased and has rows in app.${table}`,
        where: `organisation:${organisation}`,
        byAge: true,
      });
  }
  return faults;
}
