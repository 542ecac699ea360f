import { canonical, iso, newId, sql } from '#base';
import { captureLead } from '#secretary/contacts';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';
import { pastTheirTime } from '../windows-set.ts';

const hour = 60 * 60_000;
const year = 365 * 24 * hour;

export default {
  fulfils: ['INT-05'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'A caller who wants something from the business is written down as a lead, and the lead stays for as long as the business keeps leads: as long as its account, unless it has set a time.',
    es: 'Quien llama porque quiere algo del negocio queda anotado como contacto comercial, y la anotación permanece mientras el negocio conserve los contactos: mientras dure su cuenta, salvo que haya fijado un plazo.',
    pt: 'Quem liga e quer algo da empresa é anotado como lead, e o lead fica enquanto a empresa guarda leads: tanto quanto a sua conta, a menos que ela tenha definido um prazo.',
    hi: 'जो कॉल करने वाला व्यवसाय से कुछ चाहता है, वह लीड के रूप में लिखा जाता है, और लीड तब तक रहती है जब तक व्यवसाय लीड रखता है: खाते जितने समय, जब तक उसने कोई समय तय न किया हो।',
  },
  how: {
    en: 'When a lead is written down, the audit log gets an entry in the same transaction. The check takes the entries of the last two hours, and those of one hour of the last year that is chosen by chance, and wants the lead of each to be there still, with its call, unless its time was over or somebody asked for it to be erased.',
    es: 'Cuando se anota un contacto, el registro de auditoría recibe una anotación en la misma transacción. La comprobación toma las de las últimas dos horas y las de una hora del último año elegida al azar, y exige que el contacto de cada una siga ahí, con su llamada, salvo que haya acabado su plazo o alguien haya pedido que se borre.',
    pt: 'Quando um lead é anotado, o registro de auditoria recebe uma entrada na mesma transação. A verificação toma as entradas das últimas duas horas, e as de uma hora do último ano escolhida ao acaso, e quer que o lead de cada uma ainda exista, com a sua chamada, a menos que o prazo tenha terminado ou alguém tenha pedido que fosse apagado.',
    hi: 'लीड लिखे जाते ही उसी ट्रांज़ैक्शन में ऑडिट लॉग में प्रविष्टि होती है। जाँच पिछले दो घंटों की और पिछले वर्ष के संयोग से चुने एक घंटे की प्रविष्टियाँ लेती है और चाहती है कि हर एक की लीड अपनी कॉल के साथ अब भी हो, जब तक उसका समय न बीता हो या किसी ने मिटाने को न कहा हो।',
  },
  yourself: {
    en: 'Ring one of your lines, ask for an offer, and look at /api/v1/leads a day and a month later.',
    es: 'Llame a una de sus líneas, pida un presupuesto y mire /api/v1/leads un día y un mes después.',
    pt: 'Ligue para uma das suas linhas, peça um orçamento e consulte /api/v1/leads um dia e um mês depois.',
    hi: 'अपनी किसी लाइन पर कॉल करें, प्रस्ताव माँगें, और एक दिन तथा एक महीने बाद /api/v1/leads देखें।',
  },
  kept: [captureLead],
  every: hour,
  async probe({ look, clock, random }) {
    const now = clock.now();
    const some = now - Math.floor((random.bytes(4).readUInt32BE() / 2 ** 32) * year);
    const rows = await look.rows<{ lead: string; kept: boolean }>(sql`
      with past as materialized (select * from ${pastTheirTime(now)} windows)
      select e.lead, exists (
          select from app.leads l where l.organisation_id = e.organisation_id and l.id::text = e.lead)
        or exists (select from past p where p.organisation_id = e.organisation_id and e.at <= p.leads)
        or exists (
          select from app.erasure_targets t
          where t.organisation_id = e.organisation_id and t.kind = 'lead' and t.id::text = e.lead)
        or exists (
          select from app.erasures x where x.organisation_id = e.organisation_id and x.scope = 'organisation') as kept
      from (
        select a.organisation_id, a.at,
          replace(convert_from(a.leaf, 'UTF8')::jsonb ->> 'object', 'lead:', '') as lead
        from app.organisations o
        join app.audit_entries a on a.organisation_id = o.id and a.action = 'lead.captured'
          and (a.at > ${iso(now - 2 * hour)} or a.at between ${iso(some)} and ${iso(some + hour)})
        limit 10000) e`);
    const faults = rows
      .filter(({ kept }) => !kept)
      .map(({ lead }): Fault => ({ what: 'a lead that was written down is gone', where: `lead:${lead}` }));
    return { checked: rows.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const [id, lead, at] = [newId(reach), newId(reach), iso(reach.clock.now())];
      const entry = {
        v: 1,
        id,
        organisation: canary,
        at,
        actor: 'caller',
        action: 'lead.captured',
        object: `lead:${lead}`,
      };
      const leaf = Buffer.from(canonical({ ...entry, commitment: null }));
      await tx.run(sql`
        insert into app.audit_entries (organisation_id, id, at, action, leaf)
        values (${canary}, ${id}, ${at}, 'lead.captured', ${leaf})`);
    },
  },
} satisfies Claim;
