import { instanceId } from '#safeguards/accounts';
import { purger } from '#safeguards/retention';
import { automatonOf } from '../byte-search-automaton.ts';
import { formsOf, type Mark } from '../byte-search-forms.ts';
import {
  everyTable,
  foundInStatistics,
  foundInStretch,
  foundOf,
  stretchesOf,
  type Table,
} from '../byte-search-tables.ts';
import { inTurn } from '../byte-search-turn.ts';
import { heldBy } from '../canary-visit-left.ts';
import { visited, visitsIn, type Visit } from '../canary-visits.ts';
import { canary } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { storedNames } from '../stored-objects.ts';
import type { RemarkId } from '../remarks.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const mib = 1_024 * 1_024;

/** What of all tables is read in one look, and how much of one in one statement. */
const most = { bytes: 128 * mib, atOnce: 8 * mib, ms: 8_000, objects: 50 };

export default {
  fulfils: ['OURS-18', 'RET-02'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'The product rings itself every hour with a number, a name and words that are nobody else’s; when the time of that call is over, nothing of it is found in any table, in the keystore, the object store, the outbox or the log.',
    es: 'El producto se llama a sí mismo cada hora con un número, un nombre y unas palabras que no son de nadie más; cuando acaba el plazo de esa llamada, nada de ella se encuentra en ninguna tabla, ni en el almacén de claves, el de objetos, la bandeja de salida o el log.',
    pt: 'O produto liga para si mesmo a cada hora com um número, um nome e palavras que não são de ninguém; quando o prazo dessa chamada termina, nada dela se encontra em nenhuma tabela, no cofre de chaves, no armazenamento de objetos, na caixa de saída nem no log.',
    hi: 'उत्पाद हर घंटे स्वयं को ऐसे नंबर, नाम और शब्दों से कॉल करता है जो किसी और के नहीं; उस कॉल का समय बीतने पर उसका कुछ भी किसी तालिका, कुंजी-भंडार, ऑब्जेक्ट भंडार, आउटबॉक्स या लॉग में नहीं मिलता।',
  },
  how: {
    en: 'The caller leaves a message, becomes a lead and books an appointment with an organisation that exists for this alone, whose times are 15 minutes and end by the same rules as everybody’s; 20 minutes after the last of them the check looks. What was said is stored nowhere: it follows from the root key. Each look searches the newest rows of the product’s own organisations and up to 128 MiB of all tables, in turn and for eight seconds at most, so that a database of 3 GB is read about once a day; columns come from PostgreSQL’s own catalogue. The words are searched as text, UTF-16, hexadecimal, base64, digits and number words. No row that names the call may hold anything sealed, no content key of it may be left, and nothing of it may ever have been written to standard output or error. Backups are not looked at.',
    es: 'Quien llama deja un mensaje, pasa a ser contacto comercial y reserva una cita en una organización que solo existe para esto, cuyos plazos son de 15 minutos y acaban según las mismas reglas que los de todas; la comprobación mira 20 minutos después del último. Lo dicho no se guarda en ningún sitio: se deriva de la clave raíz. Cada vez se buscan las filas más recientes de las organizaciones propias del producto y hasta 128 MiB de todas las tablas, por turnos y durante ocho segundos como mucho, de modo que una base de datos de 3 GB se lee más o menos una vez al día; las columnas salen del catálogo de PostgreSQL. Las palabras se buscan como texto, UTF-16, hexadecimal, base64, cifras y números en letra. Ninguna fila que nombre la llamada puede contener nada cifrado, no puede quedar ninguna clave de contenido suya, y nada de ella puede haberse escrito nunca en la salida estándar ni en la de errores. No se miran las copias de seguridad.',
    pt: 'Quem liga deixa um recado, vira um lead e marca um horário com uma organização que existe só para isto, cujos prazos são de 15 minutos e terminam pelas mesmas regras de todos; 20 minutos depois do último deles, a verificação olha. O que foi dito não é guardado em lugar nenhum: deriva da chave raiz. Cada olhada examina as linhas mais novas das organizações do próprio produto e até 128 MiB de todas as tabelas, em rodízio e por oito segundos no máximo, de modo que um banco de 3 GB é lido mais ou menos uma vez por dia; as colunas vêm do catálogo do próprio PostgreSQL. As palavras são procuradas como texto, UTF-16, hexadecimal, base64, dígitos e números por extenso. Nenhuma linha que indique a chamada pode conter algo selado, não pode restar nenhuma chave de conteúdo dela, e nada dela pode ter sido escrito na saída padrão ou de erros. Backups não são examinados.',
    hi: 'कॉल करने वाला संदेश छोड़ता है, लीड बनता है और ऐसे संगठन में अपॉइंटमेंट लेता है जो केवल इसी के लिए है, जिसकी अवधियाँ 15 मिनट की हैं और सबके ही नियमों से समाप्त होती हैं; अंतिम के 20 मिनट बाद जाँच देखती है। जो कहा गया वह कहीं रखा नहीं जाता: वह मूल कुंजी से निकलता है। हर बार उत्पाद के अपने संगठनों की नवीनतम पंक्तियाँ और सभी तालिकाओं के 128 MiB तक, बारी-बारी से और अधिकतम आठ सेकंड, खोजे जाते हैं, ताकि 3 GB का डेटाबेस लगभग दिन में एक बार पढ़ा जाए; स्तंभ PostgreSQL की अपनी सूची से आते हैं। शब्द पाठ, UTF-16, हेक्साडेसिमल, base64, अंकों और अंक-शब्दों के रूप में ढूँढे जाते हैं। कॉल का नाम लेने वाली किसी पंक्ति में कुछ मुहरबंद नहीं होना चाहिए, उसकी कोई सामग्री-कुंजी नहीं बचनी चाहिए, और उसका कुछ भी कभी मानक आउटपुट या त्रुटि में नहीं लिखा गया होना चाहिए। बैकअप नहीं देखे जाते।',
  },
  yourself: {
    en: 'Read when it rang last in the table app.canary_visits, and search a dump of your database for sealed content of a call that is older than half an hour there.',
    es: 'Lea en la tabla app.canary_visits cuándo llamó por última vez, y busque en un volcado de su base de datos contenido cifrado de una llamada de allí que tenga más de media hora.',
    pt: 'Leia na tabela app.canary_visits quando ele ligou pela última vez e procure, em um dump do seu banco, conteúdo selado de uma chamada que ali tenha mais de meia hora.',
    hi: 'तालिका app.canary_visits में पढ़ें कि उसने अंतिम बार कब कॉल की, और अपने डेटाबेस के डंप में वहाँ आधे घंटे से पुरानी किसी कॉल की मुहरबंद सामग्री ढूँढें।',
  },
  kept: [purger, 'migrations/0025-retention.sql', 'migrations/0029-canary.sql'],
  every: hour,
  async probe(reach) {
    const { common } = reach.canary.visits.marks;
    const visits = await visitsIn(reach.look);
    const past = visits.filter(({ dueAt }) => dueAt !== undefined && dueAt <= reach.clock.now());
    const { open } = await everyTable(reach.look);
    const own = [...(await ofVisits(reach, past)), ...(await inOwnRows(reach, open, common)), ...loggedOf(visits)];
    // One that was found is enough; what is left to look at is large.
    const rest = own.length > 0 ? [] : [...(await inObjects(reach, common)), ...(await inAll(reach, open, common))];
    const faults = [...own, ...rest];
    const whole = past.filter(({ how, dueAt }) => how === 'whole' && dueAt! > reach.clock.now() - day);
    const checked = whole.length === 0 ? faults.length : open.length + past.length;
    return { checked, faults, ...(checked === 0 && { idle: idleOf(visits, past) }) };
  },
  counterexample: {
    kind: 'senses',
    // A product that writes down what was said: words that do stand in a table, as the greeting of the line.
    broken: (reach) => ({
      ...reach,
      canary: { ...reach.canary, visits: withMark(reach, 'is visited by the product') },
    }),
  },
} satisfies Claim;

function withMark({ canary: { visits } }: Reach, text: string): Reach['canary']['visits'] {
  return { ...visits, marks: { ...visits.marks, common: [{ kind: 'word', text }] } };
}

function idleOf(visits: readonly Visit[], past: readonly Visit[]): RemarkId {
  if (visits.length === 0) return 'canary-soon';
  if (past.length === 0) return 'canary-not-over';
  return 'canary-no-end';
}

/** What is left of calls whose time is over: sealed content in rows that name them, and keys. */
async function ofVisits({ look, canary: { visits } }: Reach, past: readonly Visit[]): Promise<Fault[]> {
  const made = past.flatMap((one) => one.made);
  const held = await heldBy(
    look,
    visited,
    made.map(({ id }) => id),
  );
  const faults = held.map((where): Fault => ({
    what: 'something of a call that is past its time is there',
    where,
    byAge: true,
  }));
  const keys = made.length === 0 ? 0 : await visits.keysLeft(made);
  if (keys > 0) faults.push({ what: 'keys of a call that is past its time are there', where: 'keystore', byAge: true });
  return faults;
}

const found = (where: string): Fault => ({ what: 'something that the canary said is there', where });

/** The rows of the product's own organisations, all of them. */
async function inOwnRows({ look }: Reach, tables: readonly Table[], marks: readonly Mark[]): Promise<Fault[]> {
  const places = await foundInStatistics(look, marks);
  const all: string[] = [...places];
  for (const table of tables) all.push(...(await foundOf(look, table, marks, [instanceId, visited, canary])));
  return all.map(found);
}

/** All tables in turn: another part each hour, until all of it was read. */
async function inAll({ look, clock }: Reach, tables: readonly Table[], marks: readonly Mark[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  const until = clock.now() + most.ms;
  for (const stretch of inTurn(stretchesOf(tables, most.atOnce), { mostBytes: most.bytes, turn: clock.now() / hour })) {
    if (clock.now() > until) break;
    faults.push(...(await foundInStretch(look, stretch, marks)).map(found));
  }
  return faults;
}

/** Names of objects, and what lies under those of the canary. */
async function inObjects(reach: Reach, marks: readonly Mark[]): Promise<Fault[]> {
  const automaton = automatonOf(formsOf(marks));
  const holds = (bytes: Buffer) => {
    automaton.restart();
    return automaton.feed(bytes).length > 0;
  };
  const faults: Fault[] = [];
  for (const name of await storedNames(reach)) if (holds(Buffer.from(name))) faults.push(found('name of an object'));
  const { names } = await reach.objects.list(`recordings/${visited}/`, { limit: most.objects });
  for (const name of names) {
    const bytes = await reach.objects.get(name);
    if (bytes && holds(bytes)) faults.push(found('objects/recordings'));
  }
  return faults;
}

function loggedOf(visits: readonly Visit[]): Fault[] {
  return visits.some(({ logged }) => logged > 0) ? [found('log')] : [];
}
