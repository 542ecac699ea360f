import { readdir } from 'node:fs/promises';
import { dataFiles, sql } from '#base';
import { objectFolders } from '#adapters/objects';
import { columnsOf, elsewhere, mapMistakes, rules } from '#safeguards/retention';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { processorsOutside } from '../outside.ts';
import { storedNames } from '../stored-objects.ts';

export default {
  fulfils: ['RET-04', 'RET-08'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Everything that is kept has a rule: whose it is, what for, how long and how it ends; nothing lies anywhere without one.',
    es: 'Todo lo que se guarda tiene una regla: de quién es, para qué, cuánto tiempo y cómo termina; nada está en ningún sitio sin una.',
    pt: 'Tudo o que é guardado tem uma regra: de quem é, para quê, por quanto tempo e como termina; nada fica em lugar nenhum sem uma.',
    hi: 'जो कुछ रखा जाता है उसका नियम है: किसका है, किसलिए, कितने समय तक और कैसे समाप्त होता है; बिना नियम के कहीं कुछ नहीं।',
  },
  how: {
    en: 'One rule for each type of data names the columns, folders and files in which it lies, and the page of all that is kept is made from them. The check reads the catalogue of the running database, the names at the top of the data directory and names from the object store, and wants exactly one rule for each, nothing personal under a rule that ends no key, and from everyone outside what stays with them and how long.',
    es: 'Una regla por tipo de datos nombra las columnas, carpetas y archivos en que está, y de ellas sale la página de todo lo que se guarda. La comprobación lee el catálogo de la base de datos en marcha, los nombres en lo alto del directorio de datos y nombres del almacén de objetos, y exige exactamente una regla para cada uno, nada personal bajo una regla que no acaba con ninguna clave, y de cada tercero qué queda allí y cuánto tiempo.',
    pt: 'Uma regra por tipo de dado indica as colunas, pastas e arquivos em que ele está, e a página de tudo o que é guardado é feita a partir delas. A verificação lê o catálogo do banco em funcionamento, os nomes no topo do diretório de dados e nomes do armazenamento de objetos, e quer exatamente uma regra para cada um, nada pessoal sob uma regra que não encerra nenhuma chave e, de todos os de fora, o que fica com eles e por quanto tempo.',
    hi: 'हर प्रकार के डेटा का एक नियम उन स्तंभों, फ़ोल्डरों और फ़ाइलों का नाम लेता है जिनमें वह है, और रखी गई सब चीज़ों का पृष्ठ उन्हीं से बनता है। जाँच चल रहे डेटाबेस की सूची, डेटा डायरेक्टरी के ऊपरी नाम और ऑब्जेक्ट भंडार के नाम पढ़ती है, और हर एक के लिए ठीक एक नियम चाहती है, ऐसे नियम के नीचे कुछ निजी नहीं जो कोई कुंजी समाप्त न करे, और बाहर के हर पक्ष से यह कि उनके पास क्या कितने समय रहता है।',
  },
  yourself: {
    en: 'Compare \\dt app.* in psql and the folders of your data directory with the page /trust/data: each of them stands there.',
    es: 'Compare \\dt app.* en psql y las carpetas de su directorio de datos con la página /trust/data: cada uno consta allí.',
    pt: 'Compare \\dt app.* no psql e as pastas do seu diretório de dados com a página /trust/data: cada uma delas está lá.',
    hi: 'psql में \\dt app.* और अपनी डेटा डायरेक्टरी के फ़ोल्डरों की तुलना पृष्ठ /trust/data से करें: हर एक वहाँ है।',
  },
  kept: [mapMistakes, columnsOf],
  every: 60 * 60_000,
  async probe(reach) {
    const findings = [await mapOf(reach), await filesOf(reach), await objectsOf(reach)];
    return {
      checked: findings.reduce((sum, { checked }) => sum + checked, 0),
      faults: findings.flatMap(({ faults }) => faults),
    };
  },
  counterexample: {
    kind: 'structure',
    async change(tx) {
      await tx.run(sql`create table app.planted (id uuid primary key)`);
      await tx.run(sql`comment on column app.planted.id is 'id: of no rule'`);
    },
  },
} satisfies Claim;

async function mapOf({ look }: Reach): Promise<Finding> {
  const [all, processors, columns] = [await rules(), await processorsOutside(), await columnsOf(look)];
  const faults = mapMistakes({ rules: all, columns, elsewhere: elsewhere(all), processors });
  return { checked: columns.length + processors.length, faults };
}

/** What begins with a dot is no file of ours, and a file system of its own has this folder. */
async function filesOf({ config }: Reach): Promise<Finding> {
  const names = (await readdir(config.dataDir).catch(() => [])).filter((name) => !/^[.]|^lost[+]found$/.test(name));
  const strange = names.filter(
    (name) => !dataFiles.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name)),
  );
  return { checked: names.length, faults: strange.map(missing('file')) };
}

async function objectsOf(reach: Reach): Promise<Finding> {
  const folders = new Set((await storedNames(reach)).map((name) => name.split('/', 1)[0]!));
  const strange = [...folders].filter((folder) => !objectFolders.some((one) => one === folder));
  return { checked: folders.size, faults: strange.map(missing('objects')) };
}

function missing(kind: 'file' | 'objects'): (name: string) => Fault {
  return (name) => ({ what: 'no rule covers it', where: `${kind}:${name}` });
}
