import { jsonLog } from '#base';
import { ask, asked, bySession, type Shown } from '../asking.ts';
import { callCanary } from '../canary-call.ts';
import type { Claim, Fault, Reach, SelfRequest } from '../claim.ts';
import { rareWord } from '../traces.ts';

/** Whose members try it. */
const of = 'logs-hold-nothing-personal';

export default {
  fulfils: ['AUD-03'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'The log of the program holds no personal data: no number, name, address or word of anybody, and of webhooks no more than ids.',
    es: 'El log del programa no contiene datos personales: ningún número, nombre, dirección ni palabra de nadie, y de los webhooks nada más que identificadores.',
    pt: 'O log do programa não contém dados pessoais: nenhum número, nome, endereço ou palavra de ninguém, e dos webhooks nada além de ids.',
    hi: 'प्रोग्राम के लॉग में कोई निजी डेटा नहीं: किसी का नंबर, नाम, पता या शब्द नहीं, और वेबहुक की केवल आईडी।',
  },
  how: {
    en: "Only ids and fixed words can be logged. The check rings the product's own telephone with a caller number that is nobody's, signs in wrongly, asks for a link and for pages, and invites somebody, each time with words that stand nowhere else, in paths, headers, queries and bodies. It listens meanwhile to all that the process writes to its log and console, and looks for those words there.",
    es: 'Solo se pueden anotar identificadores y palabras fijas. La comprobación llama al teléfono propio del producto desde un número que no es de nadie, entra mal, pide un enlace y páginas, e invita a alguien, cada vez con palabras que no están en ningún otro sitio, en rutas, cabeceras, consultas y cuerpos. Mientras tanto escucha todo lo que el proceso escribe en su log y su consola, y busca allí esas palabras.',
    pt: 'Só ids e palavras fixas podem ser registrados. A verificação liga para o telefone do próprio produto com um número que não é de ninguém, entra com erro, pede um link e páginas, e convida alguém, sempre com palavras que não estão em nenhum outro lugar, em caminhos, cabeçalhos, consultas e corpos. Enquanto isso escuta tudo o que o processo escreve no log e no console, e ali procura essas palavras.',
    hi: 'केवल आईडी और निश्चित शब्द लॉग हो सकते हैं। जाँच उत्पाद के अपने टेलीफ़ोन पर ऐसे नंबर से कॉल करती है जो किसी का नहीं, गलत प्रवेश करती है, लिंक और पृष्ठ माँगती है और किसी को आमंत्रित करती है, हर बार ऐसे शब्दों से जो और कहीं नहीं, पथ, हेडर, क्वेरी और बॉडी में। इस बीच वह सुनती है कि प्रक्रिया लॉग और कंसोल में क्या लिखती है, और वहाँ वे शब्द ढूँढती है।',
  },
  yourself: {
    en: 'Ring one of your lines, say your name, and search the log for it and for your number.',
    es: 'Llame a una de sus líneas, diga su nombre y busque en el log su nombre y su número.',
    pt: 'Ligue para uma das suas linhas, diga o seu nome e procure-o no log, junto com o seu número.',
    hi: 'अपनी किसी लाइन पर कॉल करें, अपना नाम बोलें और लॉग में उसे और अपना नंबर ढूँढें।',
  },
  kept: [jsonLog],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const word = rareWord(reach);
    const { result, text } = await reach.written(() => visit(reach, word));
    const lower = text.toLowerCase();
    const found = [word, callerNumber, callerNumber.slice(1)].filter((one) => lower.includes(one));
    const faults = found.map((): Fault => ({ what: 'something personal was written to the log', where: 'log' }));
    return { checked: result, faults };
  },
  counterexample: {
    kind: 'senses',
    // A product that logs the addresses of requests.
    broken(reach) {
      const seen: string[] = [];
      return {
        ...reach,
        self(request: SelfRequest) {
          seen.push(request.path);
          return reach.self(request);
        },
        async written(work) {
          const { result, text } = await reach.written(work);
          return { result, text: text + seen.join('\n') };
        },
      };
    },
  },
} satisfies Claim;

/** The number that the canary rings from (`ringing.ts`); kept for tests by the North American Numbering Plan. */
const callerNumber = '+15005550000';

/** Says the word wherever somebody can say something. Returns in how many places. */
async function visit(reach: Reach, word: string): Promise<number> {
  const email = `${word}@canary.invalid`;
  const named: Shown = { 'user-agent': word, 'referer': `https://${word}.invalid/`, 'x-request-id': word };
  const call = await callCanary(reach, reach.canary.phone.number);
  await call.hangUp();
  await asked(reach, named, 'POST /api/v1/sign-in', { email, password: word });
  await asked(reach, named, 'POST /api/v1/sign-in/link', { email });
  await asked(reach, named, `GET /${word}`);
  await asked(reach, named, `GET /api/v1/calls/${word}?q=${word}`);
  await asked(reach, { ...named, authorization: `Bearer ${word}` }, 'GET /api/v1/calls');
  await asked(reach, named, 'POST /api/v1/sign-up', { [word]: word });
  const { token } = await reach.canary.team.signIn({ role: 'owner', of });
  const as = { ...named, ...bySession(reach, token) };
  const { json } = await ask(reach, as, 'POST /api/v1/invitations', { email, name: word, role: 'viewer' });
  await ask(reach, as, `DELETE /api/v1/invitations/${String(json['id'])}`);
  await ask(reach, as, 'POST /api/v1/sign-out');
  await reach.canary.team.clear();
  return 9;
}
