import { iso, sql } from '#base';
import { callFinisher } from '#secretary/calls';
import { plantCall } from '../canary.ts';
import type { Claim } from '../claim.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export default {
  fulfils: ['TEL-12'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'Within five minutes of its end, every call has an outcome and a summary.',
    es: 'Cinco minutos después de terminar, toda llamada tiene un resultado y un resumen.',
    pt: 'Em até cinco minutos depois do fim, toda chamada tem um resultado e um resumo.',
    hi: 'समाप्त होने के पाँच मिनट के भीतर हर कॉल का परिणाम और सारांश होता है।',
  },
  how: {
    en: 'Whatever interrupts the work after a call, a watcher finds the call and does it again. The check looks for calls that ended more than five minutes ago and are unfinished, however old, and counts those of the last 24 hours.',
    es: 'Interrumpa lo que interrumpa el trabajo posterior a una llamada, un vigilante la encuentra y lo repite. La comprobación busca llamadas terminadas hace más de cinco minutos y sin completar, por antiguas que sean, y cuenta las de las últimas 24 horas.',
    pt: 'O que quer que interrompa o trabalho após uma chamada, um vigia a encontra e o faz de novo. A verificação procura chamadas que terminaram há mais de cinco minutos e estão inacabadas, por mais antigas que sejam, e conta as das últimas 24 horas.',
    hi: 'कॉल के बाद का काम जिस कारण भी रुके, एक निगरानी उस कॉल को ढूँढकर काम फिर से करती है। जाँच पाँच मिनट से पहले समाप्त हुई अधूरी कॉल ढूँढती है, चाहे कितनी भी पुरानी हों, और पिछले 24 घंटों की कॉल गिनती है।',
  },
  yourself: {
    en: 'Ring one of your lines, hang up, and open the call: outcome and summary are there.',
    es: 'Llame a una de sus líneas, cuelgue y abra la llamada: el resultado y el resumen están ahí.',
    pt: 'Ligue para uma das suas linhas, desligue e abra a chamada: resultado e resumo estão lá.',
    hi: 'अपनी किसी लाइन पर कॉल करें, रख दें और कॉल खोलें: परिणाम और सारांश वहाँ हैं।',
  },
  kept: [callFinisher],
  every: 5 * minute,
  async probe({ look, clock }) {
    const due = iso(clock.now() - 5 * minute);
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from app.organisations o
      join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
      where c.state = 'ended' and (c.finished_at is not null or c.ended_at <= ${due})`);
    const bare = await look.rows<{ id: string }>(sql`
      select id from app.calls
      where state = 'ended' and finished_at is null and emptied_at is null and ended_at <= ${due} limit 1000`);
    // A summary ends with the time of its call, or with a hand-over; how the call ended stays.
    const empty = await look.rows<{ id: string }>(sql`
      select c.id from app.organisations o
      join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
      where c.finished_at is not null and (c.outcome is null
        or c.summary is null and c.emptied_at is null and c.forgotten_at is null) limit 1000`);
    const faults = [
      ...bare.map(({ id }) => ({ what: 'the call ended and is not finished', where: `call:${id}` })),
      ...empty.map(({ id }) => ({ what: 'the call has no outcome or no summary', where: `call:${id}` })),
    ];
    return { checked: Math.max(checked, bare.length), faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      await plantCall(tx, reach, { state: 'ended', startedAt: reach.clock.now() - 6 * minute });
    },
  },
} satisfies Claim;
