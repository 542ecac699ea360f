import { iso, newId, sql, type Id } from '#base';
import { identityRoutes } from '#safeguards/identity';
import { ask, bySession, type Target } from '../asking.ts';
import { canary } from '../canary.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { tracesOf } from '../traces.ts';

const minute = 60_000;

/** Whose members try it. */
const of = 'sign-in-links-work-once';

export default {
  fulfils: ['ACC-11'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'A sign-in link works once, for 30 minutes, and is deleted then.',
    es: 'Un enlace de entrada funciona una sola vez, durante 30 minutos, y después se borra.',
    pt: 'Um link de entrada funciona uma vez, por 30 minutos, e então é apagado.',
    hi: 'प्रवेश लिंक एक बार, 30 मिनट तक, काम करता है और फिर मिटा दिया जाता है।',
  },
  how: {
    en: 'The check uses a link of somebody who exists only for this, and uses it again: the second time must be refused, as one must that is older than 30 minutes, and nothing of the link may be left in any table. It looks at all links that wait: none may live longer than 30 minutes from its mail, be there an hour after its end, or be kept as anything but a hash.',
    es: 'La comprobación usa un enlace de alguien que solo existe para esto, y lo vuelve a usar: la segunda vez debe rechazarse, igual que uno de hace más de 30 minutos, y no debe quedar nada del enlace en ninguna tabla. Mira todos los enlaces que esperan: ninguno puede vivir más de 30 minutos desde su correo, seguir ahí una hora después de su fin, ni guardarse como otra cosa que un hash.',
    pt: 'A verificação usa um link de alguém que existe só para isto, e o usa de novo: a segunda vez deve ser recusada, assim como um de mais de 30 minutos atrás, e nada do link pode restar em nenhuma tabela. Ela olha todos os links que esperam: nenhum pode viver mais de 30 minutos desde o seu e-mail, estar ali uma hora após o fim, nem ser guardado como outra coisa que um hash.',
    hi: 'जाँच केवल इसी के लिए बने व्यक्ति का लिंक इस्तेमाल करती है और फिर से करती है: दूसरी बार अस्वीकार होना चाहिए, 30 मिनट से पुराना लिंक भी, और लिंक का कुछ भी किसी तालिका में नहीं बचना चाहिए। वह सभी प्रतीक्षारत लिंक देखती है: कोई भी अपने मेल से 30 मिनट से अधिक न जिए, समाप्ति के एक घंटे बाद न हो, और हैश के सिवा किसी रूप में न रखा हो।',
  },
  yourself: {
    en: 'Ask for a sign-in link, use it, sign out, and use it again.',
    es: 'Pida un enlace de entrada, úselo, salga y vuelva a usarlo.',
    pt: 'Peça um link de entrada, use-o, saia e use-o de novo.',
    hi: 'प्रवेश लिंक माँगें, इस्तेमाल करें, बाहर जाएँ और फिर इस्तेमाल करें।',
  },
  kept: [identityRoutes, 'migrations/0010-identities.sql'],
  every: 60 * 60_000,
  probe: async (reach) => together([await usedTwice(reach), await waiting(reach)]),
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const { clock, random } = reach;
      const at = (minutes: number) => iso(clock.now() - minutes * minute);
      await tx.run(sql`
        insert into app.sign_in_links (organisation_id, id, kind, email_index, asked_at, handled_at, token_hash, expires_at)
        values (${canary}, ${newId(reach)}, 'sign-in', ${random.bytes(32)}, ${at(120)}, ${at(120)}, ${random.bytes(32)}, ${at(90)})`);
    },
  },
} satisfies Claim;

const use: Target = 'POST /api/v1/sign-in/link/use';

async function usedTwice(reach: Reach): Promise<Finding> {
  const faults: Fault[] = [];
  const token = await reach.canary.team.link({ role: 'viewer', of });
  const first = await ask(reach, {}, use, { token });
  if (first.status !== 200) faults.push({ what: `a link was answered ${first.status}`, where: use });
  const again = await ask(reach, {}, use, { token });
  if (again.status !== 410 || again.headers['set-cookie'] !== undefined)
    faults.push({ what: `a link that was used was answered ${again.status}`, where: use });
  const session = /=([\w-]+)/.exec(first.headers['set-cookie'] ?? '')?.[1];
  if (session !== undefined) await ask(reach, bySession(reach, session), 'POST /api/v1/sign-out');
  const old = await reach.canary.team.link({ role: 'viewer', of }, 31 * minute);
  const late = await ask(reach, {}, use, { token: old });
  if (late.status !== 410 || late.headers['set-cookie'] !== undefined)
    faults.push({ what: `a link of half an hour ago was answered ${late.status}`, where: use });
  for (const where of await tracesOf(reach, [token])) faults.push({ what: 'a link lies in the table as it is', where });
  return { checked: 4, faults };
}

async function waiting({ look, clock }: Reach): Promise<Finding> {
  const rows = await look.rows<{ id: Id; long: boolean; over: boolean; plain: boolean }>(sql`
    select id, expires_at - coalesce(handled_at, asked_at) > interval '30 minutes' as long,
      expires_at < ${iso(clock.now() - 60 * minute)} as over,
      coalesce(octet_length(token_hash), 32) <> 32 as plain
    from app.sign_in_links order by expires_at limit 10000`);
  const faults = rows.flatMap(({ id, long, over, plain }): Fault[] => {
    const where = `link:${id}`;
    return [
      ...(long ? [{ what: 'the link works longer than 30 minutes', where }] : []),
      ...(over ? [{ what: 'the link has ended and is still there', where, byAge: true as const }] : []),
      ...(plain ? [{ what: 'the link is not kept as a hash', where }] : []),
    ];
  });
  return { checked: rows.length, faults };
}
