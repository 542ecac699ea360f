import { settings, sql, type Tx } from '#base';
import { maskCards } from '#base';
import { objectFolders } from '#adapters/objects';
import { canary } from '../canary.ts';
import { cardPattern, isCard } from '../card-numbers.ts';
import { saidCard } from '../card-said.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { searchPlain } from '../plain-text.ts';
import { isSound, soundPattern } from '../sound-marks.ts';
import { storedNames } from '../stored-objects.ts';

export default {
  fulfils: ['RET-16'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Never stored: payment cards, databases of clients of an agency, advertising cookies, and sound of calls where recording is off.',
    es: 'Nunca se guardan: tarjetas de pago, bases de datos de clientes de una agencia, cookies publicitarias ni sonido de llamadas donde la grabación está apagada.',
    pt: 'Nunca guardados: cartões de pagamento, bancos de dados de clientes de uma agência, cookies de publicidade e som de chamadas onde a gravação está desligada.',
    hi: 'कभी नहीं रखे जाते: भुगतान कार्ड, एजेंसी के ग्राहकों के डेटाबेस, विज्ञापन कुकी, और जहाँ रिकॉर्डिंग बंद है वहाँ कॉल की आवाज़।',
  },
  how: {
    en: 'There is no table, column, folder or setting for any of it, and a card number that is said in a call is replaced before anything else sees the words. The check reads the names of all tables, columns and settings, searches everything that is not sealed, up to 50 rows of 200 organisations, for card numbers with a right check digit and for sound, wants every object of the store to lie among the recordings and none elsewhere to begin as sound does, no recording of an agent that does not record, and no cookie from any page that anybody may open. What is sealed it cannot read; so it also rings the product, says the number of a test card and opens the call, which must say [card].',
    es: 'No hay tabla, columna, carpeta ni ajuste para nada de ello, y un número de tarjeta dicho en una llamada se sustituye antes de que nada más vea las palabras. La comprobación lee los nombres de todas las tablas, columnas y ajustes, busca en todo lo que no está sellado, hasta 50 filas de 200 organizaciones, números de tarjeta con dígito de control correcto y sonido, exige que todo objeto del almacén esté entre las grabaciones y que ninguno fuera de ellas empiece como un sonido, que no haya grabación de un agente que no graba, y que ninguna página que cualquiera puede abrir ponga una cookie. Lo que está sellado no lo puede leer; por eso además llama al producto, dice el número de una tarjeta de prueba y abre la llamada, que debe decir [card].',
    pt: 'Não há tabela, coluna, pasta nem configuração para nada disso, e um número de cartão dito em uma chamada é substituído antes que qualquer outra coisa veja as palavras. A verificação lê os nomes de todas as tabelas, colunas e configurações, procura em tudo o que não é selado, até 50 linhas de 200 organizações, números de cartão com dígito verificador correto e som, quer que todo objeto do armazenamento esteja entre as gravações e que nenhum outro comece como som, nenhuma gravação de um agente que não grava e nenhum cookie de qualquer página que qualquer um possa abrir. O que é selado ela não pode ler; por isso ela também liga para o produto, diz o número de um cartão de teste e abre a chamada, que deve dizer [card].',
    hi: 'इनमें से किसी के लिए न तालिका है, न स्तंभ, न फ़ोल्डर, न सेटिंग, और कॉल में बोला गया कार्ड नंबर किसी और के शब्द देखने से पहले बदल दिया जाता है। जाँच सभी तालिकाओं, स्तंभों और सेटिंग के नाम पढ़ती है, जो मुहरबंद नहीं उस सब में, 200 संगठनों की 50 तक पंक्तियों में, सही जाँच-अंक वाले कार्ड नंबर और आवाज़ ढूँढती है, चाहती है कि भंडार का हर ऑब्जेक्ट रिकॉर्डिंग में हो और अन्य कहीं का कोई आवाज़ की तरह शुरू न हो, रिकॉर्ड न करने वाले एजेंट की कोई रिकॉर्डिंग न हो, और किसी भी के खोले जा सकने वाले पृष्ठ से कोई कुकी नहीं। जो मुहरबंद है उसे वह नहीं पढ़ सकती; इसलिए वह उत्पाद को कॉल भी करती है, परीक्षण कार्ड का नंबर बोलती है और कॉल खोलती है, जिसमें [card] लिखा होना चाहिए।',
  },
  yourself: {
    en: 'Ring one of your lines, say the number of a test card, 4111 1111 1111 1111, and open the call: it says [card]. Then search a dump of your database for it.',
    es: 'Llame a una de sus líneas, diga el número de una tarjeta de prueba, 4111 1111 1111 1111, y abra la llamada: dice [card]. Después búsquelo en un volcado de su base de datos.',
    pt: 'Ligue para uma das suas linhas, diga o número de um cartão de teste, 4111 1111 1111 1111, e abra a chamada: ali está [card]. Depois procure-o em um dump do seu banco.',
    hi: 'अपनी किसी लाइन पर कॉल करें, परीक्षण कार्ड का नंबर 4111 1111 1111 1111 बोलें और कॉल खोलें: वहाँ [card] लिखा है। फिर डेटाबेस के डंप में उसे ढूँढें।',
  },
  kept: [maskCards, 'migrations/0007-recordings.sql'],
  every: 60 * 60_000,
  async probe(reach) {
    const findings = [
      await namesOf(reach.look),
      await contentsOf(reach),
      await objectsOf(reach),
      await cookiesOf(reach),
      await saidCard(reach),
    ];
    const unwanted = await reach.look.rows<{ id: string }>(
      sql`select id from app.recordings where not enabled limit 100`,
    );
    return {
      checked: findings.reduce((sum, { checked }) => sum + checked, 0),
      faults: [
        ...findings.flatMap(({ faults }) => faults),
        ...unwanted.map(({ id }) => ({
          what: 'recorded although its agent does not record',
          where: `recording:${id}`,
        })),
      ],
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = new Date(reach.clock.now());
      await tx.run(sql`
        insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, speech, model,
          disclose_ai, created_at)
        values (${canary}, ${canary}, 'Canary', 'en-US', 'Charge 4111 1111 1111 1111.', '[]', '{}', 30, 'relay', 'scripted', true,
          ${now})`);
    },
  },
} satisfies Claim;

/** Parts of names under which such a thing would be kept. */
const unwantedNames =
  /(?:^|_)(?:card|cards|pan|cvv|cvc|iban|ssn|policyholder|policyholders|ams|advert|advertising|campaign_id|gclid|fbclid|utm|ga|pixel|tracking|fingerprint)(?:_|$)/i;

/** Tables, columns and settings that are there for what is never stored. */
async function namesOf(look: Tx): Promise<Finding> {
  const rows = await look.rows<{ table: string; column: string }>(sql`
    select n.nspname || '.' || c.relname as table, a.attname::text as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('app', 'sec', 'ledger') and c.relkind in ('r', 'p', 'f', 'm')`);
  const names = [
    ...rows.map(({ table, column }) => ({
      parts: [table.slice(table.indexOf('.') + 1), column],
      where: `${table}.${column}`,
    })),
    ...Object.values(settings).map(({ env }) => ({ parts: [env], where: env })),
  ];
  const faults = names
    .filter(({ parts }) => parts.some((part) => unwantedNames.test(part)))
    .map(({ where }) => ({ what: 'is named after what is never stored', where }));
  return { checked: names.length, faults };
}

/** Card numbers and sound in what is not sealed. */
async function contentsOf(reach: Reach): Promise<Finding> {
  const looked = await searchPlain(reach, { pattern: `${cardPattern}|${soundPattern}` });
  const faults: Fault[] = looked.flatMap(({ place, found }) => {
    const digits = found.filter((one) => /^\d/.test(one));
    const cards = digits.filter(isCard).length;
    return [
      ...(cards > 0 ? [{ what: `${cards} card numbers`, where: place }] : []),
      ...(found.length > digits.length ? [{ what: 'holds sound', where: place }] : []),
    ];
  });
  return { checked: looked.reduce((sum, { rows }) => sum + rows, 0), faults };
}

/** What lies in the object store outside of its folders. */
async function objectsOf(reach: Reach): Promise<Finding> {
  const names = await storedNames(reach);
  const elsewhere = names.filter((name) => !objectFolders.some((folder) => name.startsWith(`${folder}/`)));
  const faults: Fault[] = [];
  for (const name of elsewhere.slice(0, 20)) {
    const bytes = await reach.objects.get(name);
    if (bytes)
      faults.push({ what: `lies outside of the recordings${isSound(bytes) ? ' and is sound' : ''}`, where: name });
  }
  return { checked: names.length, faults };
}

/** Pages that anybody may open. Signing in sets the one cookie there is: `only-essential-cookies` looks at that. */
const pages = ['/', '/trust', '/trust/data', '/sign-in'];

async function cookiesOf({ self }: Reach): Promise<Finding> {
  const answers = await Promise.all(pages.map((path) => self({ method: 'GET', path })));
  const faults = answers.flatMap(({ headers }, at) =>
    headers['set-cookie'] === undefined ? [] : [{ what: 'sets a cookie', where: pages[at]! }],
  );
  return { checked: pages.length, faults };
}
