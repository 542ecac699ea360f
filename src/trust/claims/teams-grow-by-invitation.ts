import { sql, type Id } from '#base';
import { acceptInvitation } from '#safeguards/accounts';
import { answering, ask, signedIn, type Target } from '../asking.ts';
import { canary } from '../canary.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';

/** Whose members try it. */
const of = 'teams-grow-by-invitation';

export default {
  fulfils: ['ACC-07'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'Nobody joins an organisation that exists but by an invitation to their own address, which is good once.',
    es: 'Nadie se une a una organización que ya existe salvo por una invitación a su propia dirección, que vale una sola vez.',
    pt: 'Ninguém entra em uma organização que existe a não ser por um convite ao próprio endereço, que vale uma vez.',
    hi: 'मौजूद संगठन में कोई भी अपने ही पते पर आए निमंत्रण के सिवा शामिल नहीं होता, और निमंत्रण एक बार चलता है।',
  },
  how: {
    en: 'The check tries to come in with made-up invitations, with a true one to another address, by signing up for an organisation that is there, and by adding a member directly; each must be refused. Then it looks at who joined last: each person who signs in must have an entry in the audit log of how they came in.',
    es: 'La comprobación intenta entrar con invitaciones inventadas, con una verdadera a otra dirección, registrándose en una organización que ya existe y añadiendo un miembro directamente; todo debe rechazarse. Después mira quién se unió por último: cada persona que entra debe tener en el registro de auditoría una anotación de cómo llegó.',
    pt: 'A verificação tenta entrar com convites inventados, com um verdadeiro para outro endereço, cadastrando-se em uma organização que já existe e acrescentando um membro diretamente; tudo deve ser recusado. Depois olha quem entrou por último: cada pessoa que entra deve ter no registro de auditoria uma entrada de como chegou.',
    hi: 'जाँच मनगढ़ंत निमंत्रणों से, किसी और पते के सच्चे निमंत्रण से, मौजूद संगठन में पंजीकरण करके और सीधे सदस्य जोड़कर आने की कोशिश करती है; हर एक अस्वीकार होना चाहिए। फिर वह देखती है कि अंत में कौन शामिल हुआ: प्रवेश करने वाले हर व्यक्ति की ऑडिट लॉग में प्रविष्टि होनी चाहिए कि वह कैसे आया।',
  },
  yourself: {
    en: 'Open an invitation while you are signed in with another address: it says that it is for somebody else.',
    es: 'Abra una invitación habiendo entrado con otra dirección: le dice que es para otra persona.',
    pt: 'Abra um convite enquanto está conectado com outro endereço: ele diz que é para outra pessoa.',
    hi: 'किसी और पते से प्रवेश किए हुए निमंत्रण खोलें: वह कहता है कि वह किसी और के लिए है।',
  },
  kept: [acceptInvitation],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  probe: async (reach) => together([await comingIn(reach), await whoJoined(reach)]),
  counterexample: {
    kind: 'senses',
    broken: (reach) => answering(reach, ({ path }) => (path.includes('sign-out') ? undefined : { status: 200 })),
  },
} satisfies Claim;

async function comingIn(reach: Reach): Promise<Finding> {
  const token = reach.random.bytes(32).toString('base64url');
  const asStranger: readonly (readonly [Target, unknown])[] = [
    ['POST /api/v1/sign-up/invitation', { token }],
    ['POST /api/v1/sign-up', { ...signUp, organisation: { ...signUp.organisation, id: canary } }],
    ['POST /api/v1/sign-up', { ...signUp, organisation: canary }],
    ['POST /api/v1/sign-up', { ...signUp, organisationId: canary }],
  ];
  const asMember: typeof asStranger = [
    ['POST /api/v1/invitations/accept', { token }],
    ['POST /api/v1/team', { email: signUp.email, name: 'Canary', role: 'owner' }],
    ['PUT /api/v1/session/organisation', { organisation: canary }],
  ];
  const faults: Fault[] = [];
  const see = ({ status }: { readonly status: number }, where: string) => {
    if (status < 400 || status >= 500) faults.push({ what: `joining uninvited was answered ${status}`, where });
  };
  for (const [target, body] of asStranger) see(await ask(reach, {}, target, body), target);
  await signedIn(reach, { role: 'owner', of }, async (as) => {
    for (const [target, body] of asMember) see(await ask(reach, as, target, body), target);
  });
  // It is somebody else's, whoever has got hold of it.
  const stolen: Target = 'POST /api/v1/invitations/accept';
  await signedIn(reach, { role: 'viewer', of }, (as) =>
    reach.canary.team.withInvitation(async (theirs) => {
      const { status } = await ask(reach, as, stolen, { token: theirs });
      if (status !== 403)
        faults.push({ what: `the invitation of another address was answered ${status}`, where: stolen });
    }),
  );
  return { checked: asStranger.length + asMember.length + 1, faults };
}

const signUp = {
  email: 'stranger@canary.invalid',
  name: 'Canary',
  organisation: { name: 'Canary', timeZone: 'Etc/UTC', language: 'en', region: 'US' },
};

/** Those who joined last, of whatever organisation, without an entry that says how. */
async function whoJoined({ look }: Pick<Reach, 'look'>): Promise<Finding> {
  const people = await look.rows<{ id: Id; recorded: boolean }>(sql`
    select p.id, exists (
      select from app.audit_entries e
      where e.organisation_id = p.organisation_id and e.action = 'person.added'
        and e.at between p.created_at - interval '5 seconds' and p.created_at + interval '5 seconds'
        and strpos(convert_from(e.leaf, 'UTF8'), 'person:' || p.id) > 0) as recorded
    from (
      select organisation_id, id, created_at from app.people
      where identity_id is not null order by created_at desc limit 100) p`);
  const faults = people
    .filter(({ recorded }) => !recorded)
    .map(({ id }) => ({ what: 'nobody recorded how this person joined', where: `person:${id}` }));
  return { checked: people.length, faults };
}
