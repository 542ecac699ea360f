import { iso, newId, sql, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { sequenceAll } from '#safeguards/log';
import { keyNamed, noteKey, openNote, parseCheckpoint, type NoteKey } from '#tlog';
import { canary } from '../canary.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { rootInTables, type LoggedTree } from '../log-trees.ts';

/** Two intervals of the sequencer, and what a busy moment takes. */
const patienceMs = 3 * 60_000;
/** Trees of one look, chosen by chance; those of the installation are always among them. */
const trees = 25;

export default {
  fulfils: ['OURS-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Within two minutes of being written every audit entry stands in a tree whose head is signed twice, with Ed25519 and with ML-DSA-44; nobody can change, drop or reorder it from then on without the signed head saying so.',
    es: 'A los dos minutos de escribirse, toda anotación de auditoría está en un árbol cuya cabeza va firmada dos veces, con Ed25519 y con ML-DSA-44; desde entonces nadie puede cambiarla, quitarla ni reordenarla sin que la cabeza firmada lo diga.',
    pt: 'Dois minutos depois de gravado, todo registro de auditoria está em uma árvore cuja cabeça é assinada duas vezes, com Ed25519 e com ML-DSA-44; a partir daí ninguém pode alterá-lo, removê-lo ou reordená-lo sem que a cabeça assinada o diga.',
    hi: 'लिखे जाने के दो मिनट के भीतर हर ऑडिट प्रविष्टि ऐसे वृक्ष में होती है जिसके शीर्ष पर दो हस्ताक्षर हैं: Ed25519 और ML-DSA-44; उसके बाद उसे बदलने, हटाने या क्रम बदलने पर हस्ताक्षरित शीर्ष यह बता देता है।',
  },
  how: {
    en: 'One process at a time gives entries their places and signs the new head, once a minute and at once for security events; before each signature it compares the tree with its last signed head and stops if they differ. The check fetches the public keys like anybody, verifies the newest heads of trees chosen by chance, hashes entries anew until it comes to the signed root, and looks for entries that wait too long or stand in no tree. Of a large tree it hashes a part; the offline verifier hashes all of it.',
    es: 'Un proceso a la vez da su lugar a las anotaciones y firma la nueva cabeza, una vez por minuto y de inmediato en sucesos de seguridad; antes de cada firma compara el árbol con su última cabeza firmada y se detiene si difieren. La comprobación obtiene las claves públicas como cualquiera, verifica las cabezas más nuevas de árboles elegidos al azar, vuelve a calcular los hashes de las anotaciones hasta llegar a la raíz firmada y busca anotaciones que esperan demasiado o no están en ningún árbol. De un árbol grande calcula una parte; el verificador sin conexión, todo.',
    pt: 'Um processo por vez dá lugar aos registros e assina a nova cabeça, uma vez por minuto e imediatamente em eventos de segurança; antes de cada assinatura compara a árvore com a última cabeça assinada e para se diferirem. A verificação obtém as chaves públicas como qualquer pessoa, verifica as cabeças mais novas de árvores escolhidas ao acaso, recalcula os hashes dos registros até chegar à raiz assinada e procura registros que esperam demais ou não estão em árvore alguma. De uma árvore grande recalcula uma parte; o verificador offline, tudo.',
    hi: 'एक समय में एक ही प्रक्रिया प्रविष्टियों को स्थान देती है और नए शीर्ष पर हस्ताक्षर करती है: हर मिनट, और सुरक्षा घटनाओं पर तुरंत; हर हस्ताक्षर से पहले वह वृक्ष की तुलना पिछले हस्ताक्षरित शीर्ष से करती है और अंतर हो तो रुक जाती है। जाँच किसी भी व्यक्ति की तरह सार्वजनिक कुंजियाँ लेती है, यादृच्छिक चुने वृक्षों के नवीनतम शीर्ष सत्यापित करती है, प्रविष्टियों के हैश फिर से निकालकर हस्ताक्षरित मूल तक पहुँचती है, और ऐसी प्रविष्टियाँ ढूँढती है जो बहुत देर से रुकी हैं या किसी वृक्ष में नहीं हैं। बड़े वृक्ष का वह एक भाग ही जाँचती है; ऑफ़लाइन सत्यापक पूरा जाँचता है।',
  },
  yourself: {
    en: 'Keep the checkpoint of /api/v1/audit/log/checkpoint, and let ./sotto audit verify compare a later export with it on a machine of your own.',
    es: 'Guarde el checkpoint de /api/v1/audit/log/checkpoint y deje que ./sotto audit verify compare con él una exportación posterior en una máquina suya.',
    pt: 'Guarde o checkpoint de /api/v1/audit/log/checkpoint e deixe o ./sotto audit verify comparar com ele uma exportação posterior em uma máquina sua.',
    hi: '/api/v1/audit/log/checkpoint का checkpoint सँभालकर रखें, और अपनी मशीन पर ./sotto audit verify से बाद के निर्यात की तुलना उससे करें।',
  },
  kept: [sequenceAll, 'migrations/0034-log.sql', 'migrations/0040-pending.sql'],
  every: 5 * 60_000,
  async probe(reach) {
    const found = [await waiting(reach), await unplaced(reach)];
    const keys = await publicKeys(reach);
    for (const head of await newestHeads(reach)) found.push(await judged(reach, keys, head));
    return together(found);
  },
  counterexample: {
    kind: 'rows',
    // An entry of an hour ago that nobody gave a place.
    plant: async (tx, reach) => {
      await tx.run(sql`
        insert into app.audit_entries (organisation_id, id, at, action, leaf)
        values (${canary}, ${newId(reach)}, ${iso(reach.clock.now() - 3_600_000)}, 'call.ended', '{}')`);
    },
  },
} satisfies Claim;

async function waiting({ look, clock }: Reach): Promise<Finding> {
  const late = await look.rows<{ organisation: Id; tree: string; count: number }>(sql`
    select organisation_id as organisation, tree, count(*) as count from app.audit_pending
    where at < ${iso(clock.now() - patienceMs)} group by organisation_id, tree order by 1, 2 limit 20`);
  return {
    checked: 1,
    faults: late.map(({ count, ...which }) => ({ what: `${count} entries wait for their place`, where: named(which) })),
  };
}

/** The newest entries of some organisations that stand in no tree and do not wait for a place either. */
async function unplaced({ look }: Reach): Promise<Finding> {
  const lost = await look.rows<{ organisation: Id }>(sql`
    select o.id as organisation from (
      select id from app.organisations order by id = ${instanceId} desc, random() limit ${trees}) o
    where exists (
      select from (
        select id from app.audit_entries where organisation_id = o.id order by at desc, id desc limit 1000) e
      where not exists (
          select from app.audit_places p
          where p.organisation_id = o.id and p.tree = 'entries' and p.entry_id = e.id)
        and not exists (
          select from app.audit_pending w
          where w.organisation_id = o.id and w.tree = 'entries' and w.entry_id = e.id))`);
  const faults = lost.map(({ organisation }) => ({
    what: 'an entry stands in no tree',
    where: named({ organisation, tree: 'entries' }),
  }));
  return { checked: 1, faults };
}

type Head = LoggedTree & {
  readonly origin: string;
  readonly why: string | null;
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly places: number;
};

async function newestHeads({ look }: Reach): Promise<readonly Head[]> {
  return look.rows<Head>(sql`
    select t.organisation_id as organisation, t.tree, t.origin, t.stopped_why as why, h.size, h.root, h.note,
      (select coalesce(max(p.index) + 1, 0) from app.audit_places p
        where p.organisation_id = t.organisation_id and p.tree = t.tree) as places
    from app.audit_trees t
    cross join lateral (
      select size, root, note from app.audit_heads h
      where h.organisation_id = t.organisation_id and h.tree = t.tree order by size desc limit 1) h
    order by t.organisation_id = ${instanceId} desc, random() limit ${trees}`);
}

/** One head: signed by both keys, saying what its row says, over the leaves that lie there. */
async function judged({ look, random }: Reach, keys: readonly NoteKey[], head: Head): Promise<Finding> {
  const where = named(head);
  const fault = (what: string): Finding => ({ checked: 1, faults: [{ what, where } satisfies Fault] });
  if (head.why !== null) return fault(`is not signed any more: ${head.why}`);
  const note = openNote(
    Buffer.from(head.note),
    keys.map((key) => keyNamed(key, head.origin)),
  );
  if (typeof note === 'string' || note.signatures.length < 2) return fault('its head is not signed by both keys');
  const said = parseCheckpoint(note.text);
  if (said?.origin !== head.origin || said.size !== head.size || !said.root.equals(head.root))
    return fault('its head was signed over something else');
  if (head.places < head.size) return fault('it is shorter than what was signed');
  const found = await rootInTables(look, head, { size: head.size, random });
  if (!found?.root.equals(head.root)) return fault('what lies there is not what was signed');
  return { checked: found.hashed, faults: [] };
}

async function publicKeys({ self }: Reach): Promise<readonly NoteKey[]> {
  const { body } = await self({ method: 'GET', path: '/.well-known/sotto/log/keys' });
  return body.split('\n').flatMap((line) => noteKey(line) ?? []);
}

function named({ organisation, tree }: { readonly organisation: Id; readonly tree: string }): string {
  return tree === 'heads' ? 'the tree of heads' : `the log of ${organisation}`;
}
