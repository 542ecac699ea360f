import { iso, newId, sql, type Tx } from '#base';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const day = 24 * 60 * 60_000;

export default {
  fulfils: ['TRU-05'],
  group: 'processors',
  kind: 'process',
  say: {
    en: 'Before another company gets data of customers, their owners and administrators are told by mail, 10 days ahead or 30 where that was agreed; what could not wait is published and mailed with its reason.',
    es: 'Antes de que otra empresa reciba datos de los clientes, se avisa por correo a sus propietarios y administradores, 10 días antes o 30 si así se acordó; lo que no podía esperar se publica y se envía con su motivo.',
    pt: 'Antes que outra empresa receba dados dos clientes, os proprietários e administradores são avisados por e-mail, 10 dias antes ou 30 onde isso foi acordado; o que não podia esperar é publicado e enviado com o motivo.',
    hi: 'किसी और कंपनी को ग्राहकों का डेटा मिलने से पहले उनके स्वामियों और प्रशासकों को ईमेल से बताया जाता है, 10 दिन पहले, या जहाँ तय हो वहाँ 30; जो रुक नहीं सकता था वह कारण सहित प्रकाशित और भेजा जाता है।',
  },
  how: {
    en: 'The program holds a company back that was switched on until everybody affected has been told and their days are over; the proof of sending is kept. The check looks whether one was used before that, whether data went to one that was held back, and whether somebody could not be told for a day.',
    es: 'El programa retiene a una empresa que se ha activado hasta que se ha avisado a todos los afectados y han pasado sus días; se guarda la prueba del envío. La comprobación mira si alguna se usó antes, si fueron datos a una retenida y si no se pudo avisar a alguien durante un día.',
    pt: 'O programa retém uma empresa que foi ativada até que todos os afetados tenham sido avisados e os seus dias tenham passado; a prova do envio é guardada. A verificação olha se alguma foi usada antes disso, se dados foram para uma retida e se alguém não pôde ser avisado durante um dia.',
    hi: 'चालू की गई कंपनी को प्रोग्राम तब तक रोके रखता है जब तक सभी प्रभावितों को बताया न जाए और उनके दिन पूरे न हों; भेजने का प्रमाण रखा जाता है। जाँच देखती है कि क्या कोई पहले उपयोग हुई, क्या रोकी गई कंपनी को डेटा गया, और क्या किसी को एक दिन तक बताया न जा सका।',
  },
  every: 15 * 60_000,
  async probe({ look, clock }) {
    const now = iso(clock.now());
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from app.register_uses where why <> 'already'`);
    const early = await look.rows<{ use_id: string; processor: string }>(sql`
      select distinct u.id as use_id, u.processor from app.register_uses u
      join app.register_notices n on n.use_id = u.id and n.kind = 'coming'
      where u.why = 'told' and u.usable_at <= ${now}
        and (n.told_at is null or u.usable_at < n.told_at + n.days * interval '24 hours')
        and n.organisation_id not in (select o.id from app.organisations o where o.kind = 'instance')
      union
      select u.id, u.processor from app.register_uses u cross join lateral sec.register_affected(u.found_at) a
      where u.why = 'told' and u.usable_at <= ${now}
        and not exists (select from app.register_notices n where n.organisation_id = a.id and n.use_id = u.id)
      union
      select u.id, u.processor from app.register_uses u
      cross join lateral sec.register_affected(u.found_at - interval '1 minute') a
      where u.why = 'nobody-affected' and u.usable_at <= ${now}
      union
      select u.id, u.processor from app.register_uses u
      join app.register_versions v on v.organisation_id = u.organisation_id and v.number = 1
      where u.why = 'already' and u.found_at > v.at`);
    const held = await look.rows<{ use_id: string; processor: string }>(sql`
      select u.id as use_id, u.processor from app.register_uses u
      join app.egress_books b on b.outcome = 'sent' and b.vendor = u.processor
        and u.party in (b.vendor, b.vendor || '@' || b.host)
      where u.ended_at is null and b.last_at > u.found_at and (u.usable_at is null or b.last_at < u.usable_at)`);
    const byOthers = await connected(look);
    const late = await look.rows<{ use_id: string; kind: string }>(sql`
      select distinct n.use_id, n.kind from app.register_notices n join app.register_uses u on u.id = n.use_id
      where n.told_at is null and n.written_at < ${iso(clock.now() - day)} and u.ended_at is null`);
    return {
      checked,
      faults: [
        ...early.map((one): Fault => ({ what: `${one.processor} was used before its day`, where: whereOf(one) })),
        ...held
          .filter(({ processor }) => !byOthers.includes(processor))
          .map((one): Fault => ({ what: `${one.processor} got something while held back`, where: whereOf(one) })),
        ...late.map((one): Fault => ({ what: 'somebody has not been told for a day', where: whereOf(one) })),
      ],
      idle: 'nothing-switched-on',
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const use = newId(reach);
      const at = iso(reach.clock.now() - 2 * day);
      await tx.run(sql`
        insert into app.register_uses (organisation_id, id, processor, party, name, found_at, why, usable_at)
        values (${canary}, ${use}, 'planted', 'planted', 'Planted', ${at}, 'told', ${at})`);
      await tx.run(sql`
        insert into app.register_notices (organisation_id, use_id, kind, days, written_at, recipients)
        values (${canary}, ${use}, 'coming', 10, ${at}, 1)`);
    },
  },
} satisfies Claim;

/** Companies that organisations have accounts of their own at: what goes there by those waits for nobody. */
async function connected(look: Pick<Tx, 'rows'>): Promise<readonly string[]> {
  const rows = await look.rows<{ id: string }>(sql`
    select p ->> 'id' as id from app.register_versions v, jsonb_array_elements(v.content::jsonb -> 'processors') p
    where p -> 'by' ? 'organisations'
      and v.number = (select max(n.number) from app.register_versions n where n.organisation_id = v.organisation_id)`);
  return rows.map(({ id }) => id);
}

function whereOf({ use_id: use }: { readonly use_id: string }): string {
  return `processor-use:${use}`;
}
