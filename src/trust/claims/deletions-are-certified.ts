import { createPublicKey, verify } from 'node:crypto';
import { iso, newId, sql } from '#base';
import { certificateOf, certificateSigner } from '#safeguards/erasure';
import { canary } from '../canary.ts';
import type { Claim, Fault, Self } from '../claim.ts';

const minute = 60_000;
const graceMs = 10 * minute;
/** The newest that are verified in one look. */
const most = 1_000;

export default {
  fulfils: ['OURS-03'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Whoever has something erased gets a signed receipt that anybody can check without us: what there was and is, the keys destroyed, what each processor answered, what is kept and why, and when it was unreadable, gone from files, and gone from backups.',
    es: 'Quien hace suprimir algo recibe un recibo firmado que cualquiera puede comprobar sin nosotros: qué había y qué hay, las claves destruidas, qué respondió cada encargado, qué se conserva y por qué, y cuándo dejó de poder leerse, de estar en los archivos y de estar en las copias de seguridad.',
    pt: 'Quem manda apagar algo recebe um recibo assinado que qualquer pessoa pode verificar sem nós: o que havia e o que há, as chaves destruídas, o que cada processador respondeu, o que fica e por quê, e quando ficou ilegível, saiu dos arquivos e saiu dos backups.',
    hi: 'जो कुछ मिटवाता है उसे हस्ताक्षरित रसीद मिलती है जिसे कोई भी हमारे बिना जाँच सकता है: क्या था और क्या है, कौन-सी कुंजियाँ नष्ट हुईं, हर प्रोसेसर ने क्या उत्तर दिया, क्या क्यों रखा गया, और वह कब अपठनीय हुआ, फ़ाइलों से गया और बैकअप से गया।',
  },
  how: {
    en: 'The receipt is a signed note (c2sp.org/signed-note, Ed25519) whose key is published. It is interim until every processor has answered or was given up, and what could not be reached or is not known is named in it. The check fetches the published key and verifies the receipts of the newest thousand erasures by itself: that each is there, is genuine, is about that erasure, counts nothing that is left, and tells the three times apart.',
    es: 'El recibo es una nota firmada (c2sp.org/signed-note, Ed25519) cuya clave está publicada. Es provisional hasta que cada encargado ha respondido o se ha desistido, y lo que no se pudo alcanzar o no se sabe se nombra en él. La comprobación obtiene la clave publicada y verifica por sí misma los recibos de las mil supresiones más recientes: que cada uno está, es auténtico, trata de esa supresión, no cuenta nada que quede y distingue los tres momentos.',
    pt: 'O recibo é uma nota assinada (c2sp.org/signed-note, Ed25519) cuja chave é publicada. É provisório até que cada processador tenha respondido ou sido abandonado, e nele se diz o que não pôde ser alcançado ou não se sabe. A verificação busca a chave publicada e confere por si mesma os recibos dos mil apagamentos mais novos: que cada um existe, é autêntico, trata daquele apagamento, não conta nada que tenha restado e distingue os três momentos.',
    hi: 'रसीद एक हस्ताक्षरित नोट है (c2sp.org/signed-note, Ed25519) जिसकी कुंजी प्रकाशित है। जब तक हर प्रोसेसर उत्तर न दे या छोड़ न दिया जाए, वह अंतरिम है, और जो पहुँच में नहीं आया या ज्ञात नहीं, उसमें लिखा है। जाँच प्रकाशित कुंजी लाकर सबसे नए एक हज़ार मिटाने की रसीदें स्वयं परखती है: कि हर एक है, असली है, उसी मिटाने की है, कुछ बचा हुआ नहीं गिनती और तीनों समय अलग बताती है।',
  },
  yourself: {
    en: 'Take such a receipt to another machine, check it with the published key by `./sotto verify` or any tool for signed notes; then change one letter of it.',
    es: 'Lleve un recibo así a otra máquina, compruébelo con la clave publicada mediante `./sotto verify` o cualquier herramienta para notas firmadas; después cambie una letra.',
    pt: 'Leve um desses recibos para outra máquina, confira-o com a chave publicada usando `./sotto verify` ou qualquer ferramenta para notas assinadas; depois mude uma letra dele.',
    hi: 'ऐसी रसीद दूसरी मशीन पर ले जाएँ, प्रकाशित कुंजी से `./sotto verify` या हस्ताक्षरित नोट के किसी भी साधन से परखें; फिर उसका एक अक्षर बदलें।',
  },
  kept: [certificateSigner, certificateOf, 'migrations/0027-erasure.sql'],
  every: 60 * minute,
  async probe({ look, self, clock }) {
    const rows = await look.rows<Row>(sql`
      select id, state, certificate from app.erasures
      where erased_at <= ${iso(clock.now() - graceMs)} or certificate is not null
      order by asked_at desc limit ${most}`);
    if (rows.length === 0) return { checked: 0, faults: [], idle: 'no-erasure' };
    const key = await publishedKey(self);
    if (!key) return { checked: rows.length, faults: [{ what: 'the key is not published', where: keyPath }] };
    const faults = rows.flatMap((row): Fault[] => {
      const what = mistakeIn(row, key);
      return what === undefined ? [] : [{ what, where: `erasure:${row.id}` }];
    });
    return { checked: rows.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, { clock, random }) {
      const id = newId({ clock, random });
      const at = iso(clock.now());
      const signature = Buffer.concat([Buffer.alloc(4), random.bytes(64)]).toString('base64');
      const note = `Sotto deletion certificate, version 1\n{}\n\n— sotto/somebody/deletions ${signature}\n`;
      await tx.run(sql`
        insert into app.erasures (organisation_id, id, scope, subject_hash, asked_at, asked_by, state, erased_at, done_at,
          certificate)
        values (${canary}, ${id}, 'person', ${random.bytes(32)}, ${at}, 'system', 'done', ${at}, ${at}, ${note})`);
    },
  },
} satisfies Claim;

const keyPath = '/.well-known/sotto/certificate-key';
/** SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4), before the 32 bytes of the key. */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

type Row = { readonly id: string; readonly state: string; readonly certificate: string | null };
type Published = { readonly name: string; readonly id: string; readonly bytes: Buffer };

/** `name+hash+base64(0x01 | key)`, of which only the last part may hold a plus itself. */
async function publishedKey(self: Self): Promise<Published | undefined> {
  const { status, body } = await self({ method: 'GET', path: keyPath });
  const [name, id, ...typed] = status === 200 ? body.trim().split('+') : [];
  const bytes = Buffer.from(typed.join('+'), 'base64');
  return name && id && bytes.length === 33 && bytes[0] === 1 ? { name, id, bytes: bytes.subarray(1) } : undefined;
}

/** The specification read again, apart from what signs. */
function mistakeIn({ id, state, certificate }: Row, key: Published): string | undefined {
  if (certificate === null) return 'has no certificate';
  const end = certificate.lastIndexOf('\n\n');
  const text = certificate.slice(0, end + 1);
  const [, name, encoded] = certificate.slice(end + 2).split(' ');
  const signature = Buffer.from(encoded ?? '', 'base64');
  if (end < 0 || name !== key.name || signature.subarray(0, 4).toString('hex') !== key.id)
    return 'has a certificate of another key';
  const publicKey = createPublicKey({ key: Buffer.concat([spkiHead, key.bytes]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(text), publicKey, signature.subarray(4)))
    return 'has a certificate that is not genuine';
  return untrueIn(JSON.parse(text.slice(text.indexOf('\n'))) as Told, { id, isDone: state === 'done' });
}

type Told = {
  readonly state: string;
  readonly request: { readonly id: string };
  readonly stores: readonly { readonly after: number }[];
  readonly times: Readonly<Record<string, { readonly at: string | null; readonly how: string } | undefined>>;
  readonly processors: readonly { readonly state: string }[];
};

const times = ['unreadableToProduct', 'unrecoverableFromLiveFiles', 'unrecoverableFromBackups'] as const;

function untrueIn(told: Told, { id, isDone }: { readonly id: string; readonly isDone: boolean }): string | undefined {
  if (told.request.id !== id) return 'has the certificate of another erasure';
  if ((told.state === 'final') !== isDone) return 'has a certificate that is not as final as it is';
  if (told.stores.some(({ after }) => after > 0)) return 'is certified, and something of it is left';
  if (!times.every((name) => told.times[name]?.how)) return 'has a certificate without one of its times';
  if (isDone && told.processors.some(({ state }) => state === 'waiting' || state === 'asked'))
    return 'has a final certificate, and a processor has not answered';
  return undefined;
}
