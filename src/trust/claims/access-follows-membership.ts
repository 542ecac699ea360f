import type { Id } from '#base';
import { canaryIds } from '#safeguards/accounts';
import { askerBySession } from '#safeguards/identity';
import { answering, ask, signedIn, byKey, itemsIn, type Answered, type Shown, type Target } from '../asking.ts';
import { callCanary } from '../canary-call.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { noId } from '../routes-told.ts';

/** Whose members try it. */
const of = 'access-follows-membership';

export default {
  fulfils: ['ACC-02', 'ACC-01'],
  group: 'access',
  kind: 'proven',
  say: {
    en: "What somebody may see follows from where they belong, never from an id that they send: what is another organisation's looks as if it did not exist.",
    es: 'Lo que alguien puede ver depende de a dónde pertenece, nunca de un id que envíe: lo que es de otra organización parece no existir.',
    pt: 'O que alguém pode ver decorre de onde essa pessoa faz parte, nunca de um id que ela envia: o que é de outra organização parece não existir.',
    hi: 'कोई क्या देख सकता है, यह इस पर निर्भर है कि वह कहाँ का सदस्य है, कभी किसी भेजी गई आईडी पर नहीं: दूसरे संगठन का जो कुछ है, वह ऐसा दिखता है मानो हो ही नहीं।',
  },
  how: {
    en: 'A member of one organisation that exists only for this names the other in every place a request has: path, query, headers, body, and the choice of organisation. Then a key of the other one asks for a call and a member of the first. Each answer must be the very one that an id gets which names nothing.',
    es: 'Un miembro de una organización que solo existe para esto nombra la otra en cada lugar que tiene una petición: ruta, consulta, cabeceras, cuerpo y elección de organización. Después, una clave de la otra pide una llamada y un miembro de la primera. Cada respuesta debe ser la misma que recibe un id que no nombra nada.',
    pt: 'Um membro de uma organização que existe só para isto indica a outra em todos os lugares que uma requisição tem: caminho, consulta, cabeçalhos, corpo e a escolha da organização. Depois, uma chave da outra pede uma chamada e um membro da primeira. Cada resposta deve ser exatamente a que recebe um id que não designa nada.',
    hi: 'केवल इसी काम के लिए बने एक संगठन का सदस्य दूसरे संगठन का नाम अनुरोध के हर स्थान पर रखता है: पथ, क्वेरी, हेडर, बॉडी और संगठन के चुनाव में। फिर दूसरे की कुंजी एक कॉल माँगती है और पहले का एक सदस्य। हर उत्तर ठीक वही होना चाहिए जो किसी अस्तित्वहीन आईडी को मिलता है।',
  },
  yourself: {
    en: 'Copy the id of one of your calls and ask for it with an API key of another organisation: 404, as for an id that you have made up.',
    es: 'Copie el id de una de sus llamadas y pídala con una clave de API de otra organización: 404, como con un id inventado.',
    pt: 'Copie o id de uma das suas chamadas e peça-a com uma chave de API de outra organização: 404, como para um id inventado.',
    hi: 'अपनी किसी कॉल की आईडी कॉपी करें और उसे किसी दूसरे संगठन की API कुंजी से माँगें: 404, जैसे मनगढ़ंत आईडी पर।',
  },
  kept: [askerBySession],
  every: 60 * 60_000,
  async probe(reach) {
    const found = await signedIn(reach, { role: 'viewer', of }, async (as, person) => ({
      person,
      ...(await asMember(reach, as)),
    }));
    const asStranger = await reach.canary.team.withKey(
      {
        organisation: canaryIds[0],
        scopes: ['calls:read', 'transcripts:read', 'team:read', 'team:write', 'calls:write'],
      },
      async ({ key }) => byStranger(reach, byKey(key), found.person),
    );
    return together([found, asStranger]);
  },
  counterexample: {
    kind: 'senses',
    // A product that believes whoever names an organisation.
    broken: (reach) =>
      answering(reach, ({ path, body = '' }) =>
        path.includes('openapi') || path.includes('sign-out') || !`${path}${body}`.includes(canaryIds[0])
          ? undefined
          : { status: 200 },
      ),
  },
} satisfies Claim;

const foreign = canaryIds[0];

/** Names the other organisation wherever a request has room for it. */
async function asMember(reach: Reach, as: Shown): Promise<Finding> {
  const own = reach.canary.team.organisation;
  const faults: Fault[] = [];
  const where = 'GET /api/v1/me';
  const named: readonly Shown[] = [
    { 'x-organisation': foreign },
    { 'x-organisation-id': foreign },
    { 'x-tenant-id': foreign },
    { 'x-forwarded-host': `${foreign}.example` },
  ];
  for (const headers of named) {
    const { json } = await ask(reach, { ...as, ...headers }, where);
    if (organisationIn(json) !== own) faults.push({ what: 'a header decided which organisation is shown', where });
  }
  const places: readonly (readonly [Target, unknown?])[] = [
    [`GET /api/v1/me?organisation=${foreign}`],
    [`GET /api/v1/calls?organisation=${foreign}`],
    [`PUT /api/v1/session/organisation`, { organisation: foreign }],
    [`DELETE /api/v1/memberships/${foreign}`],
    [`PUT /api/v1/session/organisation`, { organisation: own, organisation_id: foreign }],
  ];
  for (const [target, body] of places) {
    const { status } = await ask(reach, as, target, body);
    if (status < 400) faults.push({ what: `naming another organisation was answered ${status}`, where: told(target) });
  }
  return { checked: named.length + places.length, faults };
}

function organisationIn(json: Answered['json']): unknown {
  const { organisation } = json as { readonly organisation?: { readonly id?: unknown } };
  return organisation?.id;
}

/** A key of the first canary asks for what is the second one's. */
async function byStranger(reach: Reach, as: Shown, member: Id): Promise<Finding> {
  const { phone } = reach.canary;
  const call = await callIdOf(reach);
  if (call === undefined) {
    const rung = await callCanary(reach, phone.number);
    await rung.hangUp();
  }
  const id = call ?? (await callIdOf(reach)) ?? noId;
  const tries: readonly (readonly [(one: string) => Target, ((one: string) => unknown)?])[] = [
    [(one) => `GET /api/v1/calls/${one}`],
    [(one) => `PUT /api/v1/calls/${one}/assignee`, () => ({ person: null })],
  ];
  const people: typeof tries = [
    [(one) => `PUT /api/v1/team/${one}/role`, () => ({ role: 'viewer' })],
    [(one) => `DELETE /api/v1/team/${one}`],
  ];
  const faults: Fault[] = [];
  for (const [theirs, group] of [
    [id, tries],
    [member, people],
  ] as const) {
    for (const [target, body] of group) {
      const [one, none] = [
        await ask(reach, as, target(theirs), body?.(theirs)),
        await ask(reach, as, target(noId), body?.(noId)),
      ];
      if (one.status !== 404 || shape(one) !== shape(none))
        faults.push({
          what: "what is another organisation's is told from what does not exist",
          where: told(target(noId)),
        });
    }
  }
  const listed = itemsIn(await ask(reach, as, 'GET /api/v1/calls?limit=100'));
  if (listed.some((row) => row['id'] === id))
    faults.push({ what: "a list holds what is another organisation's", where: 'GET /api/v1/calls' });
  return { checked: tries.length + people.length + 1, faults };
}

async function callIdOf(reach: Reach): Promise<string | undefined> {
  return reach.canary.team.withKey({ scopes: ['calls:read'] }, async ({ key }) => {
    const [call] = itemsIn(await ask(reach, byKey(key), 'GET /api/v1/calls?limit=1'));
    return typeof call?.['id'] === 'string' ? call['id'] : undefined;
  });
}

/** All that an answer tells, but for the name of the request. */
function shape({ status, json, headers }: Answered): string {
  return JSON.stringify([status, { ...json, instance: '' }, Object.keys(headers).toSorted()]);
}

/** A route without the ids in it. */
function told(target: Target): string {
  return target.replace(/\?.*/, '').replaceAll(/[0-9a-f-]{36}/g, ':id');
}
