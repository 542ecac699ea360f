import { iso, sql } from '#base';
import { entryOf, registerState, versionOf } from '#safeguards/register';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

type Row = {
  readonly organisation_id: string;
  readonly number: number;
  readonly is_whole: boolean;
  readonly is_next: boolean;
};

/** What the register has to say of everybody on it. */
const needed = ['hosts', 'words', 'baa', 'certifications', 'keeps'] as const;

type Shown = {
  readonly version: { readonly hash: string } | null;
  readonly processors: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
};

export default {
  fulfils: ['TRU-04'],
  group: 'processors',
  kind: 'proven',
  say: {
    en: 'Everybody outside who gets data stands in a public register, with what for, which data, where and what they say of their audits; every version of it stays.',
    es: 'Toda empresa externa que recibe datos consta en un registro público, con para qué, qué datos, dónde y lo que dice de sus auditorías; cada versión permanece.',
    pt: 'Toda empresa externa que recebe dados consta em um registro público, com para quê, quais dados, onde e o que diz das suas auditorias; cada versão permanece.',
    hi: 'डेटा पाने वाली हर बाहरी कंपनी एक सार्वजनिक रजिस्टर में है: किसलिए, कौन-सा डेटा, कहाँ, और अपने ऑडिट के बारे में वह क्या कहती है; उसका हर संस्करण बना रहता है।',
  },
  how: {
    en: 'The list is made from the files by which the program speaks to companies, and from what is switched on; whenever it is another one, it becomes a version with its hash, which no role that runs the program can change. The check computes every hash anew, looks for a number that is missing, and compares the page with the newest version.',
    es: 'La lista se hace a partir de los archivos con los que el programa habla con las empresas y de lo que está activado; cuando es otra, pasa a ser una versión con su hash, que ningún rol con el que funciona el programa puede cambiar. La comprobación calcula de nuevo cada hash, busca un número que falte y compara la página con la versión más reciente.',
    pt: 'A lista é feita dos arquivos pelos quais o programa fala com as empresas e do que está ativado; quando é outra, torna-se uma versão com o seu hash, que nenhum papel com que o programa funciona pode alterar. A verificação calcula de novo cada hash, procura um número que falte e compara a página com a versão mais recente.',
    hi: 'सूची उन फ़ाइलों से बनती है जिनसे प्रोग्राम कंपनियों से बात करता है, और चालू सेटिंग से; जब वह बदलती है तो अपने हैश के साथ एक संस्करण बनती है, जिसे प्रोग्राम चलाने वाली कोई भूमिका बदल नहीं सकती। जाँच हर हैश फिर से निकालती है, छूटी संख्या ढूँढती है और पृष्ठ को नवीनतम संस्करण से मिलाती है।',
  },
  yourself: {
    en: 'Fetch /trust/processors/versions/1.json, hash the text of its field content with SHA-256, and compare it with the field hash.',
    es: 'Descargue /trust/processors/versions/1.json, calcule el SHA-256 del texto de su campo content y compárelo con el campo hash.',
    pt: 'Baixe /trust/processors/versions/1.json, calcule o SHA-256 do texto do campo content e compare-o com o campo hash.',
    hi: '/trust/processors/versions/1.json लें, उसके content फ़ील्ड के पाठ का SHA-256 निकालें और hash फ़ील्ड से मिलाएँ।',
  },
  kept: [versionOf, entryOf, registerState, 'migrations/0037-register.sql'],
  every: 15 * 60_000,
  async probe({ look, self }) {
    const rows = await look.rows<Row>(sql`
      select organisation_id, number, hash = sha256(convert_to(content, 'UTF8')) as is_whole,
        number = row_number() over (partition by organisation_id order by number) as is_next
      from app.register_versions order by at desc limit 10000`);
    const faults = rows.flatMap(({ organisation_id: of, number, is_whole: isWhole, is_next: isNext }): Fault[] => [
      ...(isWhole ? [] : [{ what: 'the hash of a version is not of its content', where: `register:${of} ${number}` }]),
      ...(isNext ? [] : [{ what: 'a version is missing before this one', where: `register:${of} ${number}` }]),
    ]);
    const page = await self({ method: 'GET', path: '/trust/processors.json' });
    // What is not published yet is nobody's page.
    if (page.status === 404) return { checked: rows.length, faults };
    const newest = await look.maybe<{ hash: string }>(sql`
      select encode(hash, 'hex') as hash from app.register_versions v
      join app.organisations o on o.id = v.organisation_id and o.kind = 'instance' order by number desc limit 1`);
    return { checked: rows.length + 1, faults: [...faults, ...pageFaults(page.body, newest?.hash)] };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      await tx.run(sql`
        insert into app.register_versions (organisation_id, number, at, hash, content, changes)
        values (${canary}, 1, ${iso(reach.clock.now())}, ${reach.random.bytes(32)}, '{"processors":[],"v":1}', '{}')`);
    },
  },
} satisfies Claim;

function pageFaults(body: string, hash: string | undefined): readonly Fault[] {
  const { version, processors } = JSON.parse(body) as Shown;
  const lacking = processors.flatMap((one) =>
    needed
      .filter((field) => one[field] === undefined)
      .map((field) => ({ what: `the register lacks ${field}`, where: one.id })),
  );
  const isNewest = version?.hash === hash;
  return [
    ...(isNewest ? [] : [{ what: 'the page is not the newest version', where: '/trust/processors' }]),
    ...lacking,
  ];
}
