import { senderDetails } from '#safeguards/audit';
import { addressKeySweeper } from '#safeguards/vault';
import { ask, asked, byKey, comingFrom, entriesOf, signedIn } from '../asking.ts';
import type { Claim, Fault, Reach, SelfRequest } from '../claim.ts';
import { nobodysAddress, rareWord, tracesOf } from '../traces.ts';

/** Whose members try it. */
const of = 'network-addresses-are-hashed';

export default {
  fulfils: ['RET-06', 'NET-05'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'The network address of whoever asks is written down nowhere as it is, neither is the country it belongs to: the audit log keeps a keyed hash, whose key changes every day.',
    es: 'La dirección de red de quien pide no se anota en ningún sitio tal cual, ni el país al que pertenece: el registro de auditoría guarda un hash con una clave que cambia cada día.',
    pt: 'O endereço de rede de quem pede não é anotado em lugar nenhum como é, nem o país a que pertence: o registro de auditoria guarda um hash com chave, cuja chave muda todos os dias.',
    hi: 'जो पूछता है उसका नेटवर्क पता कहीं ज्यों का त्यों नहीं लिखा जाता, न उसका देश: ऑडिट लॉग एक कुंजीबद्ध हैश रखता है, जिसकी कुंजी हर दिन बदलती है।',
  },
  how: {
    en: "The key of a day is destroyed before 90 days are over. The check asks in several ways from an address that is nobody's, with a country that is none: as somebody who is signed in, with a key, with a wrong password and for a sign-in link. Then it looks for the address and the country in all that was logged meanwhile and in the newest rows of every table, as text and as bytes, and reads in the audit log that a hash stands there.",
    es: 'La clave de un día se destruye antes de que pasen 90. La comprobación pide de varias maneras desde una dirección que no es de nadie, con un país que no existe: como alguien que ha entrado, con una clave, con una contraseña equivocada y para un enlace de entrada. Después busca la dirección y el país en todo lo anotado entretanto y en las filas más recientes de todas las tablas, como texto y como bytes, y lee en el registro de auditoría que allí hay un hash.',
    pt: 'A chave de um dia é destruída antes que passem 90 dias. A verificação pede de várias formas a partir de um endereço que não é de ninguém, com um país que não existe: como alguém conectado, com uma chave, com uma senha errada e por um link de entrada. Depois procura o endereço e o país em tudo o que foi registrado enquanto isso e nas linhas mais novas de cada tabela, como texto e como bytes, e lê no registro de auditoria que ali há um hash.',
    hi: 'किसी दिन की कुंजी 90 दिन पूरे होने से पहले नष्ट होती है। जाँच किसी के न होने वाले पते से, न होने वाले देश के साथ, कई तरह से पूछती है: प्रवेश किए हुए की तरह, कुंजी से, गलत पासवर्ड से और प्रवेश लिंक के लिए। फिर वह इस बीच लॉग हुई हर चीज़ और हर तालिका की नवीनतम पंक्तियों में वह पता और देश पाठ व बाइट के रूप में ढूँढती है, और ऑडिट लॉग में पढ़ती है कि वहाँ हैश है।',
  },
  yourself: {
    en: 'Search the log and a dump of your database for the address of your own browser.',
    es: 'Busque en el log y en un volcado de su base de datos la dirección de su propio navegador.',
    pt: 'Procure no log e em um dump do seu banco o endereço do seu próprio navegador.',
    hi: 'लॉग और डेटाबेस के डंप में अपने ब्राउज़र का पता ढूँढें।',
  },
  kept: [senderDetails, addressKeySweeper],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const { address, part } = nobodysAddress(reach);
    const country = rareWord(reach);
    const from = withCountry(comingFrom(reach, address), country);
    const { result, text } = await reach.written(() => visit(from));
    const faults: Fault[] = [...result];
    for (const [word, what] of [
      [part, 'a network address'],
      [country, 'the country of an address'],
    ] as const) {
      if (text.includes(word)) faults.push({ what: `${what} was written to the log`, where: 'log' });
      for (const where of await tracesOf(reach, [word])) faults.push({ what: `${what} lies in the table`, where });
    }
    return { checked: asks + 2, faults };
  },
  counterexample: {
    kind: 'senses',
    // A product that logs whom it answers.
    broken(reach) {
      const seen: string[] = [];
      return {
        ...reach,
        self(request: SelfRequest) {
          seen.push(request.from ?? '');
          return reach.self(request);
        },
        async written(work) {
          const { result, text } = await reach.written(work);
          return { result, text: `${text}${seen.join('\n')}` };
        },
      };
    },
  },
} satisfies Claim;

const asks = 5;

/** In the headers by which the usual edges tell it. */
function withCountry(reach: Reach, country: string): Reach {
  const told = {
    'cf-ipcountry': country,
    'x-vercel-ip-country': country,
    'cloudfront-viewer-country': country,
    'x-country': country,
  };
  return { ...reach, self: (request) => reach.self({ ...request, headers: { ...request.headers, ...told } }) };
}

/** Leaves traces wherever a visitor does; faults are those that should be there and are not. */
async function visit(reach: Reach): Promise<readonly Fault[]> {
  const { team } = reach.canary;
  const email = `${rareWord(reach)}@canary.invalid`;
  await asked(reach, {}, 'POST /api/v1/sign-in', { email, password: 'not the password' });
  await asked(reach, {}, 'POST /api/v1/sign-in/link', { email });
  await team.withKey({ scopes: ['calls:read'] }, ({ key }) => ask(reach, byKey(key), 'GET /api/v1/calls?limit=1'));
  const agent = rareWord(reach);
  const [entry] = await signedIn(reach, { role: 'owner', of }, async (session) => {
    const as = { ...session, 'user-agent': agent };
    await ask(reach, as, 'GET /api/v1/team?limit=1');
    return entriesOf(reach, as, { agent, due: 1 });
  });
  const address = entry?.details['address'];
  const isHashed = typeof address === 'string' && /^[0-9a-f]{32}$/.test(address);
  return isHashed ? [] : [{ what: 'an entry does not tell where somebody was by a hash', where: 'GET /api/v1/audit' }];
}
