import { iso, newId, sql, type Tx } from '#base';
import { canary } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { loadClaims } from '../prove-all.ts';
import { cadence, scheduleProofs } from '../schedule.ts';
import { evidenceKeeper } from '../leaf-looks.ts';

const minute = 60_000;

export default {
  fulfils: ['AUD-08'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'Every promise with a check is looked at again within its own interval, and each look stands in the audit log minutes later.',
    es: 'Cada promesa con comprobación se vuelve a mirar dentro de su intervalo, y cada mirada consta en el registro de auditoría minutos después.',
    pt: 'Cada promessa com verificação é olhada de novo dentro do seu intervalo, e cada olhada consta no registro de auditoria minutos depois.',
    hi: 'जाँच वाला हर वादा अपने अंतराल के भीतर फिर देखा जाता है, और हर बार देखना कुछ मिनट बाद ऑडिट लॉग में दर्ज होता है।',
  },
  how: {
    en: 'The looks are shared out over the time, the slow ones apart from the quick ones. The check reads the looks that were kept: since looking went on without a gap of 15 minutes, no promise may be without a look for two of its intervals, and no look of that time may be without an entry of the audit log for more than 10 minutes.',
    es: 'Las miradas se reparten en el tiempo, las lentas aparte de las rápidas. La comprobación lee las miradas guardadas: desde que se mira sin un hueco de 15 minutos, ninguna promesa puede pasar dos intervalos suyos sin mirada, y ninguna mirada de ese tiempo puede estar más de 10 minutos sin entrada en el registro de auditoría.',
    pt: 'As olhadas são distribuídas no tempo, as lentas à parte das rápidas. A verificação lê as olhadas guardadas: desde que se olha sem um intervalo de 15 minutos, nenhuma promessa pode ficar dois intervalos seus sem olhada, e nenhuma olhada desse tempo pode ficar mais de 10 minutos sem entrada no registro de auditoria.',
    hi: 'देखने का काम समय में बाँटा जाता है, धीमा तेज़ से अलग। जाँच रखी गई दृष्टियाँ पढ़ती है: जब से 15 मिनट के अंतर के बिना देखा जा रहा है, कोई वादा अपने दो अंतराल तक अनदेखा नहीं रह सकता, और उस समय की कोई दृष्टि 10 मिनट से अधिक ऑडिट लॉग की प्रविष्टि के बिना नहीं रह सकती।',
  },
  yourself: {
    en: 'Stop the program for an hour: this page says unknown. Or compare the times of the last looks here with the intervals beside them.',
    es: 'Detenga el programa una hora: esta página dirá desconocido. O compare las horas de las últimas miradas con los intervalos que figuran al lado.',
    pt: 'Pare o programa por uma hora: esta página dirá desconhecido. Ou compare os horários das últimas olhadas com os intervalos ao lado.',
    hi: 'प्रोग्राम को एक घंटा रोकें: यह पृष्ठ अज्ञात कहेगा। या यहाँ अंतिम दृष्टियों के समय की तुलना साथ लिखे अंतरालों से करें।',
  },
  kept: [scheduleProofs, evidenceKeeper],
  every: 10 * minute,
  async probe(reach) {
    const intervals = new Map((await loadClaims()).map(({ id, item }) => [id, cadence(item)]));
    const last = await lastLooks(reach);
    const overdue = last.filter(({ claim, since }) => {
      const every = intervals.get(claim);
      return every !== undefined && since < reach.clock.now() - 2 * every - minute;
    });
    const faults = overdue.map(({ claim }): Fault => ({ what: 'not looked at for two intervals', where: claim }));
    return { checked: last.length, faults: [...faults, ...(await unrecorded(reach))] };
  },
  counterexample: {
    kind: 'rows',
    // Looking went on for four hours, and one promise was left out.
    async plant(tx, reach) {
      const now = reach.clock.now();
      await plantLook(tx, reach, { claim: 'audit-refuses-change', at: now - 240 * minute });
      for (let ago = 240; ago >= 0; ago -= 10) {
        await plantLook(tx, reach, { claim: 'calls-are-answered', at: now - ago * minute });
      }
    },
  },
} satisfies Claim;

type Last = {
  readonly claim: string;
  /** The last look, or when looking began if that was later; in milliseconds. */ readonly since: number;
};

/** Of the last two days: a gap of 15 minutes is a program that stood still, after which every claim begins anew. */
async function lastLooks({ look, clock }: Reach): Promise<readonly Last[]> {
  const from = iso(clock.now() - 48 * 60 * minute);
  const rows = await look.rows<{ claim: string; since: Date }>(sql`
    with looks as (
      select organisation_id, claim, at, lag(at) over (partition by organisation_id order by at) as before
      from app.evidence where at > ${from} and at <= ${iso(clock.now() + minute)}),
    begun as (
      select organisation_id, max(at) as at from looks
      where before is null or at - before > interval '15 minutes' group by organisation_id)
    select l.claim, greatest(max(l.at), min(b.at)) as since
    from looks l join begun b on b.organisation_id = l.organisation_id group by l.organisation_id, l.claim`);
  return rows.map(({ claim, since }) => ({ claim, since: since.getTime() }));
}

async function unrecorded({ look, clock }: Reach): Promise<readonly Fault[]> {
  const { count } = await look.one<{ count: number }>(sql`
    select count(*) as count from app.evidence e
    where e.entry_id is null and e.at < ${iso(clock.now() - 10 * minute)} and exists (
      select from app.evidence later where later.organisation_id = e.organisation_id
        and later.at between e.at + interval '10 minutes' and ${iso(clock.now())})`);
  return count > 0 ? [{ what: `${count} looks without an entry of the audit log`, where: 'app.evidence' }] : [];
}

async function plantLook(
  tx: Tx,
  reach: Pick<Reach, 'clock' | 'random'>,
  { claim, at }: { readonly claim: string; readonly at: number },
): Promise<void> {
  await tx.run(sql`
    insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms)
    values (${canary}, ${newId(reach)}, ${claim}, ${iso(at)}, 'proven', 1, 'Planted.', true, 1)`);
}
