import { grantsOfRole, roles, type Role } from '#access';
import { answering, ask, itemsIn, signedIn, type Answered } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { amongMembers, isHarmless, ofNothing, routesTold, type RouteTold } from '../routes-told.ts';

/** Whose members try it. */
const of = 'roles-may-what-is-published';

export default {
  fulfils: ['ACC-05'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'Owner, admin, agent and viewer may do exactly what the published table says: everything else is refused to them.',
    es: 'Propietario, administrador, agente y observador pueden hacer exactamente lo que dice la tabla publicada: todo lo demás se les niega.',
    pt: 'Proprietário, administrador, atendente e visualizador podem exatamente o que a tabela publicada diz: tudo o mais lhes é recusado.',
    hi: 'मालिक, प्रशासक, एजेंट और दर्शक ठीक वही कर सकते हैं जो प्रकाशित तालिका कहती है: बाकी सब उन्हें मना है।',
  },
  how: {
    en: 'The table that is published is the one that decides. In an organisation that exists only for this there is a member of each role. The check signs all four in, has each try every route that asks for a permission, and compares what was refused with the published table. It also wants that table to keep what was promised: credentials are for owners, the team is for owners and admins, an agent sees only their own calls and says only of what came of those how far it is, and a viewer neither changes anything nor reads what was said.',
    es: 'La tabla que se publica es la que decide. En una organización que solo existe para esto hay un miembro de cada rol. La comprobación hace entrar a los cuatro, cada uno intenta todas las rutas que piden un permiso, y lo rechazado se compara con la tabla publicada. También exige que la tabla mantenga lo prometido: las credenciales son de los propietarios, el equipo de propietarios y administradores, un agente ve solo sus propias llamadas y solo de lo que resultó de ellas dice cómo va, y un observador no cambia nada ni lee lo que se dijo.',
    pt: 'A tabela publicada é a que decide. Em uma organização que existe só para isto há um membro de cada papel. A verificação faz os quatro entrarem, faz cada um tentar todas as rotas que pedem uma permissão e compara o que foi recusado com a tabela publicada. Ela também quer que essa tabela mantenha o prometido: credenciais são dos proprietários, a equipe é de proprietários e administradores, um atendente vê só as próprias chamadas e diz só do que resultou delas em que ponto está, e um visualizador nem muda nada nem lê o que foi dito.',
    hi: 'जो तालिका प्रकाशित है वही निर्णय करती है। केवल इसी के लिए बने संगठन में हर भूमिका का एक सदस्य है। जाँच चारों को प्रवेश कराती है, हर एक से अनुमति माँगने वाला हर मार्ग आज़माती है और जो मना हुआ उसकी तुलना प्रकाशित तालिका से करती है। वह यह भी चाहती है कि तालिका वादा निभाए: क्रेडेंशियल मालिकों के लिए, टीम मालिकों और प्रशासकों के लिए, एजेंट केवल अपनी कॉल देखे और केवल उनसे निकले की स्थिति बताए, और दर्शक न कुछ बदले न कही बातें पढ़े।',
  },
  yourself: {
    en: 'Read /api/v1/permissions, invite somebody as a viewer, and have them open your API keys: the answer names the roles that may.',
    es: 'Lea /api/v1/permissions, invite a alguien como observador y pídale que abra sus claves de API: la respuesta nombra los roles que pueden.',
    pt: 'Leia /api/v1/permissions, convide alguém como visualizador e peça que abra as suas chaves de API: a resposta diz quais papéis podem.',
    hi: '/api/v1/permissions पढ़ें, किसी को दर्शक के रूप में आमंत्रित करें और उससे अपनी API कुंजियाँ खुलवाएँ: उत्तर बताता है कि किन भूमिकाओं को अनुमति है।',
  },
  kept: [grantsOfRole],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const published = await publishedTable(reach);
    const routes = (await routesTold(reach)).filter((route) => route.scope !== undefined && isHarmless(route));
    const tried = await Promise.all(roles.map((role) => triedAs(reach, role, { routes, published })));
    const faults = [...brokenLines(published), ...tried.flat()];
    return { checked: routes.length * roles.length, faults };
  },
  counterexample: {
    kind: 'senses',
    // A product that shows everybody everything.
    broken: (reach) =>
      answering(reach, ({ path }) => (/openapi|permissions|sign-out/.test(path) ? undefined : { status: 200 })),
  },
} satisfies Claim;

type Line = Readonly<Partial<Record<Role, unknown>>>;

async function publishedTable(reach: Reach): Promise<ReadonlyMap<string, Line>> {
  const lines = itemsIn(await ask(reach, {}, 'GET /api/v1/permissions'), 'permissions');
  return new Map(lines.map((line) => [String(line['permission']), line['roles'] as Line]));
}

type Trying = { readonly routes: readonly RouteTold[]; readonly published: ReadonlyMap<string, Line> };

async function triedAs(reach: Reach, role: Role, { routes, published }: Trying): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { of: member, part } of amongMembers(of, routes)) {
    const found = await signedIn(reach, { role, of: member }, async (as) => {
      const wrong: Fault[] = [];
      for (const route of part) {
        const answer = await ask(reach, as, ofNothing(route), route.takesBody ? {} : undefined);
        const may = published.get(route.scope!)?.[role] !== undefined;
        wrong.push(...judged(answer, { role, route, may }));
      }
      return wrong;
    });
    faults.push(...found);
  }
  return faults;
}

type Expected = { readonly role: Role; readonly route: RouteTold; readonly may: boolean };

function judged({ status, code }: Answered, { role, route, may }: Expected): Fault[] {
  const isRefused = status === 403 && code === 'role-lacks-permission';
  const where = `${route.method} ${route.path}`;
  if (may && isRefused) return [{ what: `refused to the role ${role}, which may`, where }];
  if (!may && !isRefused) return [{ what: `answered ${status} to the role ${role}, which may not`, where }];
  return [];
}

/** What the promise says of the table itself. */
function brokenLines(published: ReadonlyMap<string, Line>): Fault[] {
  const faults: Fault[] = [];
  for (const [permission, line] of published) {
    for (const [role, reach] of Object.entries(line)) {
      if (!isPromised(permission, role, reach)) {
        faults.push({ what: `the published table lets the role ${role} do more than was promised`, where: permission });
      }
    }
  }
  if (![...published.values()].every((line) => line.owner === 'all'))
    faults.push({ what: 'the published table keeps something from owners', where: 'permissions' });
  return faults;
}

/** What nobody but those two hands out: the way in, and the record of what was done. */
const ofOwnersAndAdmins: readonly string[] = ['team', 'keys', 'audit'];
/** What callers are told anyway. */
const open: readonly string[] = ['organisation', 'agents'];
/** What comes of a call, and of which whoever the call is assigned to says how far it is. */
const seenTo: readonly string[] = ['leads', 'messages'];

function isPromised(permission: string, role: string, reach: unknown): boolean {
  const [thing = '', verb = ''] = permission.split(':');
  if (role === 'owner') return true;
  if (thing === 'credentials' || thing === 'billing') return false;
  if (role === 'admin') return true;
  if (ofOwnersAndAdmins.includes(thing)) return false;
  return role === 'agent' ? isPromisedToAgents(thing, verb, reach) : isPromisedToViewers(thing, verb);
}

function isPromisedToAgents(thing: string, verb: string, reach: unknown): boolean {
  if (verb === 'read') return reach === 'own' || open.includes(thing);
  return reach === 'own' && seenTo.includes(thing);
}

function isPromisedToViewers(thing: string, verb: string): boolean {
  return verb === 'read' && (thing === 'calls' || open.includes(thing));
}
