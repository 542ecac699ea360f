import { iso, sql, type Tx } from '#base';
import { setKeeping } from '#safeguards/retention';
import { canary, plantCall } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

export default {
  fulfils: ['RET-01'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Each business sets for itself how long recordings, what is said in calls, messages, who called, leads and appointments are kept. Every setting is in the audit log, none is without end, and what is said in a call ends when the setting says, no sooner, unless somebody asked for it to be forgotten or the account was closed.',
    es: 'Cada negocio fija cuánto tiempo se conservan las grabaciones, lo dicho en las llamadas, los mensajes, quién llamó, los contactos comerciales y las citas. Cada ajuste consta en el registro de auditoría, ninguno carece de fin, y lo dicho en una llamada termina cuando dice el ajuste, no antes, salvo que alguien haya pedido que se olvide o se haya cerrado la cuenta.',
    pt: 'Cada empresa define por quanto tempo se guardam gravações, o que é dito nas chamadas, recados, quem ligou, leads e agendamentos. Toda definição está no registro de auditoria, nenhuma é sem fim, e o que se diz em uma chamada termina quando a definição diz, não antes, a menos que alguém tenha pedido que fosse esquecido ou a conta tenha sido encerrada.',
    hi: 'हर व्यवसाय स्वयं तय करता है कि रिकॉर्डिंग, कॉल में कही बातें, संदेश, किसने कॉल की, लीड और अपॉइंटमेंट कितने समय रखे जाएँ। हर सेटिंग ऑडिट लॉग में है, कोई भी अंतहीन नहीं, और कॉल में कही बात तभी समाप्त होती है जब सेटिंग कहती है, पहले नहीं, जब तक किसी ने भुलाने को न कहा हो या खाता बंद न हुआ हो।',
  },
  how: {
    en: 'A setting is a new version beside the old ones; the database itself refuses one without an end, and minutes for anybody but two organisations of our own that exist to be looked at. The check takes every setting of the last year: each has its entry in the audit log, a finite time for everything, and leaves gone what was gone. Of the calls whose words ended in the last 24 hours, at most 1000 of each organisation, it reckons from all settings that counted meanwhile when they were to end, and wants none to have ended before. That nothing ends late is another promise of this page.',
    es: 'Un ajuste es una versión nueva junto a las anteriores; la propia base de datos rechaza uno sin fin, y los minutos a quien no sea una de dos organizaciones nuestras que existen para ser observadas. La comprobación toma todos los ajustes del último año: cada uno tiene su anotación en el registro de auditoría, un plazo finito para todo, y deja desaparecido lo que desapareció. De las llamadas cuyas palabras terminaron en las últimas 24 horas, como máximo 1000 de cada organización, calcula con todos los ajustes que contaron entretanto cuándo debían terminar, y exige que ninguna haya terminado antes. Que nada termine tarde es otra promesa de esta página.',
    pt: 'Uma definição é uma nova versão ao lado das antigas; o próprio banco recusa uma sem fim, e minutos para qualquer um além de duas organizações nossas que existem para ser observadas. A verificação toma todas as definições do último ano: cada uma tem a sua entrada no registro de auditoria, um prazo finito para tudo, e deixou ir o que já tinha ido. Das chamadas cujas palavras terminaram nas últimas 24 horas, no máximo 1000 de cada organização, ela calcula a partir de todas as definições que valiam nesse meio-tempo quando deviam terminar, e quer que nenhuma tenha terminado antes. Que nada termine tarde é outra promessa desta página.',
    hi: 'सेटिंग पुरानी के पास एक नया संस्करण है; डेटाबेस स्वयं अंतहीन को और, देखे जाने के लिए बने हमारे दो संगठनों के सिवा किसी के लिए, मिनटों को मना करता है। जाँच पिछले वर्ष की हर सेटिंग लेती है: हर एक की ऑडिट लॉग में प्रविष्टि हो, हर चीज़ का सीमित समय हो, और जो जा चुका था उसे जाने दिया हो। पिछले 24 घंटों में जिन कॉल के शब्द समाप्त हुए, हर संगठन की अधिकतम 1000, उनके लिए वह इस बीच लागू सभी सेटिंग से गिनती है कि कब समाप्त होना था, और चाहती है कि कोई पहले समाप्त न हुई हो। कुछ देर से समाप्त न हो, यह इस पृष्ठ का दूसरा वादा है।',
  },
  yourself: {
    en: 'Change the days in the settings of your business, look at /api/v1/audit for who changed what, and at a call that is older than the days you have set.',
    es: 'Cambie los días en los ajustes de su negocio, mire en /api/v1/audit quién cambió qué, y una llamada más antigua que los días que ha fijado.',
    pt: 'Mude os dias nas configurações da sua empresa, veja em /api/v1/audit quem mudou o quê, e olhe uma chamada mais antiga que os dias que definiu.',
    hi: 'अपने व्यवसाय की सेटिंग में दिन बदलें, /api/v1/audit में देखें कि किसने क्या बदला, और ऐसी कॉल देखें जो आपके तय दिनों से पुरानी है।',
  },
  kept: [setKeeping, 'migrations/0025-retention.sql'],
  every: hour,
  async probe({ look, clock }) {
    const now = clock.now();
    const settings = await settingsOf(look, now - 365 * day);
    const calls = await emptiedSince(look, now - day);
    const faults = [
      ...settings.flatMap(({ id, what }) => what.map((one): Fault => ({ what: one, where: `keeping:${id}` }))),
      ...calls
        .filter(({ isEarly }) => isEarly)
        .map(({ id }): Fault => ({ what: 'ended before its time', where: `call:${id}` })),
    ];
    return { checked: settings.length + calls.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = reach.clock.now();
      await tx.run(sql`delete from app.keepings where organisation_id = ${canary}`);
      const call = await plantCall(tx, reach, { state: 'ended', startedAt: now - 2 * day });
      await tx.run(sql`
        update app.calls set emptied_at = ${iso(now)}, conversation = null where organisation_id = ${canary} and id = ${call}`);
    },
  },
} satisfies Claim;

type Setting = { readonly id: string; readonly what: readonly string[] };

/** Every setting since then, and what is wrong with it. */
async function settingsOf(look: Tx, since: number): Promise<readonly Setting[]> {
  const rows = await look.rows<{
    id: string;
    recorded: boolean;
    finite: boolean;
    follows: boolean;
    stays: boolean;
  }>(sql`
    select k.organisation_id || '/' || k.version as id,
      exists (
        select from app.audit_entries a
        where a.organisation_id = k.organisation_id and a.action = 'keeping.changed'
          and a.at between k.changed_at and k.changed_at + interval '1 minute')
        -- Whatever is not held ends with the account, by a last version that the closing writes.
        or o.closes_at <= k.changed_at as recorded,
      (select count(*) = 6 and bool_and(
          (w.value = '"account"' and w.key in ('people', 'leads', 'appointments'))
          or (jsonb_typeof(w.value -> 'ms') = 'number' and (w.value ->> 'ms')::numeric between 60000 and 315360000000))
        from jsonb_each(k.windows) w) as finite,
      k.version = 1 or before.version is not null as follows,
      before.version is null or not exists (
        select from jsonb_each_text(before.gone_to) b
        where (k.gone_to ->> b.key)::timestamptz is null or (k.gone_to ->> b.key)::timestamptz < b.value::timestamptz)
        as stays
    from app.organisations o
    join app.keepings k on k.organisation_id = o.id and k.changed_at > ${iso(since)}
    left join app.keepings before on before.organisation_id = k.organisation_id and before.version = k.version - 1
    limit 10000`);
  return rows.map(({ id, recorded, finite, follows, stays }) => ({
    id,
    what: [
      ...(recorded ? [] : ['a setting that the audit log does not know']),
      ...(finite ? [] : ['a setting without an end']),
      ...(follows ? [] : ['a setting whose forerunner is gone']),
      ...(stays ? [] : ['a setting that brings back what was gone']),
    ],
  }));
}

type Emptied = { readonly id: string; readonly isEarly: boolean };

/**
 * Calls whose words ended since then. One ended in time when some setting, while it counted, had it past its time: the
 * 90 days of who has set nothing until the first, each until the next, the last until the call was emptied.
 */
async function emptiedSince(look: Tx, since: number): Promise<readonly Emptied[]> {
  return look.rows<Emptied>(sql`
    with settings as materialized (
      select o.id as organisation_id, (k.windows -> 'calls' ->> 'ms')::bigint as ms,
        lead(k.changed_at) over (partition by o.id order by k.version) as until
      from app.organisations o join app.keepings k on k.organisation_id = o.id
      union all
      select o.id, ${90 * day}::bigint, (select min(k.changed_at) from app.keepings k where k.organisation_id = o.id)
      from app.organisations o
    )
    select c.id, not exists (
        select from settings s where s.organisation_id = c.organisation_id
          and c.ended_at + s.ms * interval '1 millisecond' <= least(s.until, c.emptied_at))
      and not exists (
        select from app.erasure_targets e
        where e.organisation_id = c.organisation_id and e.kind = 'call' and e.id = c.id)
      and (o.closes_at is null or o.closes_at > c.emptied_at) as "isEarly"
    from app.organisations o
    cross join lateral (
      select x.organisation_id, x.id, x.ended_at, x.emptied_at from app.calls x
      where x.organisation_id = o.id and x.emptied_at > ${iso(since)}
      order by x.emptied_at desc limit 1000) c`);
}
