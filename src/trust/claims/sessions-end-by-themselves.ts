import { iso, newId, sql, type Id } from '#base';
import { askerBySession, renew } from '#safeguards/identity';
import { asIfSealed, canary } from '../canary.ts';
import { ask, bySession, type Target } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';

const hour = 60 * 60_000;

/** Whose members try it. */
const of = 'sessions-end-by-themselves';

export default {
  fulfils: ['ACC-10', 'CRY-08', 'AUD-05'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'A session ends when it is not used, when it has lived long enough, and at once when it is ended; its token is replaced when it may do more, and kept only as a hash.',
    es: 'Una sesión termina si no se usa, cuando ha vivido bastante, y en el acto cuando se cierra; su token se sustituye cuando puede hacer más, y se guarda solo como hash.',
    pt: 'Uma sessão termina quando não é usada, quando já viveu o bastante e imediatamente quando é encerrada; o seu token é trocado quando ela passa a poder mais, e guardado apenas como hash.',
    hi: 'सत्र इस्तेमाल न होने पर, पर्याप्त पुराना होने पर, और समाप्त करते ही तुरंत समाप्त होता है; अधिक अधिकार मिलने पर उसका टोकन बदलता है और केवल हैश के रूप में रखा जाता है।',
  },
  how: {
    en: 'The check signs somebody in who exists only for this, has them choose their organisation, which replaces the token, and uses the old one; then it ends the session and uses the new one. Both must be refused, and so must one that nobody has used for longer than the settings let it wait. Then it looks at all sessions: none may be left that is an hour past the limits of the settings, or that is kept by anything but a hash.',
    es: 'La comprobación hace entrar a alguien que solo existe para esto, le hace elegir su organización, lo que sustituye el token, y usa el viejo; después cierra la sesión y usa el nuevo. Ambos deben rechazarse, y también el de una sesión que nadie ha usado durante más tiempo del que permite la configuración. Después mira todas las sesiones: no puede quedar ninguna que haya pasado una hora de los límites de la configuración, ni que se guarde como otra cosa que un hash.',
    pt: 'A verificação faz entrar alguém que existe só para isto, faz com que escolha a sua organização, o que troca o token, e usa o antigo; depois encerra a sessão e usa o novo. Ambos devem ser recusados, e também o de uma sessão que ninguém usou por mais tempo do que as configurações permitem. Em seguida olha todas as sessões: nenhuma pode restar uma hora além dos limites das configurações, nem ser guardada por outra coisa que um hash.',
    hi: 'जाँच केवल इसी के लिए बने व्यक्ति को प्रवेश कराती है, उससे संगठन चुनवाती है, जिससे टोकन बदलता है, और पुराना इस्तेमाल करती है; फिर सत्र समाप्त कर नया इस्तेमाल करती है। दोनों अस्वीकार होने चाहिए, और वह भी जिसका सत्र सेटिंग की अनुमति से अधिक समय तक किसी ने इस्तेमाल नहीं किया। फिर वह सभी सत्र देखती है: कोई भी सेटिंग की सीमा से एक घंटा आगे न बचा हो और हैश के सिवा किसी रूप में न रखा हो।',
  },
  yourself: {
    en: 'Sign in with two browsers, end one session from the other, and go on in the first: you are asked to sign in.',
    es: 'Entre con dos navegadores, cierre una sesión desde el otro y siga en el primero: se le pide que entre.',
    pt: 'Entre com dois navegadores, encerre uma sessão a partir da outra e continue na primeira: pedem que você entre.',
    hi: 'दो ब्राउज़र से प्रवेश करें, एक से दूसरे का सत्र समाप्त करें और पहले में आगे बढ़ें: आपसे प्रवेश करने को कहा जाता है।',
  },
  kept: [askerBySession, renew, 'migrations/0010-identities.sql'],
  every: hour,
  probe: async (reach) => together([await ended(reach), await overdue(reach)]),
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const { clock, random } = reach;
      const identity = newId(reach);
      const long = iso(clock.now() - 1_000 * 24 * hour);
      await tx.run(sql`
        insert into app.identities (organisation_id, id, email, email_index, email_verified_at, name, language, created_at)
        values (${canary}, ${identity}, ${asIfSealed(reach)}, ${random.bytes(32)}, ${long}, ${asIfSealed(reach)}, 'en', ${long})`);
      await tx.run(sql`
        insert into app.sessions (organisation_id, id, identity_id, token_hash, begun_by, begun_at, seen_at, agent_kind)
        values (${canary}, ${newId(reach)}, ${identity}, ${random.bytes(32)}, 'link', ${long}, ${iso(clock.now())}, ${random.bytes(32)})`);
    },
  },
} satisfies Claim;

const session: Target = 'GET /api/v1/session';

async function ended(reach: Reach): Promise<Finding> {
  const { team } = reach.canary;
  const faults: Fault[] = [];
  const see = async (token: string, due: number, what: string) => {
    const { status } = await ask(reach, bySession(reach, token), session);
    if (status !== due) faults.push({ what: `${what} was answered ${status}`, where: session });
  };
  const { token: first } = await team.signIn({ role: 'viewer', of });
  await see(first, 200, 'a session');
  const choose: Target = 'PUT /api/v1/session/organisation';
  const chosen = await ask(reach, bySession(reach, first), choose, { organisation: team.organisation });
  const second = /=([\w-]+)/.exec(chosen.headers['set-cookie'] ?? '')?.[1];
  if (chosen.status !== 200 || second === undefined)
    return { checked: 1, faults: [{ what: 'choosing an organisation did not replace the token', where: choose }] };
  await see(first, 401, 'a token that was replaced');
  await see(second, 200, 'a session that goes on');
  await ask(reach, bySession(reach, second), 'POST /api/v1/sign-out');
  await see(second, 401, 'a session that was ended');
  const { token: idle } = await team.signIn({ role: 'viewer', of }, { stale: 'idle' });
  await see(idle, 401, 'a session that nobody has used');
  return { checked: 6, faults };
}

/** Sessions that lived too long, were not used, or can be used by whoever reads the table. */
async function overdue({ look, clock, config }: Reach): Promise<Finding> {
  const idle = iso(clock.now() - (config.sessionIdleHours + 1) * hour);
  const old = iso(clock.now() - (config.sessionDays * 24 + 1) * hour);
  const { sessions } = await look.one<{ sessions: number }>(sql`select count(*) as sessions from app.sessions`);
  const rows = await look.rows<{ id: Id; plain: boolean }>(sql`
    select id, octet_length(token_hash) <> 32 as plain from app.sessions
    where seen_at < ${idle} or begun_at < ${old} or octet_length(token_hash) <> 32 limit 1000`);
  const faults = rows.map(({ id, plain }) => ({
    what: plain ? 'the session is not kept by a hash' : 'the session is past its limits and still there',
    where: `session:${id}`,
    ...(!plain && { byAge: true as const }),
  }));
  return { checked: sessions, faults };
}
