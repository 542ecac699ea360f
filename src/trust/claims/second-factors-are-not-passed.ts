import { sql, type Id } from '#base';
import { completeSignIn } from '#safeguards/identity';
import { altered, ask, asked, bySession, comingFrom, type Answered, type Target } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { nobodysAddress } from '../traces.ts';

export default {
  fulfils: ['ACC-08'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'Whoever has set up a second factor is not signed in without it; a link from their mail alone is not enough.',
    es: 'Quien ha configurado un segundo factor no entra sin él; un enlace de su correo, por sí solo, no basta.',
    pt: 'Quem configurou um segundo fator não entra sem ele; um link do próprio e-mail, sozinho, não basta.',
    hi: 'जिसने दूसरा कारक लगाया है, उसे उसके बिना प्रवेश नहीं मिलता; केवल मेल का लिंक काफ़ी नहीं।',
  },
  how: {
    en: 'Somebody who exists only for this has a second factor that nobody can show. The check uses a sign-in link of theirs: the answer must set no cookie, what it holds must not pass for a session, and a wrong code must be refused. Then it looks at the sessions of everybody who has a second factor: each must have been opened or renewed by one.',
    es: 'Alguien que solo existe para esto tiene un segundo factor que nadie puede mostrar. La comprobación usa un enlace de entrada suyo: la respuesta no debe poner cookie, lo que lleva no debe pasar por una sesión, y un código equivocado debe rechazarse. Después mira las sesiones de quienes tienen un segundo factor: cada una debe haberse abierto o renovado con él.',
    pt: 'Alguém que existe só para isto tem um segundo fator que ninguém pode mostrar. A verificação usa um link de entrada dessa pessoa: a resposta não pode criar nenhum cookie, o que ela contém não pode valer como sessão, e um código errado deve ser recusado. Depois olha as sessões de todos os que têm um segundo fator: cada uma deve ter sido aberta ou renovada por um.',
    hi: 'केवल इसी के लिए बने व्यक्ति का दूसरा कारक कोई नहीं दिखा सकता। जाँच उसका प्रवेश लिंक इस्तेमाल करती है: उत्तर कोई कुकी न रखे, उसमें जो है वह सत्र न माना जाए, और गलत कोड अस्वीकार हो। फिर वह दूसरे कारक वाले सभी के सत्र देखती है: हर एक किसी कारक से खुला या नवीनीकृत होना चाहिए।',
  },
  yourself: {
    en: 'Set up an authenticator app, sign out, and sign in by a link from your mail: you are asked for a code.',
    es: 'Configure una aplicación de autenticación, salga y entre por un enlace de su correo: se le pide un código.',
    pt: 'Configure um aplicativo autenticador, saia e entre por um link do seu e-mail: pedem um código.',
    hi: 'प्रमाणक ऐप लगाएँ, बाहर जाएँ और मेल के लिंक से प्रवेश करें: आपसे कोड माँगा जाता है।',
  },
  kept: [completeSignIn],
  every: 60 * 60_000,
  probe: async (reach) => together([await passing(reach), await sessions(reach)]),
  counterexample: {
    kind: 'senses',
    // A product that takes a link for enough.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path.endsWith('/link/use') ? { ...answer, headers: { ...answer.headers, 'set-cookie': 'sotto=a' } } : answer,
      ),
  },
} satisfies Claim;

const byLink: Target = 'POST /api/v1/sign-in/link/use';
const secondFactor: Target = 'POST /api/v1/sign-in/second-factor';
const session: Target = 'GET /api/v1/session';

async function passing(given: Reach): Promise<Finding> {
  const reach = comingFrom(given, nobodysAddress(given).address);
  const faults: Fault[] = [];
  const first = await ask(reach, {}, byLink, { token: await reach.canary.team.link('guarded') });
  if (first.json['state'] !== 'second-factor' || setsCookie(first))
    faults.push({ what: 'a link alone signed somebody in who has a second factor', where: byLink });
  const pending = String(first.json['pending']);
  const opened = await ask(reach, bySession(reach, pending.padEnd(16, 'A')), session);
  if (opened.status !== 401) faults.push({ what: 'a sign-in that waits passed for a session', where: session });
  // Their account may be locked because this was done often: that is a refusal as well.
  const guessed = await asked(reach, {}, secondFactor, { pending, code: '000000' });
  if (guessed.status < 400 || guessed.status >= 500 || setsCookie(guessed))
    faults.push({ what: `a wrong code was answered ${guessed.status}`, where: secondFactor });
  return { checked: 3, faults };
}

function setsCookie({ headers }: Pick<Answered, 'headers'>): boolean {
  return headers['set-cookie'] !== undefined;
}

/** Sessions of those who have a second factor, in which none was shown. */
async function sessions({ look }: Pick<Reach, 'look'>): Promise<Finding> {
  const rows = await look.rows<{ id: Id; bare: boolean }>(sql`
    select s.id, s.fresh_at is null as bare from app.identities i
    join app.sessions s on s.organisation_id = i.organisation_id and s.identity_id = i.id
    where i.second_factor order by s.begun_at desc limit 10000`);
  const faults = rows
    .filter(({ bare }) => bare)
    .map(({ id }) => ({ what: 'the session was opened without the second factor', where: `session:${id}` }));
  return { checked: rows.length, faults };
}
