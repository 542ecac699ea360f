import { sql } from '#base';
import { revokeCredential, rotateCredential } from '#safeguards/accounts';
import { altered, ask, signedIn, type Shown, type Target } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { hmac, nobodysNumber, trulySigned } from '../ringing.ts';
import { tracesOf } from '../traces.ts';

/** Whose members try it. */
const of = 'credentials-end-at-once';

export default {
  fulfils: ['CRY-08', 'CRY-02', 'AUD-05'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'A connected provider can be given another secret or be disconnected, and the old secret counts for nothing from the next request on; no secret is ever shown again.',
    es: 'A un proveedor conectado se le puede cambiar el secreto o desconectarlo, y el secreto anterior no vale nada desde la petición siguiente; ningún secreto se vuelve a mostrar.',
    pt: 'Um fornecedor conectado pode receber outro segredo ou ser desconectado, e o segredo antigo não vale nada já na requisição seguinte; nenhum segredo volta a ser mostrado.',
    hi: 'जुड़े हुए प्रदाता को दूसरा गुप्त मान दिया जा सकता है या उसे हटाया जा सकता है, और पुराना अगले ही अनुरोध से मान्य नहीं रहता; कोई गुप्त मान फिर कभी दिखाया नहीं जाता।',
  },
  how: {
    en: 'An owner of an organisation that exists only for this connects a carrier account with a made-up secret. The check rings, signed with that secret, and is taken for the carrier; it has the secret replaced, and then revoked, and rings again with each: the old ones must be refused as signatures of strangers are. It looks for the secrets in the answers of the API and in the newest rows of every table.',
    es: 'Un propietario de una organización que solo existe para esto conecta una cuenta de operador con un secreto inventado. La comprobación llama firmando con él y se la toma por el operador; hace cambiar el secreto y después revocarlo, y vuelve a llamar con cada uno: los anteriores deben rechazarse como la firma de un extraño. Busca los secretos en las respuestas de la API y en las filas más recientes de todas las tablas.',
    pt: 'Um proprietário de uma organização que existe só para isto conecta uma conta de operadora com um segredo inventado. A verificação liga, assinada com esse segredo, e é tomada pela operadora; faz o segredo ser trocado, depois revogado, e liga de novo com cada um: os antigos devem ser recusados como assinaturas de estranhos. Ela procura os segredos nas respostas da API e nas linhas mais novas de cada tabela.',
    hi: 'केवल इसी के लिए बने संगठन का मालिक मनगढ़ंत गुप्त मान से एक वाहक खाता जोड़ता है। जाँच उससे हस्ताक्षर करके कॉल करती है और वाहक मानी जाती है; वह गुप्त मान बदलवाती, फिर रद्द करवाती है, और हर एक से दोबारा कॉल करती है: पुराने अजनबियों के हस्ताक्षर की तरह अस्वीकार होने चाहिए। वह API के उत्तरों और हर तालिका की नवीनतम पंक्तियों में ये गुप्त मान ढूँढती है।',
  },
  yourself: {
    en: 'Replace the auth token of a carrier here and not there, and ring one of its lines: the call is refused.',
    es: 'Cambie el token de un operador aquí y no allí, y llame a una de sus líneas: la llamada se rechaza.',
    pt: 'Troque o token de uma operadora aqui e não lá, e ligue para uma das linhas dela: a chamada é recusada.',
    hi: 'किसी वाहक का टोकन यहाँ बदलें, वहाँ नहीं, और उसकी किसी लाइन पर कॉल करें: कॉल अस्वीकार होती है।',
  },
  kept: [rotateCredential, revokeCredential],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const steps = await signedIn(reach, { role: 'owner', of }, (as) => lifeOf(reach, as));
    await reach.canary.team.clear();
    return { checked: steps.length, faults: steps.flatMap((fault) => fault ?? []) };
  },
  counterexample: {
    kind: 'senses',
    // A product that goes on with a secret that was replaced.
    broken: (reach) =>
      altered(reach, (_request, answer) => (answer.status === 403 ? { ...answer, status: 404 } : answer)),
  },
} satisfies Claim;

type Step = Fault | undefined;
const path = '/api/v1/credentials';

async function lifeOf(reach: Reach, as: Shown): Promise<readonly Step[]> {
  const [first, second] = [secretOf(reach), secretOf(reach)];
  const account = `AC${reach.random.bytes(16).toString('hex')}`;
  const vendor = reach.canary.carrier;
  const made = await ask(reach, as, `POST ${path}`, { vendor, account, secret: first });
  const { id } = made.json as { readonly id?: string };
  if (made.status !== 201 || id === undefined)
    return [{ what: `connecting a carrier was answered ${made.status}`, where: `POST ${path}` }];
  const steps: Step[] = [];
  /** 404: the signature is right and the number is nobody's. 403: it is not the carrier's. */
  const ring = async (secret: string, due: 403 | 404, what: string) => {
    const canary = { ...reach.canary, accountSid: account, sign: (content: string) => hmac(secret, content) };
    const { request } = trulySigned({ ...reach, canary }, what, nobodysNumber(reach));
    const { status } = await reach.self(request);
    steps.push(status === due ? undefined : { what: `${what} was answered ${status}`, where: request.path });
  };
  await ring(first, 404, 'a ring with the secret that was connected');
  await ask(reach, as, `PUT ${path}/${id}/secret`, { secret: second });
  await ring(first, 403, 'a ring with a secret that was replaced');
  await ring(second, 404, 'a ring with the secret that replaced it');
  steps.push(...(await shown(reach, as, [first, second])));
  await ask(reach, as, `DELETE ${path}/${id}`);
  await ring(second, 403, 'a ring with a secret that was revoked');
  steps.push(await left(reach, id));
  return steps;
}

/** 32 characters, as the carriers' own are. */
function secretOf({ random }: Pick<Reach, 'random'>): string {
  return random.bytes(16).toString('hex');
}

async function shown(reach: Reach, as: Shown, secrets: readonly string[]): Promise<readonly Step[]> {
  const where: Target = `GET ${path}`;
  const { body } = await ask(reach, as, where);
  const tables = await tracesOf(reach, secrets);
  return [
    secrets.some((secret) => body.includes(secret)) ? { what: 'a secret was shown again', where } : undefined,
    tables[0] === undefined ? undefined : { what: 'a secret lies in the table as it is', where: tables[0] },
  ];
}

/** Nothing of a secret is left that was revoked, not even sealed. */
async function left({ look }: Pick<Reach, 'look'>, id: string): Promise<Step> {
  const row = await look.maybe<{ bytes: number }>(sql`
    select octet_length(auth_token) as bytes from app.carrier_accounts where id = ${id}`);
  return row && row.bytes > 0
    ? { what: 'a secret that was revoked is still stored', where: 'app.carrier_accounts' }
    : undefined;
}
