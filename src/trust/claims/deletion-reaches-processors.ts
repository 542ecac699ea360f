import { iso, newId, sql, type Tx } from '#base';
import { carriers } from '#adapters/carriers';
import { askProcessors, processorEraser } from '#safeguards/processors';
import { canary, plantCall } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const year = 365 * day;
/** What was given up is a fault for so long; the owners were told of it, and it stays in their records. */
const rememberedMs = 30 * day;

export default {
  fulfils: ['RET-13'],
  group: 'processors',
  kind: 'proven',
  say: {
    en: 'What a carrier holds of a call is deleted there too when the call is deleted here: recordings, transcriptions and the record of the call. It counts as done only when another look at the carrier has found nothing, and that is so within a day.',
    es: 'Lo que un operador conserva de una llamada se borra también allí cuando la llamada se borra aquí: grabaciones, transcripciones y el registro de la llamada. Solo se da por hecho cuando otra consulta al operador no ha encontrado nada, y eso ocurre en el plazo de un día.',
    pt: 'O que uma operadora guarda de uma chamada também é apagado lá quando a chamada é apagada aqui: gravações, transcrições e o registro da chamada. Só conta como feito quando outra consulta à operadora não encontrou nada, e isso acontece em um dia.',
    hi: 'कॉल यहाँ मिटने पर वाहक के पास उसका जो है वह वहाँ भी मिटाया जाता है: रिकॉर्डिंग, प्रतिलेखन और कॉल का अभिलेख। यह तभी पूरा गिना जाता है जब वाहक के यहाँ दोबारा देखने पर कुछ न मिले, और ऐसा एक दिन के भीतर होता है।',
  },
  how: {
    en: 'The deletion is written down in the transaction that ends the call here, asked for with the account of the business, read back and tried again until it is confirmed; after a day its owners get a mail, after a week it is given up and said so. The check looks for deletions that have waited for more than a day or were given up in the last 30, and whether calls that ended, the latest of each business and some of the last year chosen by chance, were asked for at all. It believes the record of what the carrier answered: it has no key to ask it. Where the business has taken its account away nobody can ask, which is no fault here; whoever asked for the deletion is told what stays. What stays with a carrier or a model for a time although it was deleted is listed with each of them; a model stores nothing that could be deleted.',
    es: 'El borrado se anota en la transacción que termina la llamada aquí, se pide con la cuenta del negocio, se comprueba y se repite hasta confirmarlo; al cabo de un día sus dueños reciben un correo, y tras una semana se abandona y se dice. La comprobación busca borrados que llevan más de un día esperando o se abandonaron en los últimos 30, y si se pidió el de llamadas terminadas: las últimas de cada negocio y algunas del último año elegidas al azar. Se fía de lo anotado de las respuestas del operador: no tiene clave para preguntarle. Si el negocio ha retirado su cuenta nadie puede pedirlo; eso aquí no es un fallo, y a quien pidió el borrado se le dice qué queda. Lo que queda un tiempo en un operador o en un modelo aunque se haya borrado figura con cada uno de ellos; un modelo no almacena nada que se pueda borrar.',
    pt: 'O apagamento é anotado na transação que encerra a chamada aqui, pedido com a conta da empresa, relido e tentado de novo até ser confirmado; depois de um dia os proprietários recebem um e-mail, depois de uma semana ele é abandonado e isso é dito. A verificação procura apagamentos que esperaram mais de um dia ou foram abandonados nos últimos 30, e se as chamadas que terminaram, as últimas de cada empresa e algumas do último ano escolhidas ao acaso, chegaram a ser pedidas. Ela acredita no registro do que a operadora respondeu: não tem chave para perguntar. Onde a empresa retirou a conta, ninguém pode perguntar, o que aqui não é falha; quem pediu o apagamento fica sabendo o que permanece. O que fica com uma operadora ou um modelo por algum tempo, embora apagado, está listado em cada um deles; um modelo não guarda nada que pudesse ser apagado.',
    hi: 'मिटाने की बात उसी ट्रांज़ैक्शन में लिखी जाती है जो यहाँ कॉल को समाप्त करता है, व्यवसाय के खाते से माँगी जाती है, फिर पढ़ी जाती है और पुष्टि होने तक दोहराई जाती है; एक दिन बाद मालिकों को मेल जाता है, एक सप्ताह बाद उसे छोड़ दिया जाता है और यह कहा जाता है। जाँच ऐसे मिटाने ढूँढती है जो एक दिन से अधिक रुके रहे या पिछले 30 दिनों में छोड़े गए, और यह कि समाप्त हुई कॉल, हर व्यवसाय की नवीनतम और पिछले वर्ष की कुछ संयोग से चुनी हुई, माँगी भी गईं या नहीं। वह वाहक के उत्तर के अभिलेख पर विश्वास करती है: उसके पास पूछने की कुंजी नहीं। जहाँ व्यवसाय ने अपना खाता हटा लिया, वहाँ कोई पूछ नहीं सकता, जो यहाँ दोष नहीं; जिसने मिटाने को कहा उसे बताया जाता है कि क्या बचता है। मिटाने के बाद भी वाहक या मॉडल के पास कुछ समय जो रहता है, वह हर एक के साथ सूचीबद्ध है; मॉडल ऐसा कुछ नहीं रखता जिसे मिटाया जा सके।',
  },
  yourself: {
    en: 'Ring a line of yours at a carrier, erase the call with DELETE /api/v1/calls/{id}, wait a quarter of an hour, and look for it in your console there: it is gone, and GET /api/v1/erasures/{id} says since when.',
    es: 'Llame a una de sus líneas en un operador, borre la llamada con DELETE /api/v1/calls/{id}, espere un cuarto de hora y búsquela en su consola de allí: ha desaparecido, y GET /api/v1/erasures/{id} dice desde cuándo.',
    pt: 'Ligue para uma linha sua em uma operadora, apague a chamada com DELETE /api/v1/calls/{id}, espere quinze minutos e procure-a no seu console de lá: ela sumiu, e GET /api/v1/erasures/{id} diz desde quando.',
    hi: 'किसी वाहक पर अपनी लाइन पर कॉल करें, DELETE /api/v1/calls/{id} से कॉल मिटाएँ, पंद्रह मिनट रुकें और उसे वहाँ अपने कंसोल में ढूँढें: वह नहीं है, और GET /api/v1/erasures/{id} बताता है कि कब से।',
  },
  kept: [askProcessors, processorEraser, 'migrations/0028-processors.sql'],
  every: hour,
  async probe({ look, clock, random }) {
    const now = clock.now();
    const holding = (await carriers())
      .filter(({ item }) => item.processor.keeps.some(({ deletable }) => deletable))
      .map(({ id }) => id);
    const some = now - Math.floor((random.bytes(4).readUInt32BE() / 2 ** 32) * year);
    const { asked, confirmed } = await counts(look, now);
    const { ended, unasked } = await endedCalls(look, holding, some);
    const faults = [...(await unconfirmed(look, now)), ...unasked];
    const checked = asked + confirmed + ended;
    return {
      checked,
      faults,
      ...(checked === 0 && { idle: 'no-call-outside' }),
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const at = iso(reach.clock.now() - 2 * day);
      const call = await plantCall(tx, reach, { state: 'ended', startedAt: reach.clock.now() - 2 * day });
      await tx.run(sql`
        insert into app.processor_erasures (organisation_id, id, processor, item, name, call_id, account_id, state, made_at,
          call_started_at, call_ended_at, due_at)
        select c.organisation_id, ${newId(reach)}::uuid, 'twilio', 'call', c.carrier_call_id, c.id, l.account_id, 'asked',
          ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
        from app.calls c join app.lines l on l.organisation_id = c.organisation_id and l.id = c.line_id
        where c.organisation_id = ${canary} and c.id = ${call}`);
    },
  },
} satisfies Claim;

/** Deletions that are under way, and some that were confirmed lately; of each organisation a few. */
function counts(look: Tx, now: number): Promise<{ readonly asked: number; readonly confirmed: number }> {
  return look.one(sql`
    select coalesce(sum(open.count), 0)::integer as asked, coalesce(sum(done.count), 0)::integer as confirmed
    from app.organisations o
    cross join lateral (
      select count(*) from (
        select from app.processor_erasures e
        where e.organisation_id = o.id and e.due_at is not null limit 100) few) open
    cross join lateral (
      select count(*) from (
        select from app.processor_erasures e
        where e.organisation_id = o.id and e.state = 'confirmed' and e.settled_at > ${iso(now - day)} limit 100) few) done`);
}

/** What has not been confirmed for a day, or was given up, although the account to ask with is connected. */
async function unconfirmed(look: Tx, now: number): Promise<Fault[]> {
  const rows = await look.rows<{ id: string; state: string }>(sql`
    select e.id, e.state from app.organisations o
    cross join lateral (
      (select * from app.processor_erasures e
        where e.organisation_id = o.id and e.due_at is not null and e.made_at <= ${iso(now - day)}
        order by e.made_at limit 100)
      union all
      (select * from app.processor_erasures e
        where e.organisation_id = o.id and e.state = 'given-up' and e.settled_at > ${iso(now - rememberedMs)}
        limit 100)) e
    where exists (
      select from app.carrier_accounts a
      where a.organisation_id = o.id and a.id = e.account_id and a.revoked_at is null)
    limit 1000`);
  return rows.map(({ id, state }) => ({
    what: state === 'given-up' ? 'was given up before it was confirmed' : 'has not been confirmed for a day',
    where: `processor-erasure:${id}`,
  }));
}

type Ended = { readonly ended: number; readonly unasked: readonly Fault[] };

/** Calls that ended here: the latest of each organisation, and some from that instant on; and those nobody was asked for. */
async function endedCalls(look: Tx, holding: readonly string[], some: number): Promise<Ended> {
  const rows = await look.rows<{ id: string; asked: boolean }>(sql`
    select distinct c.organisation_id, c.id, exists (
      select from app.processor_erasures e
      where e.organisation_id = c.organisation_id and e.call_id = c.id and e.processor = c.carrier) as asked
    from app.organisations o
    cross join lateral (
      (select * from app.calls c where c.organisation_id = o.id and c.emptied_at is not null
        order by c.emptied_at desc limit 100)
      union all
      (select * from app.calls c where c.organisation_id = o.id and c.emptied_at >= ${iso(some)}
        order by c.emptied_at limit 100)) c
    where c.carrier = any(${holding}::text[])`);
  const unasked = rows
    .filter(({ asked }) => !asked)
    .map(({ id }): Fault => ({
      what: 'ended here, and the carrier was never asked to delete it',
      where: `call:${id}`,
    }));
  return { ended: rows.length, unasked };
}
