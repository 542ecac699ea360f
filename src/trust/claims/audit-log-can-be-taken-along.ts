import { exportBytes, verifyExport } from '#safeguards/log';
import { noteKey } from '#tlog';
import { altered, ask, signedIn } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

/** Whose members try it. */
const of = 'audit-log-can-be-taken-along';
const path = '/api/v1/audit/export';

export default {
  fulfils: ['AUD-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Whoever may read the audit log of an organisation can look through it and take all of it along in one file, which anybody verifies without us.',
    es: 'Quien puede leer el registro de auditoría de una organización puede revisarlo y llevárselo entero en un archivo que cualquiera verifica sin nosotros.',
    pt: 'Quem pode ler o log de auditoria de uma organização pode consultá-lo e levá-lo inteiro em um arquivo, que qualquer pessoa verifica sem nós.',
    hi: 'जो किसी संगठन का ऑडिट लॉग पढ़ सकता है, वह उसे देख सकता है और पूरा एक फ़ाइल में ले जा सकता है, जिसे कोई भी हमारे बिना सत्यापित कर सकता है।',
  },
  how: {
    en: 'The check signs in as the owner of an organisation that exists only for this, reads its audit log, fetches the export and verifies every entry, head and proof in it with the published keys alone. It also sees that a viewer gets neither.',
    es: 'La comprobación entra como propietaria de una organización que solo existe para ello, lee su registro de auditoría, obtiene la exportación y verifica cada anotación, cabeza y prueba con solo las claves publicadas. También ve que quien solo mira no obtiene ninguna de las dos cosas.',
    pt: 'A verificação entra como proprietária de uma organização que só existe para isso, lê seu log de auditoria, obtém a exportação e confere cada registro, cabeça e prova apenas com as chaves publicadas. Ela também vê que um leitor comum não obtém nenhum dos dois.',
    hi: 'जाँच केवल इसी के लिए बने एक संगठन के स्वामी के रूप में प्रवेश करती है, उसका ऑडिट लॉग पढ़ती है, निर्यात लेती है और उसकी हर प्रविष्टि, शीर्ष और प्रमाण को केवल प्रकाशित कुंजियों से सत्यापित करती है। वह यह भी देखती है कि केवल देखने वाले सदस्य को दोनों में से कुछ नहीं मिलता।',
  },
  yourself: {
    en: 'Fetch /api/v1/audit/export with a key that may read the audit log, and run ./sotto audit verify on it on another machine.',
    es: 'Obtenga /api/v1/audit/export con una clave que pueda leer el registro de auditoría y ejecute ./sotto audit verify con él en otra máquina.',
    pt: 'Obtenha /api/v1/audit/export com uma chave que possa ler o log de auditoria e execute ./sotto audit verify com ele em outra máquina.',
    hi: 'ऑडिट लॉग पढ़ सकने वाली कुंजी से /api/v1/audit/export लें और किसी दूसरी मशीन पर उस पर ./sotto audit verify चलाएँ।',
  },
  kept: [exportBytes],
  // Each look leaves entries in the log that it takes along.
  every: 24 * 60 * 60_000,
  async probe(reach) {
    const refused = await signedIn(reach, { role: 'viewer', of }, (as) => ask(reach, as, `GET ${path}`));
    const found = await signedIn(reach, { role: 'owner', of }, async (as) => {
      const list = await ask(reach, as, 'GET /api/v1/audit?limit=1');
      return { list, file: await ask(reach, as, `GET ${path}`) };
    });
    await reach.canary.team.clear();
    const faults: Fault[] = [];
    if (refused.status !== 403) faults.push({ what: `answered ${refused.status} to a viewer`, where: path });
    if (found.list.status !== 200)
      faults.push({ what: `answered ${found.list.status} to an owner`, where: '/api/v1/audit' });
    if (found.file.status === 404) return { checked: 0, faults, idle: 'log-not-signed' };
    const { entries, wrong } = await verified(reach, found.file.body);
    return { checked: entries + 2, faults: [...faults, ...wrong] };
  },
  counterexample: {
    kind: 'senses',
    // A product whose export is not what was signed.
    broken: (reach) =>
      altered(reach, (request, answer) =>
        request.path === path ? { ...answer, status: 200, body: `${answer.body}{"is":"entry"}\n` } : answer,
      ),
  },
} satisfies Claim;

async function verified({ self }: Reach, body: string): Promise<{ entries: number; wrong: readonly Fault[] }> {
  const { body: keys } = await self({ method: 'GET', path: '/.well-known/sotto/log/keys' });
  const known = keys.split('\n').flatMap((line) => noteKey(line) ?? []);
  const lines = body.split('\n').filter((line) => line !== '');
  const trusted = { keys: known, witnesses: [], seen: new Map(), keysFrom: 'given' } as const;
  const check = await verifyExport(each(lines), trusted);
  const wrong = check.faults.slice(0, 5).map(({ what, where }) => ({ what: `does not verify: ${what}`, where }));
  return { entries: lines.length, wrong };
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
