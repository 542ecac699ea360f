import { ask, altered, byKey, itemsIn, signedIn, type Shown, type Target } from '../asking.ts';
import { callCanary } from '../canary-call.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { listCalls } from '#secretary/calls';

/** Whose members try it. */
const of = 'answers-hold-what-one-may-see';

export default {
  fulfils: ['OURS-16', 'ACC-05'],
  group: 'access',
  kind: 'proven',
  say: {
    en: 'What a member or a key may not see is not in the answer at all: a viewer gets calls without number, summary and transcript, and an agent gets their own calls and no others.',
    es: 'Lo que un miembro o una clave no puede ver no está en la respuesta: un observador recibe llamadas sin número, resumen ni transcripción, y un agente recibe sus propias llamadas y ninguna otra.',
    pt: 'O que um membro ou uma chave não pode ver nem sequer está na resposta: um visualizador recebe as chamadas sem número, resumo nem transcrição, e um atendente recebe as próprias chamadas e nenhuma outra.',
    hi: 'जो कोई सदस्य या कुंजी नहीं देख सकती, वह उत्तर में होता ही नहीं: दर्शक को कॉल बिना नंबर, सारांश और प्रतिलेख के मिलती हैं, और एजेंट को केवल अपनी कॉल, कोई और नहीं।',
  },
  how: {
    en: 'The product rings its own telephone. Then members of that organisation, which exists only for this, and keys of it ask for the calls: the owner must be shown the fields, the viewer and a key without that scope must get the same calls without them, and the agent, whose call it is not, must neither find it in the list nor be told by its id that it exists.',
    es: 'El producto llama a su propio teléfono. Después, miembros de esa organización, que solo existe para esto, y claves suyas piden las llamadas: al propietario se le deben mostrar los campos, el observador y una clave sin ese ámbito deben recibir las mismas llamadas sin ellos, y el agente, cuya llamada no es, no debe encontrarla en la lista ni saber por su id que existe.',
    pt: 'O produto liga para o próprio telefone. Depois, membros dessa organização, que existe só para isto, e chaves dela pedem as chamadas: ao proprietário os campos devem ser mostrados, o visualizador e uma chave sem esse escopo devem receber as mesmas chamadas sem eles, e o atendente, de quem a chamada não é, não pode encontrá-la na lista nem saber pelo id que ela existe.',
    hi: 'उत्पाद अपने ही टेलीफ़ोन पर कॉल करता है। फिर उस संगठन के सदस्य, जो केवल इसी के लिए है, और उसकी कुंजियाँ कॉल माँगती हैं: मालिक को ये फ़ील्ड दिखने चाहिए, दर्शक और बिना उस स्कोप वाली कुंजी को वही कॉल इनके बिना मिलनी चाहिए, और वह एजेंट, जिसकी यह कॉल नहीं है, उसे न सूची में पाए और न आईडी से जान सके कि वह है।',
  },
  yourself: {
    en: 'Make a key with the scope calls:read alone and read a call with it: there is no number and no transcript in the answer.',
    es: 'Cree una clave solo con el ámbito calls:read y lea una llamada con ella: en la respuesta no hay número ni transcripción.',
    pt: 'Crie uma chave apenas com o escopo calls:read e leia uma chamada com ela: na resposta não há número nem transcrição.',
    hi: 'केवल calls:read स्कोप वाली कुंजी बनाएँ और उससे एक कॉल पढ़ें: उत्तर में न नंबर है, न प्रतिलेख।',
  },
  kept: [listCalls],
  // Each look leaves entries in the audit log, which nothing ever leaves again.
  every: 6 * 60 * 60_000,
  async probe(reach) {
    const call = await callCanary(reach, reach.canary.phone.number);
    await call.hangUp();
    const id = await signedIn(reach, { role: 'owner', of }, async (as) => newest(reach, as));
    if (id === undefined)
      return { checked: 1, faults: [{ what: 'an owner does not see a call and who rang', where: list }] };
    return together([
      await signedIn(reach, { role: 'viewer', of }, (as) => without(reach, as, id)),
      await reach.canary.team.withKey({ scopes: ['calls:read'] }, ({ key }) => without(reach, byKey(key), id)),
      await signedIn(reach, { role: 'agent', of }, (as) => notAtAll(reach, as, id)),
    ]);
  },
  counterexample: {
    kind: 'senses',
    // A product that leaves a field to the page to hide.
    broken: (reach) =>
      altered(reach, (_request, answer) => ({
        ...answer,
        body: answer.body.replace('"carrier":', '"from":null,"carrier":'),
      })),
  },
} satisfies Claim;

const list: Target = 'GET /api/v1/calls?limit=5';
const personal = ['from', 'summary', 'extraction', 'transcript'];

/** The call that rang last, if it is shown with the number it came from. */
async function newest(reach: Reach, as: Shown): Promise<string | undefined> {
  const [call] = itemsIn(await ask(reach, as, list));
  return typeof call?.['id'] === 'string' && typeof call['from'] === 'string' ? call['id'] : undefined;
}

/** Whoever may see calls and not what was said in them. */
async function without(reach: Reach, as: Shown, id: string): Promise<Finding> {
  const one = await ask(reach, as, `GET /api/v1/calls/${id}`);
  const calls = [...itemsIn(await ask(reach, as, list)), one.json];
  const faults: Fault[] = calls.flatMap((call) =>
    personal
      .filter((field) => field in call)
      .map((field) => ({ what: `the answer holds ${field}`, where: 'GET /api/v1/calls' })),
  );
  if (one.status !== 200) faults.push({ what: `a call was answered ${one.status}`, where: 'GET /api/v1/calls/:id' });
  return { checked: calls.length, faults };
}

/** Whoever may see their own calls, of which this is none. */
async function notAtAll(reach: Reach, as: Shown, id: string): Promise<Finding> {
  const one = await ask(reach, as, `GET /api/v1/calls/${id}`);
  const isListed = itemsIn(await ask(reach, as, list)).some((call) => call['id'] === id);
  const faults: Fault[] = [
    ...(one.status === 404
      ? []
      : [{ what: `a call of others was answered ${one.status}`, where: 'GET /api/v1/calls/:id' }]),
    ...(isListed ? [{ what: 'the list holds a call of others', where: 'GET /api/v1/calls' }] : []),
  ];
  return { checked: 2, faults };
}
