import { altered, ask, itemsIn, signedIn, type Shown } from '../asking.ts';
import { languages, type Claim, type Fault, type Finding, type Reach } from '../claim.ts';
import { trustState } from '../state.ts';
import { remarks } from '../remarks.ts';

/** Whose member looks while strangers see nothing yet. */
const of = 'trust-page-leaves-nothing-out';

export default {
  fulfils: ['TRU-01'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'The trust page names every promise with its status, what is broken first, and says what is not built and what is not claimed; in four languages alike.',
    es: 'La página de confianza nombra cada promesa con su estado, primero lo roto, y dice qué no está construido y qué no se alega; igual en cuatro idiomas.',
    pt: 'A página de confiança traz cada promessa com seu status, primeiro o que está quebrado, e diz o que não foi construído e o que não se afirma; igual em quatro idiomas.',
    hi: 'विश्वास पृष्ठ हर वादे को उसकी स्थिति के साथ दिखाता है, जो टूटा है उसे पहले, और बताता है कि क्या अभी नहीं बना और किसका दावा नहीं है; चारों भाषाओं में एक समान।',
  },
  how: {
    en: 'The page is made at the moment of asking from the evidence that is kept. The check reads the page over the wire in every language and holds it against the list that programs get: each promise has one place under its status, a broken one stands before the others too, and what is not claimed is said in a place of its own.',
    es: 'La página se hace en el momento de pedirla a partir de las pruebas guardadas. La comprobación lee la página por la red en cada idioma y la contrasta con la lista que reciben los programas: cada promesa tiene un lugar bajo su estado, una rota está además antes que las otras, y lo que no se alega se dice en un lugar propio.',
    pt: 'A página é feita no momento do pedido a partir das evidências guardadas. A verificação lê a página pela rede em cada idioma e a confronta com a lista que os programas recebem: cada promessa tem um lugar sob seu status, uma quebrada aparece também antes das outras, e o que não se afirma é dito em lugar próprio.',
    hi: 'पृष्ठ माँगे जाने के क्षण रखे गए साक्ष्य से बनता है। जाँच उसे हर भाषा में नेटवर्क से पढ़ती है और उस सूची से मिलाती है जो प्रोग्रामों को मिलती है: हर वादे का अपनी स्थिति के नीचे एक स्थान है, टूटा वादा बाकी सबसे पहले भी आता है, और जिसका दावा नहीं वह अपने अलग स्थान पर लिखा है।',
  },
  yourself: {
    en: 'Compare /trust with /trust/claims.json: as many promises, the same statuses, in every language.',
    es: 'Compare /trust con /trust/claims.json: tantas promesas, los mismos estados, en cada idioma.',
    pt: 'Compare /trust com /trust/claims.json: as mesmas promessas, os mesmos status, em cada idioma.',
    hi: '/trust की तुलना /trust/claims.json से करें: उतने ही वादे, वही स्थितियाँ, हर भाषा में।',
  },
  kept: [trustState],
  every: 6 * 60 * 60_000,
  probe: (reach) => signedIn(reach, { role: 'viewer', of }, (as) => compared(reach, as)),
  counterexample: {
    kind: 'senses',
    // A page that keeps quiet about what it does not claim.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path.startsWith('/trust?')
          ? { ...answer, body: answer.body.replace(/<section id="not-claimed">[^]*?<\/section>/, '') }
          : answer,
      ),
  },
} satisfies Claim;

async function compared(reach: Reach, as: Shown): Promise<Finding> {
  const faults: Fault[] = [];
  let checked = 0;
  for (const language of languages) {
    // A look may be kept in between: what the list says before or after is what the page may say.
    const before = await statuses(reach, as);
    const { status, body } = await ask(reach, as, `GET /trust?lang=${language}`);
    const after = await statuses(reach, as);
    if (status !== 200 || before.size === 0) return { checked: 0, faults: [], blind: remarks['page-unreadable'].en };
    checked += before.size;
    faults.push(
      ...mistakesOf(body, { before, after }).map((what) => ({ ...what, where: `${language}: ${what.where}` })),
    );
  }
  return { checked, faults };
}

type Statuses = ReadonlyMap<string, string>;

async function statuses(reach: Reach, as: Shown): Promise<Statuses> {
  const { json } = await ask(reach, as, 'GET /trust/claims.json');
  return new Map(itemsIn({ json }, 'claims').map(({ id, status }) => [String(id), String(status)]));
}

function mistakesOf(page: string, { before, after }: Record<'before' | 'after', Statuses>): readonly Fault[] {
  const shown = new Map(
    Array.from(page.matchAll(/ id="([a-z0-9-]+)" class="(?:claim )?([a-z-]+)"/g), ([, id = '', status = '']) => [
      id,
      status,
    ]),
  );
  const top = page.slice(0, page.indexOf('id="promises"'));
  return [...before].flatMap(([id, status]): Fault[] => {
    const stands = shown.get(id);
    if (stands === undefined) return [{ what: `not on the page, seen as ${status}`, where: id }];
    if (stands !== status && stands !== after.get(id))
      return [{ what: `shown as ${stands}, seen as ${status}`, where: id }];
    const isFirst = !isBroken(status) || stands !== status || top.includes(`/trust/claims/${id}`);
    return isFirst ? [] : [{ what: 'broken, and not named before all else', where: id }];
  });
}

function isBroken(status: string): boolean {
  return status === 'failing' || status === 'overdue' || status === 'attestation-expired';
}
