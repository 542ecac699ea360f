import { record } from '#safeguards/audit';
import { altered, ask, entriesOf, signedIn, type EntryTold, type Shown, type Target } from '../asking.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { noId, routesTold } from '../routes-told.ts';
import { rareWord } from '../traces.ts';

/** Whose members try it. */
const of = 'every-change-is-recorded';

export default {
  fulfils: ['AUD-01'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Every change, every look at what is personal and every administrative act leaves an entry in the audit log that says when, who, in which organisation, from where (as a hash) and with which program.',
    es: 'Todo cambio, toda consulta de datos personales y todo acto de administración deja una anotación en el registro de auditoría que dice cuándo, quién, en qué organización, desde dónde (como hash) y con qué programa.',
    pt: 'Toda mudança, toda consulta ao que é pessoal e todo ato de administração deixa uma entrada no registro de auditoria que diz quando, quem, em qual organização, de onde (como hash) e com qual programa.',
    hi: 'हर बदलाव, निजी चीज़ पर हर नज़र और हर प्रशासनिक काम ऑडिट लॉग में प्रविष्टि छोड़ता है जो बताती है कि कब, किसने, किस संगठन में, कहाँ से (हैश के रूप में) और किस प्रोग्राम से।',
  },
  how: {
    en: 'Each route that changes something must declare what it records. The check reads those declarations, and walks through the acts of an owner in an organisation that exists only for this: it makes, rotates and revokes a key, invites somebody and takes it back, and reads calls, team, keys and credentials. Then it reads the audit log as that owner: for each act there must be an entry that names all of it, and no entry may be damaged.',
    es: 'Cada ruta que cambia algo debe declarar lo que anota. La comprobación lee esas declaraciones y recorre los actos de un propietario en una organización que solo existe para esto: crea, rota y revoca una clave, invita a alguien y lo retira, y lee llamadas, equipo, claves y credenciales. Después lee el registro de auditoría como ese propietario: por cada acto debe haber una anotación que lo nombre todo, y ninguna puede estar dañada.',
    pt: 'Cada rota que muda algo precisa declarar o que registra. A verificação lê essas declarações e percorre os atos de um proprietário em uma organização que existe só para isto: cria, troca e revoga uma chave, convida alguém e volta atrás, e lê chamadas, equipe, chaves e credenciais. Depois lê o registro de auditoria como esse proprietário: para cada ato deve haver uma entrada que diga tudo isso, e nenhuma entrada pode estar danificada.',
    hi: 'कुछ बदलने वाले हर मार्ग को बताना होता है कि वह क्या दर्ज करता है। जाँच ये घोषणाएँ पढ़ती है और केवल इसी के लिए बने संगठन में मालिक के कामों से गुज़रती है: कुंजी बनाना, बदलना और रद्द करना, किसी को आमंत्रित करना और वापस लेना, और कॉल, टीम, कुंजियाँ व क्रेडेंशियल पढ़ना। फिर वह उस मालिक की तरह ऑडिट लॉग पढ़ती है: हर काम की ऐसी प्रविष्टि हो जो यह सब बताए, और कोई प्रविष्टि क्षतिग्रस्त न हो।',
  },
  yourself: {
    en: 'Do anything in your organisation and read /api/v1/audit: it is the newest entry but one; the newest is that you have read it.',
    es: 'Haga cualquier cosa en su organización y lea /api/v1/audit: es la penúltima anotación; la última es que usted lo ha leído.',
    pt: 'Faça qualquer coisa na sua organização e leia /api/v1/audit: é a penúltima entrada; a última é que você o leu.',
    hi: 'अपने संगठन में कुछ भी करें और /api/v1/audit पढ़ें: वह अंतिम से पहली प्रविष्टि है; अंतिम यह कि आपने उसे पढ़ा।',
  },
  kept: [record],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const agent = rareWord(reach);
    const finding = await signedIn(reach, { role: 'owner', of }, async (session, person) => {
      const as = { ...session, 'user-agent': agent };
      const acts = await act(reach, as);
      const entries = await entriesOf(reach, as, { agent, due: acts.length });
      return { checked: acts.length, faults: acts.flatMap((one) => faultOf(one, entries, `person:${person}`)) };
    });
    await reach.canary.team.clear();
    return together([finding, await declared(reach)]);
  },
  counterexample: {
    kind: 'senses',
    // A product that forgets what it recorded.
    broken: (reach) =>
      altered(reach, ({ path }, answer) =>
        path.startsWith('/api/v1/audit') ? { ...answer, body: '{"items":[],"next":null}' } : answer,
      ),
  },
} satisfies Claim;

/** Routes that change something in an organisation and do not say what they record. */
async function declared(reach: Reach): Promise<Finding> {
  const changing = (await routesTold(reach)).filter(({ changes, scope }) => changes && scope !== undefined);
  const faults = changing
    .filter(({ audits }) => !audits)
    .map(({ method, path }) => ({ what: 'records nothing', where: `${method} ${path}` }));
  return { checked: changing.length, faults };
}

type Act = { readonly target: Target; readonly status: number; readonly action: string };

/** What an owner does; the ids of what was made lead to what is undone. */
async function act(reach: Reach, as: Shown): Promise<readonly Act[]> {
  const done: Act[] = [];
  const go = async (action: string, target: Target, body?: unknown) => {
    const { status, json } = await ask(reach, as, target, body);
    done.push({ target, status, action });
    return typeof json['id'] === 'string' ? json['id'] : noId;
  };
  const key = await go('api-key.made', 'POST /api/v1/keys', { name: 'canary', scopes: ['organisation:read'] });
  await go('api-key.rotated', `POST /api/v1/keys/${key}/rotate`, { keepOldForHours: 1 });
  await go('api-key.old-ended', `DELETE /api/v1/keys/${key}/old-secret`);
  await go('api-key.revoked', `DELETE /api/v1/keys/${key}`);
  const email = `${rareWord(reach)}@canary.invalid`;
  const invitation = await go('invitation.made', 'POST /api/v1/invitations', { email, name: 'Canary', role: 'viewer' });
  await go('invitation.withdrawn', `DELETE /api/v1/invitations/${invitation}`);
  for (const [action, path] of reads) await go(action, `GET /api/v1/${path}`);
  return done;
}

const reads = [
  ['read.calls', 'calls?limit=1'],
  ['read.leads', 'leads?limit=1'],
  ['read.messages', 'messages?limit=1'],
  ['read.appointments', 'appointments?limit=1'],
  ['read.team', 'team?limit=1'],
  ['read.keys', 'keys?limit=1'],
  ['read.credentials', 'credentials'],
] as const;

function faultOf({ target, status, action }: Act, entries: readonly EntryTold[], actor: string): Fault[] {
  const where = target.replace(/\?.*/, '').replaceAll(/[0-9a-f-]{36}/g, ':id');
  if (status >= 300) return [{ what: `was answered ${status} to an owner`, where }];
  const entry = entries.find((one) => one['action'] === action && one['actor'] === actor);
  if (!entry) return [{ what: 'left no entry with actor and program', where }];
  const { address } = entry.details;
  const isWhole = typeof entry['at'] === 'string' && typeof entry['object'] === 'string' && entry['state'] === 'whole';
  const isPlaced = typeof address === 'string' && /^[0-9a-f]{32}$/.test(address);
  return isWhole && isPlaced ? [] : [{ what: 'left an entry that is not whole', where }];
}
