import { insistFresh } from '#edge';
import { answering, ask, signedIn, type Shown } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { amongMembers, ofNothing, routesTold, type RouteTold } from '../routes-told.ts';

/** Whose members try it. */
const of = 'lasting-damage-needs-a-fresh-factor';

export default {
  fulfils: ['ACC-06'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'Whoever changes the team, API keys, connected providers or second factors must have shown all their factors within the last ten minutes; being signed in is not enough.',
    es: 'Quien cambia el equipo, las claves de API, los proveedores conectados o los segundos factores debe haber mostrado todos sus factores en los últimos diez minutos; haber entrado no basta.',
    pt: 'Quem muda a equipe, as chaves de API, os fornecedores conectados ou os segundos fatores precisa ter mostrado todos os seus fatores nos últimos dez minutos; estar conectado não basta.',
    hi: 'जो टीम, API कुंजियाँ, जुड़े प्रदाता या दूसरे कारक बदलता है, उसने पिछले दस मिनट में अपने सभी कारक दिखाए होने चाहिए; केवल प्रवेश किया होना काफ़ी नहीं।',
  },
  how: {
    en: 'In an organisation that exists only for this an owner is signed in, who may do everything there but has shown no factor, or shown it eleven minutes ago. The check takes every route that the product tells of and that changes one of these, and asks as that owner; each must ask for the factor first. The requests name nothing that exists, so that nothing would come of them.',
    es: 'En una organización que solo existe para esto entra un propietario que allí puede hacerlo todo, pero que no ha mostrado ningún factor, o lo mostró hace once minutos. La comprobación toma cada ruta que el producto declara y que cambia algo de esto, y la pide como ese propietario; cada una debe pedir antes el factor. Las peticiones no nombran nada que exista, para que nada resulte de ellas.',
    pt: 'Em uma organização que existe só para isto está conectado um proprietário, que ali pode tudo, mas não mostrou nenhum fator, ou o mostrou há onze minutos. A verificação toma todas as rotas que o produto declara e que mudam uma dessas coisas, e pede como esse proprietário; cada uma deve primeiro pedir o fator. As requisições não designam nada que exista, de modo que nada resultaria delas.',
    hi: 'केवल इसी के लिए बने संगठन में एक मालिक ने प्रवेश किया है, जो वहाँ सब कुछ कर सकता है पर उसने कोई कारक नहीं दिखाया, या ग्यारह मिनट पहले दिखाया था। जाँच उत्पाद के बताए हर ऐसे मार्ग को लेती है जो इनमें से कुछ बदलता है, और उस मालिक की तरह माँगती है; हर एक को पहले कारक माँगना चाहिए। अनुरोध किसी मौजूद चीज़ का नाम नहीं लेते, ताकि उनसे कुछ न हो।',
  },
  yourself: {
    en: 'Sign in, wait a quarter of an hour, and make an API key: you are asked for your second factor first.',
    es: 'Entre, espere un cuarto de hora y cree una clave de API: antes se le pide su segundo factor.',
    pt: 'Entre, espere quinze minutos e crie uma chave de API: primeiro pedem o seu segundo fator.',
    hi: 'प्रवेश करें, पंद्रह मिनट रुकें और API कुंजी बनाएँ: पहले आपका दूसरा कारक माँगा जाता है।',
  },
  kept: [insistFresh],
  every: 60 * 60_000,
  async probe(reach) {
    const routes = (await routesTold(reach)).filter(doesDamage);
    const faults: Fault[] = [];
    for (const stale of ['never', 'ago'] as const) {
      for (const { of: member, part } of amongMembers(`${of}-${stale}`, routes))
        faults.push(
          ...(await signedIn(reach, { role: 'owner', of: member, stale }, (as) => triedStale(reach, as, part))),
        );
    }
    return { checked: 2 * routes.length, faults };
  },
  counterexample: {
    kind: 'senses',
    // A product to which being signed in is enough.
    broken: (reach) => answering(reach, ({ path }) => (/openapi|sign-out/.test(path) ? undefined : { status: 404 })),
  },
} satisfies Claim;

const guarded = /^\/api\/v1\/(team|invitations|keys|credentials|billing|exports|retention)\b/;
/** Removing what somebody signs in with, and what gets round it. */
const factors = /^\/api\/v1\/session\/(totp|recovery-codes|passkeys\/\{id\}|outside\/\{\w+\}(\/link)?)$/;

function doesDamage({ method, path, scope, needsSession }: RouteTold): boolean {
  if (method === 'GET') return false;
  if (factors.test(path)) return method === 'DELETE' || /recovery-codes$|link$/.test(path);
  // Accepting an invitation harms nobody but whoever accepts.
  return guarded.test(path) && (scope !== undefined || needsSession) && !path.endsWith('/accept');
}

async function triedStale(reach: Reach, as: Shown, routes: readonly RouteTold[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const route of routes) {
    const { status, code } = await ask(reach, as, ofNothing(route), route.takesBody ? {} : undefined);
    if (code === 'step-up-needed') continue;
    const where = `${route.method} ${route.path}`;
    faults.push({ what: `answered ${status} to a session that has shown no factor lately`, where });
  }
  return faults;
}
