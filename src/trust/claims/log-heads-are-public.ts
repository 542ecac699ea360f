import { sql } from '#base';
import { logSigners } from '#safeguards/log';
import { noteKey, openNote, parseCheckpoint } from '#tlog';
import { asked, altered } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';

const prefix = '/.well-known/sotto/log' as const;
/** A head says when it was signed; the newest of all trees is a leaf of this one within two of its minutes. */
const patienceMs = 3 * 60_000;

export default {
  fulfils: ['OURS-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Anybody can fetch the signed head of all audit logs of this installation, and the keys to check it, without an account; it tells nothing of who is in them.',
    es: 'Cualquiera puede obtener sin cuenta la cabeza firmada de todos los registros de auditoría de esta instalación, y las claves para comprobarla; no dice nada de quién está en ellos.',
    pt: 'Qualquer pessoa pode obter, sem conta, a cabeça assinada de todos os logs de auditoria desta instalação e as chaves para verificá-la; ela nada diz sobre quem está neles.',
    hi: 'कोई भी बिना खाते के इस स्थापना के सभी ऑडिट लॉगों का हस्ताक्षरित शीर्ष और उसे जाँचने की कुंजियाँ ले सकता है; इससे यह पता नहीं चलता कि उनमें कौन है।',
  },
  how: {
    en: 'A tree over the heads of all audit logs has its keys, its checkpoint and its hashes published as C2SP tlog-tiles says. The check asks for them like a stranger, verifies both signatures, compares size and root with the tables, sees that the head is fresh, that the leaves of this tree and the trees of organisations are refused to strangers, and that no id of an organisation is in any answer.',
    es: 'Un árbol sobre las cabezas de todos los registros publica sus claves, su checkpoint y sus hashes como dice C2SP tlog-tiles. La comprobación los pide como un extraño, verifica ambas firmas, compara tamaño y raíz con las tablas, ve que la cabeza es reciente, que las hojas de este árbol y los árboles de las organizaciones se niegan a extraños y que ningún id de organización está en ninguna respuesta.',
    pt: 'Uma árvore sobre as cabeças de todos os logs publica suas chaves, seu checkpoint e seus hashes como diz o C2SP tlog-tiles. A verificação os pede como um estranho, confere as duas assinaturas, compara tamanho e raiz com as tabelas, vê que a cabeça é recente, que as folhas desta árvore e as árvores das organizações são recusadas a estranhos e que nenhum id de organização está em resposta alguma.',
    hi: 'सभी लॉगों के शीर्षों का एक वृक्ष अपनी कुंजियाँ, checkpoint और हैश C2SP tlog-tiles के अनुसार प्रकाशित करता है। जाँच इन्हें किसी अजनबी की तरह माँगती है, दोनों हस्ताक्षर सत्यापित करती है, आकार और मूल की तालिकाओं से तुलना करती है, देखती है कि शीर्ष ताज़ा है, इस वृक्ष की पत्तियाँ और संगठनों के वृक्ष अजनबियों को नहीं मिलते, और किसी उत्तर में किसी संगठन की आईडी नहीं है।',
  },
  yourself: {
    en: 'Fetch /.well-known/sotto/log/checkpoint and /.well-known/sotto/log/keys today and in a week, and keep both: any tool for C2SP checkpoints reads them.',
    es: 'Obtenga /.well-known/sotto/log/checkpoint y /.well-known/sotto/log/keys hoy y dentro de una semana, y guarde ambos: los lee cualquier herramienta para checkpoints C2SP.',
    pt: 'Obtenha /.well-known/sotto/log/checkpoint e /.well-known/sotto/log/keys hoje e daqui a uma semana, e guarde os dois: qualquer ferramenta para checkpoints C2SP os lê.',
    hi: '/.well-known/sotto/log/checkpoint और /.well-known/sotto/log/keys आज और एक सप्ताह बाद लें और दोनों सँभालकर रखें: C2SP checkpoint का कोई भी उपकरण इन्हें पढ़ता है।',
  },
  kept: [logSigners, 'migrations/0034-log.sql'],
  every: 15 * 60_000,
  async probe(reach) {
    const keys = await reach.self({ method: 'GET', path: `${prefix}/keys` });
    const head = await reach.self({ method: 'GET', path: `${prefix}/checkpoint` });
    const closed = await refused(reach);
    const { signed } = await reach.look.one<{ signed: boolean }>(sql`
      select exists (select from app.audit_heads where tree = 'heads') as signed`);
    if (!signed && head.status === 404) return { ...closed, checked: 0, idle: 'nothing-signed' };
    const faults = [...closed.faults, ...(await headFaults(reach, keys.body, head.body))];
    if (await namesSomebody(reach, keys.body + head.body))
      faults.push({ what: 'an id of an organisation is in it', where: prefix });
    return { checked: closed.checked + 3, faults };
  },
  counterexample: {
    kind: 'senses',
    // A product that shows a head over another tree.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path === `${prefix}/checkpoint`
          ? {
              ...answer,
              status: 200,
              body: 'example.com/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— example.com/log AAAA\n',
            }
          : answer,
      ),
  },
} satisfies Claim;

async function headFaults({ look }: Reach, keys: string, note: string): Promise<Fault[]> {
  const where = `${prefix}/checkpoint`;
  const known = keys.split('\n').flatMap((line) => noteKey(line) ?? []);
  const opened = openNote(Buffer.from(note), known);
  if (typeof opened === 'string' || opened.signatures.length < 2)
    return [{ what: 'is not signed by both keys', where }];
  const head = parseCheckpoint(opened.text);
  const row = await look.maybe<{ root: Buffer; at: Date }>(sql`
    select root, at from app.audit_heads where tree = 'heads' and size = ${head?.size ?? 0}`);
  if (!head || !row?.root.equals(head.root)) return [{ what: 'is no head that was kept', where }];
  const { late } = await look.one<{ late: boolean }>(sql`
    select exists (select from app.audit_heads where leaf is not null and at > ${row.at}::timestamptz + make_interval(secs => ${patienceMs / 1000}))
      as late`);
  return late ? [{ what: 'is older than heads that it should cover', where }] : [];
}

/** What strangers are refused: the leaves of the public tree, and every tree of an organisation. */
async function refused(reach: Reach): Promise<Finding> {
  const own = '/api/v1/audit/log';
  const paths = [
    `${prefix}/tile/entries/000`,
    `${prefix}/tile/entries/000.p/1`,
    `${own}/checkpoint`,
    `${own}/tile/0/000.p/1`,
    `${own}/tile/entries/000.p/1`,
  ] as const;
  const faults: Fault[] = [];
  for (const path of paths) {
    const { status } = await asked(reach, {}, `GET ${path}`);
    if (![401, 404, 429].includes(status)) faults.push({ what: `answered ${status} to a stranger`, where: path });
  }
  return { checked: paths.length, faults };
}

/** Whether the id or name of an organisation is in a text that everybody sees. */
async function namesSomebody({ look }: Reach, text: string): Promise<boolean> {
  const { named } = await look.one<{ named: boolean }>(sql`
    select exists (
      select from app.organisations where position(id::text in ${text}) > 0
        or length(name) > 8 and position(name in ${text}) > 0) as named`);
  return named;
}
