import { sql } from '#base';
import { askerByKey } from '#safeguards/accounts';
import { altered, ask, byKey, signedIn, type Shown, type Target } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { tracesOf } from '../traces.ts';

/** Whose members try it. */
const of = 'keys-do-what-they-may';

export default {
  fulfils: ['ACC-04', 'CRY-08', 'AUD-05'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'An API key is shown once and kept only as a keyed hash. It does what its scopes name and nothing else, can be rotated, and is refused from the request after it was revoked.',
    es: 'Una clave de API se muestra una vez y se guarda solo como hash con clave. Hace lo que nombran sus ámbitos y nada más, se puede rotar, y se rechaza desde la petición siguiente a su revocación.',
    pt: 'Uma chave de API é mostrada uma vez e guardada apenas como hash com chave. Ela faz o que os seus escopos dizem e nada mais, pode ser trocada, e é recusada já na requisição seguinte à sua revogação.',
    hi: 'API कुंजी एक बार दिखाई जाती है और केवल कुंजीबद्ध हैश के रूप में रखी जाती है। वह वही करती है जो उसके स्कोप कहते हैं, और कुछ नहीं, बदली जा सकती है, और रद्द होने के बाद अगले ही अनुरोध से अस्वीकार होती है।',
  },
  how: {
    en: 'A member of an organisation that exists only for this makes a key. The check asks with it for what it may and for what it may not, has it rotated and revoked, and uses each secret again at once. It looks for the key in the lists of the API and in the newest rows of every table, as text and as bytes. And it reads of every key of the installation that what is kept has the length of a hash.',
    es: 'Un miembro de una organización que solo existe para esto crea una clave. La comprobación pide con ella lo que puede y lo que no, la hace rotar y revocar, y vuelve a usar cada secreto en el acto. Busca la clave en las listas de la API y en las filas más recientes de todas las tablas, como texto y como bytes. Y lee de cada clave de la instalación que lo guardado tiene la longitud de un hash.',
    pt: 'Um membro de uma organização que existe só para isto cria uma chave. A verificação pede com ela o que pode e o que não pode, faz com que seja trocada e revogada, e usa de novo cada segredo em seguida. Procura a chave nas listas da API e nas linhas mais novas de cada tabela, como texto e como bytes. E lê, de cada chave da instalação, que o que se guarda tem o comprimento de um hash.',
    hi: 'केवल इसी के लिए बने संगठन का सदस्य कुंजी बनाता है। जाँच उससे वह माँगती है जिसकी अनुमति है और वह जिसकी नहीं, उसे बदलवाती और रद्द करवाती है, और हर गुप्त मान तुरंत फिर इस्तेमाल करती है। वह API की सूचियों में और हर तालिका की नवीनतम पंक्तियों में कुंजी को पाठ और बाइट के रूप में ढूँढती है। और वह इंस्टॉलेशन की हर कुंजी के बारे में पढ़ती है कि जो रखा है उसकी लंबाई हैश की है।',
  },
  yourself: {
    en: 'Make a key, look for it anywhere but in the one answer that showed it, revoke it, and use it: 401.',
    es: 'Cree una clave, búsquela en cualquier lugar que no sea la única respuesta que la mostró, revóquela y úsela: 401.',
    pt: 'Crie uma chave, procure-a em qualquer lugar que não seja a única resposta que a mostrou, revogue-a e use-a: 401.',
    hi: 'कुंजी बनाएँ, उसे उस एक उत्तर के सिवा कहीं भी ढूँढें जिसने उसे दिखाया था, रद्द करें और इस्तेमाल करें: 401।',
  },
  kept: [askerByKey, 'migrations/0013-team.sql'],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const { checked, wrong } = await storedKeys(reach);
    const steps = await signedIn(reach, { role: 'owner', of }, (as) => lifeOf(reach, as));
    await reach.canary.team.clear();
    const faults = steps.filter(({ isRight }) => !isRight).map(({ what, where }) => ({ what, where }));
    return { checked: checked + steps.length, faults: [...faults, ...wrong] };
  },
  counterexample: {
    kind: 'senses',
    // A product that takes a key for good after it was revoked.
    broken: (reach) =>
      altered(reach, (_request, answer) => (answer.status === 401 ? { ...answer, status: 200, body: '{}' } : answer)),
  },
} satisfies Claim;

type Step = Fault & { readonly isRight: boolean };

/** From its making to its end. */
async function lifeOf(reach: Reach, as: Shown): Promise<readonly Step[]> {
  const steps: Step[] = [];
  const see = async (what: string, target: Target, key: string, right: (status: number) => boolean) => {
    const { status } = await ask(reach, byKey(key), target);
    steps.push({ what: `${what} was answered ${status}`, where: target, isRight: right(status) });
  };
  const made = await ask(reach, as, 'POST /api/v1/keys', { name: 'canary', scopes: ['organisation:read'] });
  const { id, key: first } = made.json as { readonly id?: string; readonly key?: string };
  if (made.status !== 201 || id === undefined || first === undefined)
    return [{ what: `making a key was answered ${made.status}`, where: 'POST /api/v1/keys', isRight: false }];
  try {
    await see('a key within its scopes', 'GET /api/v1/organisation', first, (status) => status === 200);
    await see('a key beyond its scopes', 'GET /api/v1/calls', first, (status) => status === 403);
    await see('a key beyond its scopes', 'GET /api/v1/keys', first, (status) => status === 403);
    await see('a key with another last letter', 'GET /api/v1/organisation', turned(first), isNobody);
    const rotated = await ask(reach, as, `POST /api/v1/keys/${id}/rotate`, { keepOldForHours: 0 });
    const second = String(rotated.json['key']);
    await see('the new secret of a key', 'GET /api/v1/organisation', second, (status) => status === 200);
    await see('the secret from before a rotation', 'GET /api/v1/organisation', first, isNobody);
    steps.push(...(await shownAgain(reach, as, [first, second])));
    await ask(reach, as, `DELETE /api/v1/keys/${id}`);
    await see('a key that was revoked', 'GET /api/v1/organisation', second, isNobody);
  } finally {
    await ask(reach, as, `DELETE /api/v1/keys/${id}`);
  }
  return steps;
}

function isNobody(status: number): boolean {
  return status === 401;
}

/** Neither a list nor a row holds a key, or the part of it that is secret. */
async function shownAgain(reach: Reach, as: Shown, keys: readonly string[]): Promise<readonly Step[]> {
  const secrets = keys.map((key) => key.split('_')[3] ?? key);
  const { body } = await ask(reach, as, 'GET /api/v1/keys?limit=100');
  const isListed = secrets.some((secret) => body.includes(secret));
  const tables = await tracesOf(reach, secrets);
  return [
    { what: 'a key was shown a second time', where: 'GET /api/v1/keys', isRight: !isListed },
    { what: 'a key lies in a table', where: tables[0] ?? 'app', isRight: tables.length === 0 },
  ];
}

/** The key with one letter of its secret changed; its checksum fits no more, which is the cheaper refusal. */
function turned(key: string): string {
  const at = key.lastIndexOf('_') - 1;
  return `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`;
}

async function storedKeys({ look }: Pick<Reach, 'look'>): Promise<{ checked: number; wrong: Fault[] }> {
  const { keys, plain } = await look.one<{ keys: number; plain: number }>(sql`
    select count(*) as keys, count(*) filter (
      where octet_length(secret_hash) <> 32 or octet_length(old_hash) <> 32 or name like 'sotto\\_live\\_%') as plain
    from (select secret_hash, old_hash, name from app.api_keys order by created_at desc limit 10000) newest`);
  return {
    checked: keys,
    wrong: plain === 0 ? [] : [{ what: `${plain} keys are not kept as hashes`, where: 'app.api_keys' }],
  };
}
