import { identifier, iso, newId, sql, type Tx } from '#base';
import { askErasure, eraser } from '#safeguards/erasure';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const minute = 60_000;
/** What nothing has to be waited for is done in seconds; so much later it counts as broken. */
const graceMs = 10 * minute;

export default {
  fulfils: ['RET-09'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'A call, or everything of a person, is erased at once when the business asks for it, and none of it comes back.',
    es: 'Una llamada, o todo lo de una persona, se suprime al momento cuando el negocio lo pide, y nada de ello vuelve.',
    pt: 'Uma chamada, ou tudo de uma pessoa, é apagado imediatamente quando a empresa o pede, e nada disso volta.',
    hi: 'व्यवसाय के कहते ही कोई कॉल, या किसी व्यक्ति का सब कुछ, तुरंत मिटाया जाता है, और उसमें से कुछ लौटता नहीं।',
  },
  how: {
    en: 'The request is put down first; then the keys are destroyed, which ends every copy, then the sound in the object store, then every row. What breaks off is gone on with a moment later. Only four things are waited for, and the state says which: a call of the person that is under way, a legal hold, an object store that does not answer, and processors. The check looks for requests of more than ten minutes ago that are neither done nor waiting for one of these, for ones that nobody looks at any more, for anything that was erased and is there again, from a backup for instance, and, by the keyed hash of the number, for anything of an erased person that was overlooked. It does not see backups.',
    es: 'Primero se anota la solicitud; después se destruyen las claves, lo que acaba con cada copia, después el sonido del almacén de objetos y después cada fila. Lo que se interrumpe se retoma un momento más tarde. Solo se espera por cuatro cosas, y el estado dice por cuál: una llamada de esa persona en curso, una retención legal, un almacén de objetos que no responde y los encargados. La comprobación busca solicitudes de hace más de diez minutos que no estén terminadas ni esperando por una de ellas, las que nadie mira ya, cualquier cosa que se suprimió y vuelve a estar, por ejemplo desde una copia de seguridad, y, por el hash con clave del número, cualquier cosa de una persona suprimida que se pasara por alto. No ve las copias de seguridad.',
    pt: 'O pedido é anotado primeiro; depois são destruídas as chaves, o que acaba com todas as cópias, depois o som no armazenamento de objetos, depois cada linha. O que se interrompe é retomado um momento depois. Só se espera por quatro coisas, e o estado diz por qual: uma chamada da pessoa em andamento, uma retenção legal, um armazenamento de objetos que não responde e processadores. A verificação procura pedidos de mais de dez minutos atrás que não estejam feitos nem esperando por uma delas, outros que ninguém mais acompanha, qualquer coisa apagada que esteja lá de novo, vinda de um backup por exemplo, e, pelo hash com chave do número, qualquer coisa de uma pessoa apagada que tenha passado despercebida. Ela não vê backups.',
    hi: 'पहले अनुरोध लिखा जाता है; फिर कुंजियाँ नष्ट होती हैं, जिससे हर प्रति समाप्त होती है, फिर ऑब्जेक्ट भंडार की आवाज़, फिर हर पंक्ति। जो बीच में टूटे, वह पल भर बाद आगे बढ़ाया जाता है। केवल चार चीज़ों की प्रतीक्षा होती है, और स्थिति बताती है किसकी: उस व्यक्ति की चल रही कॉल, कानूनी रोक, उत्तर न देने वाला ऑब्जेक्ट भंडार और प्रोसेसर। जाँच दस मिनट से पुराने ऐसे अनुरोध ढूँढती है जो न पूरे हुए न इनमें से किसी की प्रतीक्षा में हैं, ऐसे जिन्हें अब कोई नहीं देखता, मिटाई गई कोई भी चीज़ जो फिर से है, जैसे बैकअप से, और नंबर के कुंजीबद्ध हैश से मिटाए गए व्यक्ति का छूटा हुआ कुछ भी। वह बैकअप नहीं देखती।',
  },
  yourself: {
    en: 'Call a line, then run `./sotto erase --phone` with your number: the call is gone from every list, and the signed receipt counts what there was.',
    es: 'Llame a una línea y ejecute `./sotto erase --phone` con su número: la llamada desaparece de todas las listas y el recibo firmado cuenta lo que había.',
    pt: 'Ligue para uma linha, depois execute `./sotto erase --phone` com o seu número: a chamada sumiu de todas as listas, e o recibo assinado conta o que havia.',
    hi: 'किसी लाइन पर कॉल करें, फिर अपने नंबर के साथ `./sotto erase --phone` चलाएँ: कॉल हर सूची से जा चुकी है, और हस्ताक्षरित रसीद गिनती है कि क्या था।',
  },
  kept: [askErasure, eraser, 'migrations/0027-erasure.sql'],
  every: 15 * minute,
  async probe({ look, clock }) {
    const faults = [...(await stuck(look, clock.now() - graceMs)), ...(await back(look)), ...(await overlooked(look))];
    const { erased } = await look.one<{ erased: number }>(sql`
      select count(*) as erased from app.erasures where erased_at is not null`);
    const checked = erased + faults.length;
    return { checked, faults, ...(checked === 0 && { idle: 'no-erasure' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, { clock, random }) {
      const id = newId({ clock, random });
      const at = iso(clock.now() - 2 * graceMs);
      await tx.run(sql`
        insert into app.erasures (organisation_id, id, scope, subject_hash, asked_at, asked_by, state, due_at)
        values (${canary}, ${id}, 'person', ${random.bytes(32)}, ${at}, 'system', 'asked', ${iso(clock.now())})`);
    },
  },
} satisfies Claim;

async function stuck(look: Tx, before: number): Promise<Fault[]> {
  const rows = await look.rows<{ id: string; isWatched: boolean }>(sql`
    select id, due_at > ${iso(before)}::timestamptz as "isWatched" from app.erasures
    where state <> 'done' and (due_at <= ${iso(before)} or (waits_for is null and asked_at <= ${iso(before)})) limit 100`);
  return rows.map(({ id, isWatched }) => ({
    what: isWatched ? 'was asked for and is not done, for no reason that is told' : 'is looked at by nobody',
    where: `erasure:${id}`,
  }));
}

/** Where the hash of a number stands, and since when the row is there. */
const hashed = [
  { kind: 'call', table: 'calls', hash: 'caller_index', at: 'started_at' },
  { kind: 'contact', table: 'contacts', hash: 'phone_index', at: 'seen_at' },
  { kind: 'message', table: 'messages', hash: 'callback_index', at: 'created_at' },
  { kind: 'lead', table: 'leads', hash: 'phone_index', at: 'created_at' },
  { kind: 'appointment', table: 'appointments', hash: 'phone_index', at: 'created_at' },
  { kind: 'appointment', table: 'appointments', hash: 'reach_index', at: 'created_at' },
] as const;

/**
 * What has the number of a person who was erased, and is older than that by an hour: whoever rang while it went on is
 * somebody new. Asked of the rows themselves, since an erasure that overlooks something does not know of it.
 */
async function overlooked(look: Tx): Promise<Fault[]> {
  const found = await Promise.all(
    hashed.map(({ kind, table, hash, at }) =>
      look.rows<{ kind: string; id: string }>(sql`
        select ${kind}::text as kind, x.id from app.suppressions s
        join ${identifier('app', table)} x on x.organisation_id = s.organisation_id
          and x.${identifier(hash)} = s.phone_index and x.${identifier(at)} < s.created_at - interval '1 hour'
        where s.reason = 'erased' and not exists (
          select from app.erasures e
          where e.organisation_id = s.organisation_id and e.phone_index = s.phone_index and e.state in ('asked', 'planned'))
        limit 100`),
    ),
  );
  return found.flat().map(({ kind, id }) => ({ what: 'is of a person who was erased', where: `${kind}:${id}` }));
}

async function back(look: Tx): Promise<Fault[]> {
  const over = sql`
    from app.erasures e join app.erasure_targets t on t.organisation_id = e.organisation_id and t.erasure_id = e.id`;
  const rows = await look.rows<{ kind: string; id: string }>(sql`
    (select t.kind, t.id ${over} join app.calls x on x.organisation_id = t.organisation_id and x.id = t.id
      where e.erased_at is not null and t.kind = 'call' limit 100)
    union all
    (select t.kind, t.id ${over} join app.contacts x on x.organisation_id = t.organisation_id and x.id = t.id
      where e.erased_at is not null and t.kind = 'contact' limit 100)
    union all
    (select t.kind, t.id ${over} join app.messages x on x.organisation_id = t.organisation_id and x.id = t.id
      where e.erased_at is not null and t.kind = 'message' limit 100)
    union all
    (select t.kind, t.id ${over} join app.leads x on x.organisation_id = t.organisation_id and x.id = t.id
      where e.erased_at is not null and t.kind = 'lead' limit 100)
    union all
    (select t.kind, t.id ${over} join app.appointments x on x.organisation_id = t.organisation_id and x.id = t.id
      where e.erased_at is not null and t.kind = 'appointment' limit 100)
    union all
    (select t.kind, t.id ${over} join app.recordings x on x.organisation_id = t.organisation_id and x.id = t.id
      where e.erased_at is not null and t.kind = 'recording' limit 100)`);
  return rows.map(({ kind, id }) => ({ what: 'was erased and is there again', where: `${kind}:${id}` }));
}
