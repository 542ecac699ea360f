import { sql, type Tx } from '#base';
import { purger } from '#safeguards/retention';
import { plantCall } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';
import { isNotHeld, pastTheirTime } from '../windows-set.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** What is destroyed a moment after its time must be gone by then, and recordings whose store was away as well. */
const graceMs = hour;

export default {
  fulfils: ['RET-02'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'What was said in a call, the number and name of the caller, its recording, messages, leads and appointments are destroyed when the time is over that the business has set for them; where it has set none, what was said, recorded or left and who called after 90 days. Only a legal hold keeps anything longer.',
    es: 'Lo dicho en una llamada, el número y el nombre de quien llama, su grabación, los mensajes, los contactos comerciales y las citas se destruyen al acabar el plazo que el negocio ha fijado; si no ha fijado ninguno, lo dicho, lo grabado, los mensajes y quién llamó, a los 90 días. Solo una retención legal conserva algo más tiempo.',
    pt: 'O que foi dito em uma chamada, o número e o nome de quem ligou, a gravação, os recados, os leads e os agendamentos são destruídos quando termina o prazo que a empresa definiu; onde ela não definiu nenhum, o que foi dito, gravado ou deixado e quem ligou, depois de 90 dias. Só uma retenção legal mantém algo por mais tempo.',
    hi: 'कॉल में जो कहा गया, कॉल करने वाले का नंबर और नाम, रिकॉर्डिंग, संदेश, लीड और अपॉइंटमेंट उस समय नष्ट किए जाते हैं जो व्यवसाय ने तय किया है; जहाँ उसने कुछ तय नहीं किया, वहाँ जो कहा, रिकॉर्ड किया या छोड़ा गया और किसने कॉल की, 90 दिन बाद। केवल कानूनी रोक किसी चीज़ को अधिक रखती है।',
  },
  how: {
    en: 'From the instant the time is over no page and no answer shows it; within seconds the key that opens it is destroyed, and what lies in the database and in the object store is deleted. Of the call stays when it was, how long, with which agent and how it ended. The check looks for anything whose time has been over for more than an hour, however old, and at the oldest calls of each organisation for words that should be gone. It holds no key, so it cannot see that one is destroyed, and it does not see backups of the database.',
    es: 'Desde el instante en que acaba el plazo, ninguna página ni respuesta lo muestra; en segundos se destruye la clave que lo abre y se borra lo que hay en la base de datos y en el almacén de objetos. De la llamada queda cuándo fue, cuánto duró, con qué agente y cómo terminó. La comprobación busca cualquier cosa cuyo plazo acabó hace más de una hora, por antigua que sea, y mira si en las llamadas más antiguas de cada organización quedan palabras que debían haber desaparecido. No tiene ninguna clave, así que no puede ver que una se ha destruido, y no ve las copias de seguridad de la base de datos.',
    pt: 'A partir do instante em que o prazo termina, nenhuma página e nenhuma resposta o mostra; em segundos a chave que o abre é destruída, e o que está no banco e no armazenamento de objetos é apagado. Da chamada fica quando foi, quanto durou, com qual agente e como terminou. A verificação procura qualquer coisa cujo prazo tenha terminado há mais de uma hora, por mais antiga que seja, e, nas chamadas mais antigas de cada organização, palavras que já não deveriam existir. Ela não tem chave, portanto não pode ver que uma foi destruída, e não vê backups do banco.',
    hi: 'समय बीतते ही कोई पृष्ठ और कोई उत्तर उसे नहीं दिखाता; कुछ सेकंड में उसे खोलने वाली कुंजी नष्ट होती है, और डेटाबेस व ऑब्जेक्ट भंडार में जो है वह मिटाया जाता है। कॉल का इतना बचता है: कब थी, कितनी लंबी, किस एजेंट के साथ और कैसे समाप्त हुई। जाँच ऐसी हर चीज़ ढूँढती है जिसका समय एक घंटे से अधिक पहले बीत गया, चाहे कितनी पुरानी हो, और हर संगठन की सबसे पुरानी कॉल में वे शब्द जो जा चुके होने चाहिए। उसके पास कुंजी नहीं, इसलिए वह किसी कुंजी का नष्ट होना नहीं देख सकती, और वह डेटाबेस के बैकअप नहीं देखती।',
  },
  yourself: {
    en: 'Set the shortest time, one day, ring one of your lines, and open the call two days later: it is in the list, and its words, number and recording are gone.',
    es: 'Fije el plazo más corto, un día, llame a una de sus líneas y abra la llamada dos días después: está en la lista, y sus palabras, su número y su grabación han desaparecido.',
    pt: 'Defina o prazo mais curto, um dia, ligue para uma das suas linhas e abra a chamada dois dias depois: ela está na lista, e as palavras, o número e a gravação se foram.',
    hi: 'सबसे छोटा समय, एक दिन, रखें, अपनी किसी लाइन पर कॉल करें और दो दिन बाद कॉल खोलें: वह सूची में है, और उसके शब्द, नंबर और रिकॉर्डिंग जा चुके हैं।',
  },
  kept: [purger, 'migrations/0025-retention.sql'],
  every: hour,
  async probe({ look, clock }) {
    const now = clock.now();
    const faults = [...(await overdue(look, now - graceMs)), ...(await leftBehind(look))];
    const { emptied } = await look.one<{ emptied: number }>(sql`
      select count(*) as emptied from app.organisations o
      cross join lateral (
        select emptied_at from app.calls c where c.organisation_id = o.id order by c.started_at, c.id limit 50) oldest
      where oldest.emptied_at is not null`);
    const checked = emptied + faults.length;
    return { checked, faults, ...(checked === 0 && { idle: 'nothing-old' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      await plantCall(tx, reach, { state: 'ended', startedAt: reach.clock.now() - 92 * day });
    },
  },
} satisfies Claim;

type Found = { readonly kind: string; readonly id: string };

/** What was past its time at that instant and is there all the same. */
async function overdue(look: Tx, at: number): Promise<Fault[]> {
  const rows = await look.rows<Found>(sql`
    with past as materialized (select * from ${pastTheirTime(at)} windows)
    (select 'call' as kind, x.id from past p join app.calls x on x.organisation_id = p.organisation_id
      and x.emptied_at is null and x.ended_at <= p.calls and ${isNotHeld('call')} limit 100)
    union all
    (select 'recording', x.id from past p join app.recordings x on x.organisation_id = p.organisation_id
      and x.started_at <= p.recordings and ${isNotHeld('recording')} limit 100)
    union all
    (select 'message', x.id from past p join app.messages x on x.organisation_id = p.organisation_id
      and x.created_at <= p.messages and ${isNotHeld('message')} limit 100)
    union all
    (select 'lead', x.id from past p join app.leads x on x.organisation_id = p.organisation_id
      and x.created_at <= p.leads and ${isNotHeld('lead')} limit 100)
    union all
    (select 'appointment', x.id from past p join app.appointments x on x.organisation_id = p.organisation_id
      and x.ends_at <= p.appointments and ${isNotHeld('appointment')} limit 100)
    union all
    (select 'contact', x.id from past p join app.contacts x on x.organisation_id = p.organisation_id
      and x.seen_at <= p.people and ${isNotHeld('contact')}
      and not exists (
        select from app.calls c where c.organisation_id = x.organisation_id and c.contact_id = x.id
          and (c.state = 'live' or c.finished_at is null)) limit 100)`);
  return rows.map(({ kind, id }) => ({
    what: 'is here although its time is over',
    where: `${kind}:${id}`,
    byAge: true,
  }));
}

/** Words and numbers of calls that say they have been emptied. */
async function leftBehind(look: Tx): Promise<Fault[]> {
  const rows = await look.rows<{ id: string }>(sql`
    select picked.id from app.organisations o
    cross join lateral (
      select * from app.calls c where c.organisation_id = o.id order by c.started_at, c.id limit 50) picked
    where picked.emptied_at is not null and (
      num_nonnulls(picked.conversation, picked.caller_number, picked.caller_index, picked.contact_id, picked.summary,
        picked.extraction) > 0
      or exists (select from app.call_entries e where e.organisation_id = o.id and e.call_id = picked.id)
      or exists (select from app.tool_runs r where r.organisation_id = o.id and r.call_id = picked.id))`);
  return rows.map(({ id }) => ({ what: 'was emptied and still holds something', where: `call:${id}` }));
}
