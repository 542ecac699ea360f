import { openAdmit } from '#database';
import { rates } from '#edge';
import { answering, asked, byKey, comingFrom, type Shown, type Target } from '../asking.ts';
import type { Claim, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { nobodysAddress } from '../traces.ts';

export default {
  fulfils: ['ACC-12', 'ACC-13', 'OURS-19'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: `Whoever asks too often is refused, exactly: the API answers one person or key 100 times in a minute and refuses the 101st, and one address may begin ${rates['sign-up'].count} sign-ups in an hour.`,
    es: `A quien pide demasiado se le rechaza, con exactitud: la API responde 100 veces en un minuto a una persona o clave y rechaza la 101.ª, y una dirección puede iniciar ${rates['sign-up'].count} registros en una hora.`,
    pt: 'Quem pede com frequência demais é recusado, com exatidão: a API responde 100 vezes por minuto a uma pessoa ou chave e recusa a 101ª, e um endereço pode iniciar 5 cadastros por hora.',
    hi: 'जो बहुत बार माँगता है उसे ठीक-ठीक मना किया जाता है: API एक व्यक्ति या कुंजी को एक मिनट में 100 बार उत्तर देती है और 101वीं बार मना करती है, और एक पते से एक घंटे में 5 पंजीकरण शुरू हो सकते हैं।',
  },
  how: {
    en: "All processes count in one place, in the database. The check makes a key for an organisation that exists only for this and asks with it 105 times, several at once: 100 must be answered and 5 refused, with how long to wait. From an address that is nobody's it begins ten sign-ups that are incomplete, so that nothing comes of them: five must be answered and five refused.",
    es: 'Todos los procesos cuentan en un solo lugar, en la base de datos. La comprobación crea una clave de una organización que solo existe para esto y pide con ella 105 veces, varias a la vez: 100 deben responderse y 5 rechazarse, diciendo cuánto esperar. Desde una dirección que no es de nadie inicia diez registros incompletos, para que nada resulte de ellos: cinco deben responderse y cinco rechazarse.',
    pt: 'Todos os processos contam em um só lugar, no banco. A verificação cria uma chave para uma organização que existe só para isto e pede com ela 105 vezes, várias ao mesmo tempo: 100 devem ser atendidas e 5 recusadas, com quanto tempo esperar. De um endereço que não é de ninguém inicia dez cadastros incompletos, para que nada resulte deles: cinco devem ser atendidos e cinco recusados.',
    hi: 'सभी प्रक्रियाएँ एक ही जगह, डेटाबेस में, गिनती हैं। जाँच केवल इसी के लिए बने संगठन की कुंजी बनाती है और उससे 105 बार, कई एक साथ, माँगती है: 100 के उत्तर मिलने चाहिए और 5 अस्वीकार, प्रतीक्षा की अवधि के साथ। किसी के न होने वाले पते से वह दस अधूरे पंजीकरण शुरू करती है ताकि उनसे कुछ न बने: पाँच के उत्तर और पाँच अस्वीकार होने चाहिए।',
  },
  yourself: {
    en: 'Ask the API with one key 101 times within a minute and count the answers.',
    es: 'Pida a la API con una clave 101 veces en un minuto y cuente las respuestas.',
    pt: 'Chame a API com uma chave 101 vezes em um minuto e conte as respostas.',
    hi: 'एक कुंजी से API को एक मिनट में 101 बार पूछें और उत्तर गिनें।',
  },
  kept: [openAdmit, 'migrations/0012-limits.sql'],
  every: 60 * 60_000,
  probe: async (reach) => together([await apiLimit(reach), await signUpLimit(reach)]),
  counterexample: {
    kind: 'senses',
    broken: (reach) => answering(reach, () => ({ status: 200 })),
  },
} satisfies Claim;

/** What was promised, in figures of its own: whoever changes the product's must come by here. */
const promised = { api: 100, signUp: 5 };
const surplus = 5;

async function apiLimit(reach: Reach): Promise<Finding> {
  const target: Target = 'GET /api/v1/organisation';
  return reach.canary.team.withKey({ scopes: ['organisation:read'] }, async ({ key }) =>
    counted(reach, { as: byKey(key), target, most: promised.api, atOnce: 7 }),
  );
}

async function signUpLimit(reach: Reach): Promise<Finding> {
  const target: Target = 'POST /api/v1/sign-up';
  const from = comingFrom(reach, nobodysAddress(reach).address);
  return counted(from, { as: {}, target, body: {}, most: promised.signUp, atOnce: 3 });
}

type Asking = {
  readonly as: Shown;
  readonly target: Target;
  readonly body?: unknown;
  readonly most: number;
  readonly atOnce: number;
};

/** Asks more often than one may; a fault is any other number of answers than was promised. */
async function counted(reach: Reach, { as, target, body, most, atOnce }: Asking): Promise<Finding> {
  const all = most + surplus;
  let asking = 0;
  let passed = 0;
  let unexplained = 0;
  const one = async () => {
    while (asking < all) {
      asking += 1;
      const { status, headers } = await asked(reach, as, target, body);
      if (status !== 429) passed += 1;
      else if (!(Number(headers['retry-after']) > 0)) unexplained += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const faults = [
    ...(passed === most ? [] : [{ what: `${passed} of ${all} requests were let through, not ${most}`, where: target }]),
    ...(unexplained === 0 ? [] : [{ what: `${unexplained} refusals do not say how long to wait`, where: target }]),
  ];
  return { checked: all, faults };
}
