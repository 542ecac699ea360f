import { sessionCookie } from '#edge';
import { altered, ask, asked, type Answered } from '../asking.ts';
import type { Claim, Fault } from '../claim.ts';
import { ofNothing, routesTold } from '../routes-told.ts';

/** Whose members try it. */
const of = 'only-essential-cookies';

export default {
  fulfils: ['NET-06'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'The only cookies are those that signing in needs; nobody gets one by looking at a page, and no page loads anything from anywhere else.',
    es: 'Las únicas cookies son las que necesita la entrada; nadie recibe una por mirar una página, y ninguna página carga nada de otro sitio.',
    pt: 'Os únicos cookies são os necessários para entrar; ninguém recebe um por olhar uma página, e nenhuma página carrega nada de outro lugar.',
    hi: 'केवल वे ही कुकी हैं जो प्रवेश के लिए ज़रूरी हैं; किसी को पृष्ठ देखने भर से कुकी नहीं मिलती, और कोई पृष्ठ कहीं और से कुछ नहीं लाता।',
  },
  how: {
    en: 'The check opens every page and document that anybody may open: none may set a cookie, none may name a script, style, image or frame of another host, and the policy of each must forbid them. Then it signs somebody in who exists only for this: the answer must set exactly one cookie, which scripts cannot read and other sites cannot use.',
    es: 'La comprobación abre cada página y documento que cualquiera puede abrir: ninguno puede poner una cookie ni nombrar un script, estilo, imagen o marco de otro servidor, y la política de cada uno debe prohibirlos. Después hace entrar a alguien que solo existe para esto: la respuesta debe poner exactamente una cookie, que los scripts no pueden leer y otros sitios no pueden usar.',
    pt: 'A verificação abre todas as páginas e documentos que qualquer um pode abrir: nenhum pode criar um cookie, nenhum pode citar um script, estilo, imagem ou quadro de outro host, e a política de cada um deve proibi-los. Depois faz entrar alguém que existe só para isto: a resposta deve criar exatamente um cookie, que scripts não podem ler e outros sites não podem usar.',
    hi: 'जाँच हर वह पृष्ठ और दस्तावेज़ खोलती है जिसे कोई भी खोल सकता है: कोई कुकी न रखे, किसी दूसरे होस्ट की स्क्रिप्ट, शैली, चित्र या फ़्रेम का नाम न ले, और हर एक की नीति इन्हें मना करे। फिर वह केवल इसी के लिए बने व्यक्ति को प्रवेश कराती है: उत्तर ठीक एक कुकी रखे, जिसे स्क्रिप्ट पढ़ न सकें और दूसरी साइटें इस्तेमाल न कर सकें।',
  },
  yourself: {
    en: 'Open this page with the developer tools of your browser: no cookie is stored, and no other host is asked.',
    es: 'Abra esta página con las herramientas de desarrollo de su navegador: no se guarda ninguna cookie y no se pide nada a otro servidor.',
    pt: 'Abra esta página com as ferramentas de desenvolvedor do navegador: nenhum cookie é guardado e nenhum outro host é consultado.',
    hi: 'यह पृष्ठ ब्राउज़र के डेवलपर साधनों के साथ खोलें: कोई कुकी नहीं रखी जाती और किसी दूसरे होस्ट से कुछ नहीं माँगा जाता।',
  },
  kept: [sessionCookie],
  every: 60 * 60_000,
  async probe(reach) {
    const pages = (await routesTold(reach)).filter(
      (route) => route.method === 'GET' && !route.needsSession && !route.scope,
    );
    const faults: Fault[] = [];
    for (const route of pages) {
      const answer = await asked(reach, {}, ofNothing(route));
      faults.push(...cookiesOf(answer, 0, route.path), ...foreignIn(answer, reach.origin, route.path));
    }
    const where = 'POST /api/v1/sign-in/link/use';
    const token = await reach.canary.team.link({ role: 'viewer', of });
    const entered = await ask(reach, {}, where, { token });
    faults.push(...cookiesOf(entered, 1, where));
    const cookie = entered.headers['set-cookie']?.split(';', 1)[0];
    if (cookie !== undefined) await ask(reach, { cookie }, 'POST /api/v1/sign-out');
    return { checked: pages.length + 1, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) =>
      altered(reach, (_request, answer) => ({
        ...answer,
        headers: { ...answer.headers, 'set-cookie': '_ga=1; Path=/' },
      })),
  },
} satisfies Claim;

/** Several cookies stand in one header here, with commas between them; a date has one comma, behind its weekday. */
function cookiesOf({ headers }: Answered, due: number, where: string): Fault[] {
  const set = headers['set-cookie'];
  const cookies = set === undefined ? [] : set.split(/,(?=\s*[^\s;=,]+=)/).map((one) => one.trim());
  if (cookies.length !== due) return [{ what: `sets ${cookies.length} cookies, not ${due}`, where }];
  return cookies
    .filter((one) => !isOurs(one))
    .map(() => ({ what: 'sets a cookie that is not that of a session, or an open one', where }));
}

function isOurs(cookie: string): boolean {
  const isClosed =
    /;\s*HttpOnly/i.test(cookie) && /;\s*SameSite=(Lax|Strict)/i.test(cookie) && !/;\s*Domain=/i.test(cookie);
  return (
    isClosed && (cookie.startsWith('sotto=') || (cookie.startsWith('__Host-sotto=') && /;\s*Secure/i.test(cookie)))
  );
}

/** What a page would load from elsewhere, by what it says and by what its policy lets it. */
function foreignIn({ headers, body }: Answered, origin: string, where: string): Fault[] {
  if (!headers['content-type']?.startsWith('text/html')) return [];
  const loaded = [
    ...body.matchAll(
      /<(?:script|img|iframe|link|source|video|audio|embed|object)\b[^>]*\b(?:src|href|data)="([^"]*)"/gi,
    ),
  ];
  const foreign = loaded.filter(([, url = '']) => URL.parse(url, origin)?.origin !== new URL(origin).origin);
  const policy = headers['content-security-policy'] ?? '';
  return [
    ...foreign.map(() => ({ what: 'the page loads something of another host', where })),
    ...(/https?:|\*/.test(policy) || policy === ''
      ? [{ what: 'its policy lets a page load from other hosts', where }]
      : []),
  ];
}
