import { iso, newId, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** What was late is told for so long. */
const rememberedMs = 90 * day;

type Row = {
  readonly report_id: string;
  readonly what: string;
  readonly is_done: boolean;
  readonly is_late: boolean;
  readonly is_long: boolean;
  readonly is_moved: boolean;
};

export default {
  fulfils: ['AUD-06'],
  group: 'trust',
  kind: 'process',
  say: {
    en: 'Whoever reports a weakness is told within the published time that it has come, within 72 hours how severe it is, and within 7 days after that it is fixed when it is of high severity.',
    es: 'A quien comunica una vulnerabilidad se le dice en el plazo publicado que ha llegado, en 72 horas qué gravedad tiene, y en los 7 días siguientes está corregida si es alta.',
    pt: 'Quem relata uma vulnerabilidade fica sabendo no prazo publicado que ela chegou, em até 72 horas que gravidade tem, e nos 7 dias seguintes ela está corrigida, se for alta.',
    hi: 'कमज़ोरी बताने वाले को प्रकाशित समय के भीतर बताया जाता है कि सूचना मिल गई, 72 घंटे के भीतर यह कि वह कितनी गंभीर है, और गंभीर हो तो उसके बाद 7 दिन के भीतर वह ठीक की जाती है।',
  },
  how: {
    en: 'People do it. The program starts the clocks when a report arrives, warns the security contact before each of them runs out, and tells when one has. The check looks at every clock: one that stands open beyond its time, or was stopped too late in the last 90 days, or runs for longer than was promised, turns this promise. Reports come in without an account at /trust/security. Safe harbour, scope and the median of the times stand there too.',
    es: 'Lo hacen personas. El programa pone en marcha los relojes cuando llega un aviso, advierte al contacto de seguridad antes de que se agoten y dice cuándo uno se agotó. La comprobación mira todos los relojes: uno abierto pasado su plazo, parado tarde en los últimos 90 días o más largo de lo prometido cambia esta promesa. Los avisos llegan sin cuenta por /trust/security. Allí están también el puerto seguro, el alcance y la mediana de los tiempos.',
    pt: 'Pessoas fazem isso. O programa inicia os relógios quando um relato chega, avisa o contato de segurança antes que cada um se esgote e diz quando um se esgotou. A verificação olha todos os relógios: um aberto além do prazo, parado tarde nos últimos 90 dias ou mais longo do que o prometido muda esta promessa. Os relatos chegam sem conta por /trust/security. Lá estão também o porto seguro, o escopo e a mediana dos tempos.',
    hi: 'यह लोग करते हैं। रिपोर्ट आते ही प्रोग्राम घड़ियाँ चलाता है, हर घड़ी ख़त्म होने से पहले सुरक्षा-संपर्क को चेताता है, और ख़त्म हो जाए तो बताता है। जाँच हर घड़ी देखती है: जो समय बीतने पर भी खुली है, पिछले 90 दिनों में देर से रुकी, या वादे से लंबी चलती है, वह इस वादे को बदल देती है। रिपोर्टें /trust/security पर बिना खाते के आती हैं। सुरक्षित आश्रय, दायरा और समयों की माध्यिका भी वहीं हैं।',
  },
  every: 15 * 60_000,
  async probe({ look, clock }) {
    const now = clock.now();
    // A time that was published after the report counts for the next one.
    const rows = await look.rows<Row>(sql`
      select c.report_id, c.what, c.done_at is not null as is_done,
        coalesce(c.done_at, ${iso(now)}::timestamptz) > c.due_at as is_late,
        c.due_at - c.from_at > case c.what when 'assessment' then interval '72 hours' when 'fix' then interval '7 days'
          else case when p.changed_at > c.from_at or p.acknowledgement = 'business-day' then interval '121 hours'
            when p.acknowledgement = 'hours-24' then interval '24 hours' else interval '48 hours' end end as is_long,
        c.what <> 'fix' and c.from_at > r.received_at as is_moved
      from app.report_clocks c
      join app.vulnerability_reports r on r.organisation_id = c.organisation_id and r.id = c.report_id
      left join app.trust_profiles p on p.organisation_id = ${instanceId}
      where c.done_at is null or c.done_at > ${iso(now - rememberedMs)}
      order by c.from_at desc limit 10000`);
    const unclocked = await look.rows<{ id: string }>(sql`
      select r.id from app.vulnerability_reports r
      where (select count(*) from app.report_clocks c where c.organisation_id = r.organisation_id and c.report_id = r.id
          and (c.what <> 'fix' or r.severity in ('high', 'critical')))
        < case when r.severity in ('high', 'critical') then 3 else 2 end
      limit 100`);
    const faults = rows.flatMap(faultsOf);
    return {
      checked: rows.length,
      faults: [...faults, ...unclocked.map(({ id }) => ({ what: 'a clock does not run', where: `report:${id}` }))],
      idle: 'no-report',
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const id = newId(reach);
      const at = iso(reach.clock.now() - 4 * day);
      await tx.run(sql`
        insert into app.vulnerability_reports (organisation_id, id, received_at, via, language, receipt_hash)
        values (${canary}, ${id}, ${at}, 'page', 'en', ${reach.random.bytes(32)})`);
      await tx.run(sql`
        insert into app.report_clocks (organisation_id, report_id, what, from_at, due_at, done_at)
        values (${canary}, ${id}, 'acknowledgement', ${at}, ${iso(reach.clock.now() - 3 * day)}, ${at}),
          (${canary}, ${id}, 'assessment', ${at}, ${iso(reach.clock.now() - day)}, null)`);
    },
  },
} satisfies Claim;

function faultsOf({ report_id: id, what, ...is }: Row): Fault[] {
  const where = `report:${id}`;
  return [
    ...(is.is_late ? [{ what: is.is_done ? `the ${what} came too late` : `the ${what} is overdue`, where }] : []),
    ...(is.is_long ? [{ what: `the ${what} was given more time than was promised`, where }] : []),
    ...(is.is_moved ? [{ what: `the ${what} was counted from later than the report came`, where }] : []),
  ];
}
