import { iso, newId, sql } from '#base';
import { askWitness, witnessAsker } from '#safeguards/log';
import { noteKey, openNote } from '#tlog';
import { canary } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

/** A witness of the installation that was away this long has left heads unwitnessed. */
const awayMs = 60 * 60_000;
/** Several looks of what asks them. */
const patienceMs = 10 * 60_000;
const most = 500;

export default {
  fulfils: ['OURS-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Witnesses outside, where the operator or a business named any, get every new signed head of the audit log and sign it only when nothing that they saw before was taken back; if one refuses, it shows here.',
    es: 'Los testigos externos, si el operador o un negocio los nombró, reciben cada nueva cabeza firmada del registro de auditoría y la firman solo si no se ha retirado nada de lo que vieron; si uno se niega, se ve aquí.',
    pt: 'As testemunhas externas, se o operador ou uma empresa as indicou, recebem cada nova cabeça assinada do log de auditoria e só a assinam se nada do que viram antes foi retirado; se uma recusar, isso aparece aqui.',
    hi: 'संचालक या किसी व्यवसाय ने बाहरी साक्षी बताए हों तो उन्हें ऑडिट लॉग का हर नया हस्ताक्षरित शीर्ष मिलता है और वे तभी हस्ताक्षर करते हैं जब पहले देखी कोई बात वापस न ली गई हो; कोई मना करे तो वह यहाँ दिखता है।',
  },
  how: {
    en: 'The protocol is that of C2SP tlog-witness: the witness remembers the last head and wants a proof that the new one continues it. The check verifies the newest signature of each witness with its key over the head that was kept, and looks for refusals and for witnesses that were not asked. A witness that a business runs and that does not answer is no fault of ours; one that says it saw another history is shown, whoever runs it.',
    es: 'El protocolo es C2SP tlog-witness: el testigo recuerda la última cabeza y pide una prueba de que la nueva la continúa. La comprobación verifica la firma más nueva de cada testigo con su clave sobre la cabeza guardada, y busca negativas y testigos a los que no se preguntó. Que no responda un testigo de un negocio no es fallo nuestro; si uno dice que vio otra historia, se muestra, sea de quien sea.',
    pt: 'O protocolo é o C2SP tlog-witness: a testemunha guarda a última cabeça e exige uma prova de que a nova a continua. A verificação confere a assinatura mais nova de cada testemunha, com sua chave, sobre a cabeça guardada, e procura recusas e testemunhas que não foram consultadas. Se a testemunha de uma empresa não responde, a falha não é nossa; se uma diz que viu outra história, isso é mostrado, seja de quem for.',
    hi: 'प्रोटोकॉल C2SP tlog-witness का है: साक्षी पिछला शीर्ष याद रखता है और प्रमाण माँगता है कि नया उसी को आगे बढ़ाता है। जाँच हर साक्षी के नवीनतम हस्ताक्षर को उसकी कुंजी से रखे गए शीर्ष पर सत्यापित करती है, और इनकार तथा न पूछे गए साक्षी ढूँढती है। किसी व्यवसाय का साक्षी उत्तर न दे तो दोष हमारा नहीं; कोई कहे कि उसने दूसरा इतिहास देखा, तो वह दिखाया जाता है, चाहे वह किसी का भी हो।',
  },
  yourself: {
    en: 'Run ./sotto audit witness on a machine of your own and name it as a witness; then restore an old copy of the database.',
    es: 'Ejecute ./sotto audit witness en una máquina suya y nómbrela testigo; después restaure una copia antigua de la base de datos.',
    pt: 'Execute ./sotto audit witness em uma máquina sua e indique-a como testemunha; depois restaure uma cópia antiga do banco de dados.',
    hi: 'अपनी मशीन पर ./sotto audit witness चलाएँ और उसे साक्षी बताएँ; फिर डेटाबेस की पुरानी प्रति वापस लाएँ।',
  },
  kept: [witnessAsker, askWitness, 'migrations/0039-witnesses.sql'],
  every: 5 * 60_000,
  async probe(reach) {
    const witnesses = await reach.look.rows<Witness>(sql`
      select w.organisation_id as organisation, w.id, w.tree, w.key, w.state, w.why, w.state_at as "stateAt",
        w.size < h.size and w.due_at < ${iso(reach.clock.now() - patienceMs)} and h.at < ${iso(reach.clock.now() - patienceMs)} as "isForgotten"
      from app.log_witnesses w
      left join lateral (
        select size, at from app.audit_heads
        where organisation_id = w.organisation_id and tree = w.tree order by size desc limit 1) h on true
      order by w.tree desc, w.state_at desc limit ${most}`);
    if (witnesses.length === 0) return { checked: 0, faults: [], idle: 'no-witness' };
    const faults: Fault[] = [];
    for (const witness of witnesses) {
      const what = mistakeIn(witness, reach.clock.now()) ?? (await signatureMistake(reach, witness));
      if (what !== undefined) faults.push({ what, where: `witness:${witness.id}` });
    }
    return { checked: witnesses.length, faults };
  },
  counterexample: {
    kind: 'rows',
    // A witness says that it saw another history.
    async plant(tx, { clock, random }) {
      const at = iso(clock.now());
      await tx.run(sql`
        insert into app.log_witnesses (organisation_id, id, tree, url, key, name, added_at, added_by, due_at, state, state_at, why)
        values (${canary}, ${newId({ clock, random })}, 'entries', 'https://witness.invalid', 'none', 'witness.invalid', ${at},
          'system', ${at}, 'refused', ${at}, 'not-consistent')`);
    },
  },
} satisfies Claim;

type Witness = {
  readonly organisation: string;
  readonly id: string;
  readonly tree: 'entries' | 'heads';
  readonly key: string;
  readonly state: string;
  readonly why: string | null;
  readonly stateAt: Date;
  readonly isForgotten: boolean | null;
};

/** What it says of itself that it saw, whoever runs it. */
const otherHistory = ['not-consistent', 'saw-larger'];

function mistakeIn({ tree, state, why, stateAt, isForgotten }: Witness, now: number): string | undefined {
  const isOurs = tree === 'heads';
  if (state === 'refused' && (isOurs || otherHistory.includes(why ?? ''))) return `refuses the newest head: ${why}`;
  if (state === 'unreachable' && isOurs && stateAt.getTime() < now - awayMs) return 'was not reached for an hour';
  return isForgotten ? 'was not asked for the newest head' : undefined;
}

/** The newest that it signed: over the head that was kept, with its own key. */
async function signatureMistake({ look }: Reach, { organisation, tree, key }: Witness): Promise<string | undefined> {
  const known = noteKey(key);
  if (!known) return 'has a key that is none';
  const newest = await look.maybe<{ note: string | null; line: string }>(sql`
    select h.note, c.line from app.log_cosignatures c
    left join app.audit_heads h on h.organisation_id = c.organisation_id and h.tree = c.tree and h.size = c.size
    where c.organisation_id = ${organisation} and c.tree = ${tree} and c.witness = ${known.name}
    order by c.size desc limit 1`);
  if (!newest) return undefined;
  if (newest.note === null) return 'signed a head that is gone';
  const text = newest.note.slice(0, newest.note.lastIndexOf('\n\n') + 2);
  return typeof openNote(Buffer.from(`${text}${newest.line}`), [known]) === 'string'
    ? 'has a signature that does not fit the head that was kept'
    : undefined;
}
