import { sql, type Tx } from '#base';
import { openKeystore } from '#safeguards/vault';
import { searchFiles, type FilesSearched } from '../byte-search-files.ts';
import { formsOf } from '../byte-search-forms.ts';
import { visitsIn } from '../canary-visits.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

/** In one look. */
const most = { bytes: 512 * 1_024 * 1_024, ms: 12_000 };

export default {
  fulfils: ['OURS-18', 'OURS-04'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Nothing that the product says when it rings itself is found in any file of its data directory: not in the data of PostgreSQL, its write-ahead log or its statistics, not in the keystore, and not in stored objects.',
    es: 'Nada de lo que dice el producto cuando se llama a sí mismo se encuentra en ningún archivo de su directorio de datos: ni en los datos de PostgreSQL, su registro de escritura anticipada o sus estadísticas, ni en el almacén de claves, ni en los objetos guardados.',
    pt: 'Nada do que o produto diz quando liga para si mesmo se encontra em algum arquivo do seu diretório de dados: nem nos dados do PostgreSQL, no seu registro de escrita antecipada ou nas suas estatísticas, nem no cofre de chaves, nem nos objetos armazenados.',
    hi: 'उत्पाद स्वयं को कॉल करते समय जो कहता है, उसका कुछ भी उसकी डेटा डायरेक्टरी की किसी फ़ाइल में नहीं मिलता: न PostgreSQL के डेटा में, न उसके राइट-अहेड लॉग या आँकड़ों में, न कुंजी-भंडार में, न रखे गए ऑब्जेक्ट में।',
  },
  how: {
    en: 'What PostgreSQL deletes stays in its files for a while, so nothing may get there in the clear at any time. Each look reads every byte of up to 512 MiB of files, in turn, in a process that gives way to all others, and searches them for the number, the names and the words of all such calls: as text, UTF-16, hexadecimal, base64, digits and number words. What PostgreSQL has compressed (values of more than 2 kB) is not seen here but in its tables. The files of an external PostgreSQL cannot be seen from here, and neither can blocks that the file system has given up; backups are not looked at.',
    es: 'Lo que PostgreSQL borra permanece un tiempo en sus archivos, así que nada puede llegar allí sin cifrar en ningún momento. Cada vez se lee, por turnos, cada byte de hasta 512 MiB de archivos, en un proceso que cede el paso a todos los demás, y se buscan el número, los nombres y las palabras de todas esas llamadas: como texto, UTF-16, hexadecimal, base64, cifras y números en letra. Lo que PostgreSQL ha comprimido (valores de más de 2 kB) no se ve aquí, sino en sus tablas. Los archivos de un PostgreSQL externo no se ven desde aquí, ni tampoco los bloques que el sistema de archivos ha soltado; no se miran las copias de seguridad.',
    pt: 'O que o PostgreSQL apaga fica algum tempo nos seus arquivos, por isso nada pode chegar ali às claras em momento algum. Cada olhada lê todos os bytes de até 512 MiB de arquivos, em rodízio, em um processo que cede a vez a todos os outros, e procura neles o número, os nomes e as palavras de todas essas chamadas: como texto, UTF-16, hexadecimal, base64, dígitos e números por extenso. O que o PostgreSQL comprimiu (valores com mais de 2 kB) não se vê aqui, e sim nas tabelas. Os arquivos de um PostgreSQL externo não podem ser vistos daqui, nem os blocos que o sistema de arquivos liberou; backups não são examinados.',
    hi: 'PostgreSQL जो मिटाता है वह कुछ समय उसकी फ़ाइलों में रहता है, इसलिए वहाँ कभी कुछ खुले रूप में नहीं पहुँचना चाहिए। हर बार 512 MiB तक की फ़ाइलों का हर बाइट, बारी-बारी से, ऐसी प्रक्रिया में पढ़ा जाता है जो सबको रास्ता देती है, और उनमें ऐसी सभी कॉल का नंबर, नाम और शब्द ढूँढे जाते हैं: पाठ, UTF-16, हेक्साडेसिमल, base64, अंकों और अंक-शब्दों के रूप में। PostgreSQL ने जो संपीड़ित किया है (2 kB से बड़े मान) वह यहाँ नहीं, उसकी तालिकाओं में दिखता है। बाहरी PostgreSQL की फ़ाइलें और फ़ाइल सिस्टम के छोड़े हुए ब्लॉक यहाँ से नहीं दिखते; बैकअप नहीं देखे जाते।',
  },
  yourself: {
    en: 'Ring one of your lines, say a word that nobody else says, and search the data directory for it with grep -r.',
    es: 'Llame a una de sus líneas, diga una palabra que nadie más diga y búsquela en el directorio de datos con grep -r.',
    pt: 'Ligue para uma das suas linhas, diga uma palavra que ninguém mais diz e procure por ela no diretório de dados com grep -r.',
    hi: 'अपनी किसी लाइन पर कॉल करें, ऐसा शब्द बोलें जो कोई और नहीं बोलता, और डेटा डायरेक्टरी में उसे grep -r से ढूँढें।',
  },
  kept: [openKeystore, 'migrations/0029-canary.sql'],
  every: hour,
  async probe({ look, clock, canary, files, config }) {
    const now = clock.now();
    const rung = (await visitsIn(look)).filter(({ how, begunAt }) => how === 'whole' && begunAt > now - day);
    const searched = await searchFiles(config, {
      roots: files.roots,
      forms: formsOf(canary.visits.marks.common),
      mostBytes: most.bytes,
      mostMs: most.ms,
      turn: Math.floor(now / hour),
    });
    const faults: Fault[] = [];
    for (const one of searched.found) {
      faults.push({ what: `what the canary said is there as ${one.as}`, where: await placeOf(look, one.path) });
    }
    const blind = blindIn(files.unseen, searched);
    if (rung.length === 0 && faults.length === 0) return { checked: 0, faults, idle: 'canary-silent' };
    return { checked: searched.files, faults, ...(blind !== undefined && { blind }) };
  },
  counterexample: {
    kind: 'senses',
    // A product that writes down what was said, in a file that is there: this one.
    broken: (reach) => {
      const { visits } = reach.canary;
      const marks = { ...visits.marks, common: [{ kind: 'word', text: 'a word that stands in this file' } as const] };
      return {
        ...reach,
        files: { roots: [import.meta.filename], unseen: undefined },
        canary: { ...reach.canary, visits: { ...visits, marks } },
      };
    },
  },
} satisfies Claim;

function blindIn(unseen: string | undefined, { missed }: FilesSearched): string | undefined {
  return unseen ?? (missed > 0 ? `${missed} files, or parts of files, could not be read or not in time.` : undefined);
}

/** Which kind of file it is, and of a table which table; ids at the most stand in it. */
async function placeOf(look: Tx, path: string): Promise<string> {
  const parts = path.split(/[\\/]/);
  const place = parts.slice(0, 2).join('/') || 'file';
  const node = /^\d+/.exec(parts.at(-1) ?? '')?.[0];
  if (parts[1] !== 'base' || node === undefined) return place;
  const row = await look.one<{ name: string | null }>(sql`
    select pg_filenode_relation(0, ${node}::oid)::regclass::text as name`);
  return row.name === null ? place : `${place} (${row.name})`;
}
