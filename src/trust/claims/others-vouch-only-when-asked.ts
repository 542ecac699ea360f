import { factorRoutes } from '#safeguards/factors';
import { answering, ask, asked, itemsIn, type Target } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';

export default {
  fulfils: ['ACC-09'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'Where one can sign in with Google or another provider, only an answer to a question that this very browser asked signs anybody in, and a stolen answer is worth nothing.',
    es: 'Donde se puede entrar con Google u otro proveedor, solo una respuesta a una pregunta que hizo este mismo navegador deja entrar a alguien, y una respuesta robada no vale nada.',
    pt: 'Onde se pode entrar com Google ou outro provedor, só a resposta a uma pergunta feita por este mesmo navegador faz alguém entrar, e uma resposta roubada não vale nada.',
    hi: 'जहाँ Google या किसी अन्य प्रदाता से प्रवेश हो सकता है, वहाँ केवल इसी ब्राउज़र के पूछे प्रश्न का उत्तर किसी को प्रवेश देता है, और चुराया हुआ उत्तर बेकार है।',
  },
  how: {
    en: 'OpenID Connect with PKCE, state and nonce. The check begins a sign-in with each provider that the operator has set up and reads where the browser is sent: over https, for a code, with all three. Then it comes back with answers that nobody gave, with and without the cookie of the browser: none may sign anybody in. Where no provider is set up there is nothing to check.',
    es: 'OpenID Connect con PKCE, state y nonce. La comprobación inicia una entrada con cada proveedor que el operador ha configurado y lee adónde se envía el navegador: por https, por un código, con los tres. Después vuelve con respuestas que nadie dio, con y sin la cookie del navegador: ninguna puede dejar entrar a nadie. Donde no hay ningún proveedor configurado no hay nada que comprobar.',
    pt: 'OpenID Connect com PKCE, state e nonce. A verificação inicia uma entrada com cada provedor que o operador configurou e lê para onde o navegador é enviado: por https, por um código, com os três. Depois volta com respostas que ninguém deu, com e sem o cookie do navegador: nenhuma pode fazer alguém entrar. Onde não há provedor configurado, não há nada a verificar.',
    hi: 'PKCE, state और nonce के साथ OpenID Connect। जाँच संचालक के लगाए हर प्रदाता से प्रवेश शुरू करती है और पढ़ती है कि ब्राउज़र कहाँ भेजा जाता है: https पर, कोड के लिए, तीनों के साथ। फिर वह ऐसे उत्तरों के साथ लौटती है जो किसी ने नहीं दिए, ब्राउज़र की कुकी के साथ और बिना: किसी से प्रवेश नहीं होना चाहिए। जहाँ कोई प्रदाता नहीं लगा, वहाँ जाँचने को कुछ नहीं।',
  },
  yourself: {
    en: 'Begin a sign-in with Google, copy the address that you are sent back to, and open it in another browser.',
    es: 'Inicie una entrada con Google, copie la dirección a la que se le devuelve y ábrala en otro navegador.',
    pt: 'Inicie uma entrada com Google, copie o endereço para o qual você é enviado de volta e abra-o em outro navegador.',
    hi: 'Google से प्रवेश शुरू करें, जिस पते पर वापस भेजा जाए उसे कॉपी करें और दूसरे ब्राउज़र में खोलें।',
  },
  kept: [factorRoutes],
  every: 3 * 60 * 60_000,
  async probe(reach) {
    const providers = itemsIn(await ask(reach, {}, 'GET /api/v1/sign-in/outside'));
    const found: Finding[] = [];
    for (const { provider } of providers) found.push(await tried(reach, String(provider)));
    const idle = 'no-other-provider';
    return providers.length === 0 ? { checked: 0, faults: [], idle } : together(found);
  },
  counterexample: {
    kind: 'senses',
    // A product that sends browsers away without a question of its own, and takes any answer.
    broken: (reach) =>
      answering(reach, ({ method, path }) => {
        if (path === '/api/v1/sign-in/outside') return { body: '{"items":[{"provider":"google"}]}' };
        if (method === 'POST') return { body: '{"url":"https://provider.invalid/?response_type=code"}' };
        return { status: 303, headers: { 'set-cookie': 'sotto=anybodyanybodyanybody', 'location': '/' } };
      }),
  },
} satisfies Claim;

async function tried(reach: Reach, provider: string): Promise<Finding> {
  const begin: Target = `POST /api/v1/sign-in/outside/${provider}`;
  const away = await ask(reach, {}, begin, {});
  // A provider that cannot be asked for its addresses is no fault of ours, and proves nothing.
  if (away.status >= 500) return { checked: 0, faults: [] };
  const url = URL.parse(typeof away.json['url'] === 'string' ? away.json['url'] : '');
  const whole = {
    checked: 1,
    faults: isWhole(url) ? [] : [{ what: 'a browser is sent away without PKCE, state and nonce', where: begin }],
  };
  const cookie = away.headers['set-cookie']?.split(';', 1)[0] ?? '';
  return together([whole, await returned(reach, provider, { cookie, state: url?.searchParams.get('state') ?? '' })]);
}

type Begun = { readonly cookie: string; readonly state: string };

/** Comes back with answers that nobody gave. */
async function returned(reach: Reach, provider: string, { cookie, state }: Begun): Promise<Finding> {
  const back: Target = `GET /api/v1/sign-in/outside/${provider}/return`;
  const answers: readonly (readonly [what: string, query: string, cookie: string])[] = [
    ['without the cookie of the browser', `?code=canary&state=${state}`, ''],
    ['with another state', '?code=canary&state=canary', cookie],
    ['without a state', '?code=canary', cookie],
    ['that is a refusal', `?error=access_denied&state=${state}`, cookie],
  ];
  const faults: Fault[] = [];
  for (const [what, query, shown] of answers) {
    const { status, headers } = await asked(reach, shown ? { cookie: shown } : {}, `${back}${query}`);
    const isIn = status < 300 || /(^|,\s*)(__Host-)?sotto=[\w-]{16}/.test(headers['set-cookie'] ?? '');
    if (isIn) faults.push({ what: `an answer ${what} signed somebody in`, where: back });
  }
  return { checked: answers.length, faults };
}

function isWhole(url: URL | null): boolean {
  const query = url?.searchParams;
  const has = (name: string) => (query?.get(name) ?? '').length >= 16;
  const isCode = query?.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256';
  return (
    (url?.protocol === 'https:' || url?.hostname === '127.0.0.1') &&
    isCode &&
    has('code_challenge') &&
    has('state') &&
    has('nonce')
  );
}
