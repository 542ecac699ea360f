import { sql, type Id } from '#base';
import { failedTry } from '#safeguards/identity';
import { answering, asked, comingFrom, type Answered, type Target } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { nobodysAddress, rareWord } from '../traces.ts';

export default {
  fulfils: ['ACC-10'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'After five wrong passwords an account pauses, for longer each time, and the answers are the same whether or not it exists. Passwords are kept only as Argon2id hashes.',
    es: 'Tras cinco contraseñas equivocadas la cuenta hace una pausa, cada vez más larga, y las respuestas son las mismas exista o no. Las contraseñas se guardan solo como hashes Argon2id.',
  },
  how: {
    en: "The check guesses at an account that nobody has and at one that exists only for this, each six times from an address that is nobody's: the first answers must be refusals and the last a pause that says how long, with the same words for both. It reads of every password of the installation that what is kept is an Argon2id hash with at least 19 MiB and two passes.",
    es: 'La comprobación prueba contraseñas en una cuenta que nadie tiene y en otra que solo existe para esto, seis veces cada una desde una dirección que no es de nadie: las primeras respuestas deben ser rechazos y la última una pausa que diga cuánto dura, con las mismas palabras para ambas. Lee de cada contraseña de la instalación que lo guardado es un hash Argon2id con al menos 19 MiB y dos pasadas.',
  },
  yourself: {
    en: 'Sign in with a wrong password six times: you are told how long to wait, and a link by mail still lets you in.',
    es: 'Entre con una contraseña equivocada seis veces: se le dice cuánto esperar, y un enlace por correo le sigue dejando entrar.',
  },
  kept: [failedTry, 'migrations/0010-identities.sql'],
  every: 6 * 60 * 60_000,
  probe: async (reach) => together([await guessing(reach), await storedPasswords(reach)]),
  counterexample: {
    kind: 'senses',
    // A product in which one may guess for ever.
    broken: (reach) =>
      answering(reach, ({ path }) =>
        path === '/api/v1/sign-in' ? { status: 401, body: '{"code":"sign-in-refused","detail":"No."}' } : undefined,
      ),
  },
} satisfies Claim;

const signIn: Target = 'POST /api/v1/sign-in';
const free = 5;

async function guessing(given: Reach): Promise<Finding> {
  const reach = comingFrom(given, nobodysAddress(given).address);
  const nobody = await guessed(reach, `${rareWord(given)}@canary.invalid`);
  const faults: Fault[] = nobody.flatMap(({ status, code }, at): Fault[] => {
    const isDue = at < free ? code === 'sign-in-refused' : code === 'sign-in-paused';
    return isDue ? [] : [{ what: `wrong password number ${at + 1} was answered ${status}`, where: signIn }];
  });
  const last = nobody.at(-1);
  if (last && last.code === 'sign-in-paused' && !(Number(last.headers['retry-after']) > 0))
    faults.push({ what: 'a pause does not say how long it is', where: signIn });
  // Of an account that is there already locked from an earlier look the answer is the pause, at once.
  await reach.canary.team.link('guarded');
  const [somebody] = await guessed(reach, 'guarded@canary.invalid', 1);
  const alike = nobody.find(({ code }) => code === somebody?.code);
  if (!somebody || (alike ? detailOf(alike) !== detailOf(somebody) : true))
    faults.push({ what: 'an account that exists is answered with other words', where: signIn });
  return { checked: nobody.length + 1, faults };
}

async function guessed(reach: Reach, email: string, times = free + 1): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (let at = 0; at < times; at += 1)
    answers.push(await asked(reach, {}, signIn, { email, password: `not the password ${at}` }));
  return answers;
}

/** What it says, but for the number of minutes. */
function detailOf({ status, json }: Answered): string {
  return JSON.stringify([status, json['title'], String(json['detail']).replace(/a minute|\d+ minutes/g, '')]);
}

async function storedPasswords({ look }: Pick<Reach, 'look'>): Promise<Finding> {
  const rows = await look.rows<{ id: Id; weak: boolean }>(sql`
    select i.id, not (
      p.parts is not null and p.parts[1]::int >= 19456 and p.parts[2]::int >= 2) as weak
    from (select id, password_hash from app.identities where password_hash is not null
      order by password_changed_at desc limit 10000) i
    cross join lateral (
      select regexp_match(encode(i.password_hash, 'escape'), '^\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,3}),p=\\d+\\$[^$]+\\$[^$]+$') as parts) p`);
  const faults = rows
    .filter(({ weak }) => weak)
    .map(({ id }) => ({ what: 'the password is not kept as a strong Argon2id hash', where: `identity:${id}` }));
  return { checked: rows.length, faults };
}
