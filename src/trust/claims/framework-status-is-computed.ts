import { altered, ask, itemsIn, signedIn, type Shown } from '../asking.ts';
import type { Claim, Finding, Reach } from '../claim.ts';
import { toldFrameworks, untrueOf } from '../framework-told.ts';
import { frameworkState } from '../framework-state.ts';

const list = '/trust/frameworks.json';

/** Whose member looks while strangers see nothing yet. */
const of = 'framework-status-is-computed';

export default {
  fulfils: ['TRU-02', 'TRU-01'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'Where a law or standard stands here is computed, never typed: it is called audited only with a report in date by somebody outside, and in force only while every promise behind it is kept.',
    es: 'El estado de cada ley o norma aquí se calcula, nunca se escribe: solo se llama auditada con un informe vigente de alguien externo, y en vigor solo mientras se mantiene toda promesa que la sostiene.',
    pt: 'A situação de cada lei ou norma aqui é calculada, nunca digitada: só é chamada de auditada com um relatório em vigor de alguém de fora, e em vigor só enquanto toda promessa por trás dela é mantida.',
    hi: 'यहाँ हर क़ानून या मानक की स्थिति निकाली जाती है, कभी टाइप नहीं की जाती: “बाहरी जाँच हुई” तभी कहा जाता है जब किसी बाहरी व्यक्ति की रिपोर्ट की अवधि चल रही हो, और “लागू” तभी तक जब तक उसके पीछे का हर वादा निभाया जा रहा हो।',
  },
  how: {
    en: 'The check reads the published list over the wire and holds it against the tables: the documents that are in date, and the evidence of each claim that a line points at. A status that says more than those, a line that calls a claim kept that is not, or a page that says other than the list, is a fault.',
    es: 'La comprobación lee por la red la lista publicada y la contrasta con las tablas: los documentos vigentes y las pruebas de cada promesa a la que remite una línea. Es un fallo un estado que diga más que ellos, una línea que dé por mantenida una promesa que no lo está, o una página que diga otra cosa que la lista.',
    pt: 'A verificação lê pela rede a lista publicada e a confronta com as tabelas: os documentos em vigor e as evidências de cada promessa para a qual uma linha aponta. É falha uma situação que diga mais do que eles, uma linha que dê por mantida uma promessa que não é, ou uma página que diga algo diferente da lista.',
    hi: 'जाँच प्रकाशित सूची को नेटवर्क से पढ़ती है और तालिकाओं से मिलाती है: वैध अवधि वाले दस्तावेज़, और हर उस वादे के साक्ष्य जिसकी ओर कोई पंक्ति संकेत करती है। जो स्थिति इनसे अधिक कहे, जो पंक्ति न निभाए जा रहे वादे को निभाया बताए, या जो पृष्ठ सूची से अलग कहे, वह दोष है।',
  },
  yourself: {
    en: 'Open a law or standard here, follow the links of a line to its promises, and read the evidence of each. A status of audited names its report with issuer and dates.',
    es: 'Abra aquí una ley o norma, siga los enlaces de una línea hasta sus promesas y lea las pruebas de cada una. Un estado auditado nombra su informe con emisor y fechas.',
    pt: 'Abra aqui uma lei ou norma, siga os links de uma linha até suas promessas e leia as evidências de cada uma. A situação auditado nomeia o relatório com emissor e datas.',
    hi: 'यहाँ कोई क़ानून या मानक खोलें, पंक्ति के लिंक से उसके वादों तक जाएँ और हर एक का साक्ष्य पढ़ें। “बाहरी जाँच हुई” वाली स्थिति अपनी रिपोर्ट, जारीकर्ता और तारीख़ों सहित बताती है।',
  },
  kept: [frameworkState],
  every: 60 * 60_000,
  async probe(reach) {
    const isPublished = (await ask(reach, {}, `GET ${list}`)).code !== 'trust-not-published';
    return isPublished ? looked(reach, {}) : signedIn(reach, { role: 'viewer', of }, (as) => looked(reach, as));
  },
  counterexample: {
    kind: 'senses',
    // A product in which somebody typed it.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path === list
          ? { ...answer, body: answer.body.replaceAll('"status":"not-claimed"', '"status":"audited"') }
          : answer,
      ),
  },
} satisfies Claim;

async function looked(reach: Reach, as: Shown): Promise<Finding> {
  const answer = await ask(reach, as, `GET ${list}`);
  const page = await ask(reach, as, 'GET /trust/frameworks?lang=en');
  const told = toldFrameworks(itemsIn(answer, 'frameworks'));
  const { at } = answer.json;
  const faults = await untrueOf(reach, { told, page: page.body, at: typeof at === 'string' ? at : '' });
  return { checked: told.reduce((sum, { lines }) => sum + 1 + lines.length, 0), faults };
}
