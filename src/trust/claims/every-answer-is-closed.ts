import { closedHeaders } from '#base';
import { answering, asked, type Answered, type Target } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { noId, ofNothing, routesTold } from '../routes-told.ts';

export default {
  fulfils: ['NET-01'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'Every answer, also every refusal, forbids the browser to frame it, to guess its type, to tell other sites where it came from and to use a camera; only the page from which the secretary is called may use the microphone, and hand it to nobody. No answer of the API is stored on the way. Over https, browsers are told to come back by https for two years.',
    es: 'Toda respuesta, también todo rechazo, prohíbe al navegador enmarcarla, adivinar su tipo, contar a otros sitios de dónde viene y usar la cámara; solo la página desde la que uno llama a su propia secretaria puede usar el micrófono, sin cederlo a nadie. Ninguna respuesta de la API se guarda por el camino. Por https, se indica a los navegadores que vuelvan por https durante dos años.',
  },
  how: {
    en: 'The check asks every route that the product tells of as a stranger, and besides a path that does not exist, a method that is not answered, a body that is none and the pages; so it gets refusals and answers of many statuses. Each must carry all of the headers.',
    es: 'La comprobación pide como un extraño cada ruta que el producto declara y, además, una ruta que no existe, un método que no se atiende, un cuerpo que no lo es y las páginas; así recibe rechazos y respuestas de muchos estados. Cada una debe llevar todas las cabeceras.',
  },
  yourself: {
    en: 'Run curl -i on any address of this installation, also on one that does not exist, and read the headers.',
    es: 'Ejecute curl -i sobre cualquier dirección de esta instalación, también sobre una que no exista, y lea las cabeceras.',
  },
  kept: [closedHeaders],
  every: 60 * 60_000,
  async probe(reach) {
    const faults: Fault[] = [];
    let checked = 0;
    for (const [target, body] of await targets(reach)) {
      const answer = await asked(reach, {}, target, body);
      checked += 1;
      const where = `${target.replaceAll(noId, ':id')} ${answer.status}`;
      for (const what of missingIn(answer, target, reach.origin)) faults.push({ what, where });
    }
    return { checked, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => answering(reach, ({ path }) => (path === '/api/openapi.json' ? undefined : { status: 200 })),
  },
} satisfies Claim;

type Asking = readonly [Target, unknown?];

/** As a stranger, so that nothing comes of it: what anybody may do is asked for without what it needs. */
async function targets(reach: Reach): Promise<readonly Asking[]> {
  const routes = await routesTold(reach);
  const each = routes
    .filter((route) => route.method === 'GET' || route.takesBody || route.scope !== undefined || route.needsSession)
    .map((route): Asking => [ofNothing(route), route.takesBody ? {} : undefined]);
  return [
    ...each,
    ['GET /nowhere'],
    ['DELETE /trust'],
    ['POST /api/v1/sign-in', 'no object'],
    ['GET /%zz'],
    ['GET /trust.json?query=1'],
  ];
}

type Header = readonly [name: string, holds: (value: string, target: Target) => boolean, what: string];

/** The page from which one calls. */
const callPage = 'GET /call';

const always: readonly Header[] = [
  ['x-frame-options', (value) => value === 'DENY', 'may be framed (X-Frame-Options)'],
  ['content-security-policy', isStrict, 'has no strict content security policy'],
  ['x-content-type-options', (value) => value === 'nosniff', 'may have its type guessed'],
  [
    'referrer-policy',
    (value) => value === 'no-referrer' || value === 'same-origin',
    'tells other sites where it came from',
  ],
  [
    'permissions-policy',
    (value, target) =>
      /camera=\(\)/.test(value) && (target === callPage ? /microphone=\((?:self)?\)/ : /microphone=\(\)/).test(value),
    'lets a page use the camera or the microphone',
  ],
  ['cross-origin-opener-policy', (value) => value === 'same-origin', 'may be held by a window of another site'],
  ['cross-origin-resource-policy', (value) => value === 'same-origin', 'may be embedded by another site'],
];

function isStrict(policy: string): boolean {
  return (
    /(^|; )default-src 'none'/.test(policy) && policy.includes("frame-ancestors 'none'") && !/unsafe|\*/.test(policy)
  );
}

const twoYears = 63_072_000;

function missingIn({ headers }: Answered, target: Target, origin: string): readonly string[] {
  const due: Header[] = [...always];
  if (target.includes(' /api/'))
    due.push(['cache-control', (value) => value.includes('no-store'), 'may be stored on the way']);
  if (origin.startsWith('https:'))
    due.push(['strict-transport-security', lastsTwoYears, 'does not tell browsers to stay with https for two years']);
  return due.filter(([name, holds]) => !holds(headers[name] ?? '', target)).map(([, , what]) => what);
}

function lastsTwoYears(value: string): boolean {
  return Number(/max-age=(\d+)/.exec(value)?.[1] ?? 0) >= twoYears;
}
