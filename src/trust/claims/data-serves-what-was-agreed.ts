import { iso, newId, sql } from '#base';
import { agreedTo } from '#safeguards/retention';
import { canary, plantCall } from '../canary.ts';
import type { Claim } from '../claim.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** What was under way when an agreement was taken back may still end. */
const graceMs = minute;

export default {
  fulfils: ['RET-15'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Appointments are made, callers written down as leads and calls recorded only for a business that has agreed to that use of the data.',
    es: 'Solo se dan citas, se anotan contactos comerciales y se graban llamadas para un negocio que ha aceptado ese uso de los datos.',
    pt: 'Horários são marcados, pessoas são anotadas como leads e chamadas são gravadas apenas para uma empresa que concordou com esse uso dos dados.',
    hi: 'अपॉइंटमेंट, लीड और कॉल की रिकॉर्डिंग केवल उसी व्यवसाय के लिए होती है जिसने डेटा के उस उपयोग पर सहमति दी है।',
  },
  how: {
    en: 'Each use is named, and who agreed to it and when is kept. Without an agreement the tools for appointments are not offered to the model and refused when it asks all the same, no lead is written, and the database itself notes that nothing may be recorded. The check looks for appointments, leads and recordings that began more than a minute after the agreement was taken back, or without any, and counts those of the last 24 hours.',
    es: 'Cada uso tiene su nombre, y se guarda quién lo aceptó y cuándo. Sin aceptación no se ofrecen al modelo las herramientas de citas y se le niegan si las pide, no se anota ningún contacto, y la propia base de datos deja constancia de que no se puede grabar. La comprobación busca citas, contactos y grabaciones que empezaron más de un minuto después de retirarse la aceptación, o sin ella, y cuenta los de las últimas 24 horas.',
    pt: 'Cada uso é nomeado, e fica guardado quem concordou com ele e quando. Sem concordância, as ferramentas de agendamento não são oferecidas ao modelo e são recusadas se ele as pedir mesmo assim, nenhum lead é anotado, e o próprio banco registra que nada pode ser gravado. A verificação procura agendamentos, leads e gravações que começaram mais de um minuto depois de a concordância ser retirada, ou sem nenhuma, e conta os das últimas 24 horas.',
    hi: 'हर उपयोग का नाम है, और किसने कब सहमति दी, यह रखा जाता है। सहमति के बिना अपॉइंटमेंट के साधन मॉडल को दिए नहीं जाते और फिर भी माँगने पर अस्वीकार होते हैं, कोई लीड नहीं लिखी जाती, और डेटाबेस स्वयं दर्ज करता है कि कुछ रिकॉर्ड नहीं हो सकता। जाँच ऐसे अपॉइंटमेंट, लीड और रिकॉर्डिंग ढूँढती है जो सहमति वापस लेने के एक मिनट से अधिक बाद, या बिना सहमति के, शुरू हुए, और पिछले 24 घंटों के गिनती है।',
  },
  yourself: {
    en: 'Take back an agreement in the settings, ring one of your lines and ask for an appointment: none is offered.',
    es: 'Retire una aceptación en los ajustes, llame a una de sus líneas y pida una cita: no se le ofrece ninguna.',
    pt: 'Retire uma concordância nas configurações, ligue para uma das suas linhas e peça um horário: nenhum é oferecido.',
    hi: 'सेटिंग में कोई सहमति वापस लें, अपनी किसी लाइन पर कॉल करें और अपॉइंटमेंट माँगें: कोई नहीं दिया जाता।',
  },
  kept: [agreedTo, 'migrations/0021-keeping.sql'],
  every: 60 * minute,
  async probe({ look, clock }) {
    const now = clock.now();
    const { checked } = await look.one<{ checked: number }>(sql`
      select sum((select count(*) from app.leads x where x.organisation_id = o.id and x.created_at > ${iso(now - day)})
        + (select count(*) from app.appointments x where x.organisation_id = o.id and x.created_at > ${iso(now - day)})
        + (select count(*) from app.recordings x where x.organisation_id = o.id and x.started_at > ${iso(now - day)}))::integer
        as checked
      from app.organisations o`);
    const rows = await look.rows<{ kind: string; id: string }>(sql`
      with refused as materialized (
        select o.id as organisation_id, named.purpose,
          coalesce(p.at + ${graceMs} * interval '1 millisecond', '-infinity') as since
        from app.organisations o
        cross join unnest(array['leads', 'appointments', 'recordings']) named (purpose)
        left join app.purposes p on p.organisation_id = o.id and p.purpose = named.purpose
        where p.agreed is not true
      )
      (select 'lead' as kind, x.id from refused r join app.leads x on x.organisation_id = r.organisation_id
        and x.created_at > r.since where r.purpose = 'leads' limit 100)
      union all
      (select 'appointment', x.id from refused r join app.appointments x on x.organisation_id = r.organisation_id
        and x.created_at > r.since where r.purpose = 'appointments' limit 100)
      union all
      (select 'recording', x.id from refused r join app.recordings x on x.organisation_id = r.organisation_id
        and x.started_at > r.since where r.purpose = 'recordings' limit 100)`);
    const faults = rows.map(({ kind, id }) => ({
      what: 'was made without an agreement to that',
      where: `${kind}:${id}`,
    }));
    return { checked: checked + faults.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = iso(reach.clock.now());
      const call = await plantCall(tx, reach, { state: 'ended', startedAt: reach.clock.now() });
      await tx.run(sql`delete from app.purposes where organisation_id = ${canary}`);
      await tx.run(sql`
        insert into app.leads (organisation_id, id, call_id, status, created_at)
        values (${canary}, ${newId(reach)}, ${call}, 'new', ${now})`);
    },
  },
} satisfies Claim;
