import { iso, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { altered, ask, itemsIn, signedIn, type Shown } from '../asking.ts';
import type { Claim, Fault, Finding, Reach, Status } from '../claim.ts';
import { keepEvidence } from '../evidence.ts';
import { leafLooks } from '../leaf-looks.ts';
import { lostTurns, openedLooks, type OpenedLooks } from '../opened-looks.ts';
import { trustState } from '../state.ts';
import { remarks } from '../remarks.ts';

/** Whose members try it. */
const of = 'nobody-types-a-status';
const page = '/trust/claims.json';

export default {
  fulfils: ['OURS-01'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'Every status on this page follows from what was seen: nobody can type one, old looks count as unknown, and nothing is proven whose check was never seen failing.',
    es: 'Todo estado de esta página se deduce de lo visto: nadie puede escribirlo, las miradas viejas cuentan como desconocido y nada está probado si a su comprobación nunca se la vio fallar.',
    pt: 'Todo status desta página decorre do que foi visto: ninguém pode digitá-lo, olhadas antigas contam como desconhecido e nada está provado se a sua verificação nunca foi vista falhando.',
    hi: 'इस पृष्ठ की हर स्थिति देखे गए से निकलती है: कोई उसे लिख नहीं सकता, पुरानी दृष्टियाँ अज्ञात गिनी जाती हैं, और वह कुछ भी सिद्ध नहीं जिसकी जाँच कभी विफल होती नहीं देखी गई।',
  },
  how: {
    en: 'The check asks the page as anybody does and compares each status with the looks that are kept, by a reckoning of its own. Of the newest look at every promise, and of others by chance, it takes the evidence from the page and opens it with the public keys alone: the row has to say what the audit log commits to, and no look that changed a status may be gone. It wants every proven promise to have been seen failing on its counterexample on this installation. As an owner of an organisation that exists only for this, it tries to write statuses and looks through the API, which has no such route.',
    es: 'La comprobación pide la página como cualquiera y compara cada estado con las miradas guardadas, por cuenta propia. De la última mirada a cada promesa, y de otras al azar, toma la prueba de la página y la abre solo con las claves públicas: la fila tiene que decir aquello a lo que se compromete el registro de auditoría, y ninguna mirada que cambió un estado puede faltar. Exige que a toda promesa probada se la haya visto fallar con su contraejemplo en esta instalación. Como propietaria de una organización que existe solo para esto, intenta escribir estados y miradas por la API, que no tiene tal ruta.',
    pt: 'A verificação pede a página como qualquer um e compara cada status com as olhadas guardadas, por conta própria. Da olhada mais nova de cada promessa, e de outras ao acaso, toma a prova da página e a abre só com as chaves públicas: a linha tem de dizer aquilo com que o log de auditoria se compromete, e nenhuma olhada que mudou um status pode faltar. Quer que toda promessa provada tenha sido vista falhando com o seu contraexemplo nesta instalação. Como proprietária de uma organização que existe só para isto, tenta escrever status e olhadas pela API, que não tem tal rota.',
    hi: 'जाँच किसी भी पाठक की तरह पृष्ठ माँगती है और हर स्थिति की तुलना रखी गई दृष्टियों से अपनी गणना द्वारा करती है। हर वादे की नवीनतम दृष्टि का, और संयोग से चुनी कुछ और का, साक्ष्य वह पृष्ठ से लेकर केवल सार्वजनिक कुंजियों से खोलती है: पंक्ति को वही कहना होता है जिससे ऑडिट लॉग बँधा है, और स्थिति बदलने वाली कोई दृष्टि ग़ायब नहीं हो सकती। वह चाहती है कि हर सिद्ध वादा इसी इंस्टॉलेशन पर अपने प्रति-उदाहरण से विफल होता देखा गया हो। केवल इसी के लिए बने संगठन के मालिक के रूप में वह API से स्थितियाँ और दृष्टियाँ लिखने का प्रयास करती है, जिसमें ऐसा कोई मार्ग नहीं।',
  },
  yourself: {
    en: 'Look for a way to change a status: in the settings, in the API, in the source of this page. There is none.',
    es: 'Busque una manera de cambiar un estado: en los ajustes, en la API, en el código de esta página. No la hay.',
    pt: 'Procure um modo de mudar um status: nas configurações, na API, no código desta página. Não há.',
    hi: 'स्थिति बदलने का कोई उपाय ढूँढें: सेटिंग में, API में, इस पृष्ठ के स्रोत में। कोई नहीं है।',
  },
  kept: [trustState, keepEvidence, leafLooks],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  // It asks for the evidence of about a hundred looks, one after the other.
  budget: 60_000,
  // Signed in, since a page that nobody stands behind yet is shown to no stranger.
  probe: (reach) => signedIn(reach, { role: 'owner', of }, (as) => compared(reach, as)),
  counterexample: {
    kind: 'senses',
    // A page on which somebody has typed what they would like to be true.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path === page
          ? { ...answer, body: answer.body.replace(/"status":"([a-z-]+)"/g, (_, one) => `"status":"${other(one)}"`) }
          : answer,
      ),
  },
} satisfies Claim;

async function compared(reach: Reach, as: Shown): Promise<Finding> {
  const before = await reckoned(reach);
  const shown = await statusesShown(reach, as);
  const after = await reckoned(reach);
  const now = reach.clock.now();
  const looked = shown.flatMap(({ id, every }) => (every === null ? [] : [id]));
  const opened = await openedLooks(reach, as, looked);
  const known = shown.filter(({ id }) => before.has(id) || after.has(id));
  const faults = shown.flatMap(({ id, status, every }): Fault[] => {
    if (every === null) return isDecided(status) ? [{ what: `shown as ${status} without a look`, where: id }] : [];
    const due: string[] = [before, after].map((looks) => reckon(looks.get(id), { id, every, opened, now }));
    return due.includes(status) ? [] : [{ what: `shown as ${status}, seen as ${due[0]}`, where: id }];
  });
  const blind = shown.length === 0 ? { blind: remarks['page-unreadable'].en } : {};
  return {
    checked: known.length + opened.opened,
    faults: [...opened.faults, ...(await lostTurns(reach)), ...faults, ...(await typed(reach, as))],
    ...blind,
  };
}

function other(status: string): Status {
  return status === 'proven' ? 'not-exercised' : 'proven';
}

type Line = { readonly id: string; readonly status: string; readonly every: number | null };

async function statusesShown(reach: Reach, as: Shown): Promise<readonly Line[]> {
  const { json } = await ask(reach, as, `GET ${page}`);
  return itemsIn({ json }, 'claims').map(({ id, status, every }) => ({
    id: String(id),
    status: String(status),
    every: typeof every === 'number' ? every : null,
  }));
}

/** What only a look can say. */
function isDecided(status: string): boolean {
  return ['proven', 'failing', 'in-force', 'overdue', 'not-exercised'].includes(status);
}

type Look = { readonly status: Status; readonly at: number; readonly seenRed: boolean; readonly isOurs: boolean };

async function reckoned({ look, clock }: Reach): Promise<ReadonlyMap<string, Look>> {
  const rows = await look.rows<{ claim: string; status: Status; at: Date; seen_red: boolean; is_ours: boolean }>(sql`
    select distinct on (claim) claim, status, at, mac is not null as is_ours,
      exists (select from app.evidence e where e.organisation_id = o.organisation_id and e.claim = o.claim and e.can_fail) as seen_red
    from app.evidence o where organisation_id = ${instanceId} and at <= ${iso(clock.now() + 60_000)}
    order by claim, at desc, id desc`);
  return new Map(
    rows.map(({ claim, status, at, seen_red: seenRed, is_ours: isOurs }) => [
      claim,
      { status, at: at.getTime(), seenRed, isOurs },
    ]),
  );
}

type Given = { readonly id: string; readonly every: number; readonly opened: OpenedLooks; readonly now: number };

/** What a page may say after that look; one that the program did not write, or not so, says nothing. */
function reckon(look: Look | undefined, { id, every, opened, now }: Given): Status {
  if (!look?.isOurs || opened.claims.has(id)) return 'unknown';
  const isBroken = look.status === 'failing' || look.status === 'overdue';
  if (!isBroken && now - look.at > 2 * every) return 'unknown';
  return look.status === 'proven' && !look.seenRed ? 'unknown' : look.status;
}

const tries = [
  ['PUT', '/trust/claims/audit-refuses-change'],
  ['POST', '/trust/claims/audit-refuses-change/evidence.json'],
  ['POST', '/api/v1/evidence'],
  ['PATCH', '/api/v1/claims/audit-refuses-change'],
] as const;

/** Tries to write one; what is answered as done is a fault. */
async function typed(reach: Reach, as: Shown): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const [method, path] of tries) {
    const { status } = await ask(reach, as, `${method} ${path}`, { status: 'proven', checked: 1 });
    if (status < 400) faults.push({ what: `writing a status was answered ${status}`, where: `${method} ${path}` });
  }
  return faults;
}
