import { iso, problem, sql, type Id } from '#base';
import type { Knocked } from '#edge';
import { carrierSockets } from '#secretary/calls';
import { alive, inCanaryCall, knockTruly, signedBy, type CanaryCall, type Offer } from '../canary-call.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';
import { hmac } from '../ringing.ts';

const day = 24 * 60 * 60_000;

export default {
  fulfils: ['NET-02'],
  group: 'edge',
  kind: 'proven',
  say: {
    en: 'A socket for the audio or the words of a call is opened only for the carrier that signs for it, or for a member of the business who is signed in and calls from its own pages, and only with a token that opens one socket of one call, once, within 60 seconds.',
    es: 'Un socket para el audio o las palabras de una llamada solo se abre al operador que firma la petición, o a un miembro del negocio que ha iniciado sesión y llama desde sus propias páginas, y solo con un testigo que abre un único socket de una única llamada, una vez y en 60 segundos.',
    pt: 'Um socket para o áudio ou as palavras de uma chamada só é aberto para a operadora que assina por ela, ou para um membro da empresa que está conectado e liga das páginas dela, e apenas com um token que abre um socket de uma chamada, uma vez, em até 60 segundos.',
    hi: 'कॉल की आवाज़ या शब्दों का सॉकेट केवल उस वाहक के लिए खुलता है जो उसके लिए हस्ताक्षर करता है, या व्यवसाय के प्रवेश किए सदस्य के लिए जो उसके अपने पृष्ठों से कॉल करता है, और केवल ऐसे टोकन से जो एक कॉल का एक सॉकेट, एक बार, 60 सेकंड के भीतर खोलता है।',
  },
  how: {
    en: 'The check rings a telephone of the product itself and knocks at the sockets for audio and for text, unsigned and falsely signed in every way a stranger could try, and at the sockets of its own pages, without a session, with a made-up one and from another page. With a true signature it then presents tokens to the socket for text: none, forged ones, that of another call, the right one, and the right one again. Both kinds of socket use up the same tokens. It also looks for tokens of the last 24 hours that were used after they had expired.',
    es: 'La comprobación llama a un teléfono del propio producto y llama a la puerta de los sockets de audio y de texto, sin firma y con firmas falsas de todas las formas que un extraño podría intentar, y a la de los sockets de sus propias páginas, sin sesión, con una inventada y desde otra página. Después, con una firma verdadera, presenta testigos al socket de texto: ninguno, falsificados, el de otra llamada, el correcto y otra vez el correcto. Ambos tipos de socket gastan los mismos testigos. También busca testigos de las últimas 24 horas que se usaran después de caducar.',
    pt: 'A verificação liga para um telefone do próprio produto e bate nos sockets de áudio e de texto, sem assinatura e com assinaturas falsas de todas as formas que um estranho tentaria, e nos sockets das próprias páginas, sem sessão, com uma inventada e a partir de outra página. Com assinatura verdadeira apresenta então tokens ao socket de texto: nenhum, forjados, o de outra chamada, o certo e o certo de novo. Ambos os tipos de socket consomem os mesmos tokens. Procura também tokens das últimas 24 horas usados depois de vencidos.',
    hi: 'जाँच उत्पाद के एक टेलीफ़ोन पर कॉल करती है और आवाज़ व पाठ के सॉकेट पर दस्तक देती है, बिना हस्ताक्षर और हर उस झूठे हस्ताक्षर से जो कोई अजनबी आज़माता, और अपने पृष्ठों के सॉकेट पर बिना सत्र, मनगढ़ंत सत्र और दूसरे पृष्ठ से। सच्चे हस्ताक्षर के साथ वह फिर पाठ के सॉकेट पर टोकन देती है: कोई नहीं, जाली, दूसरी कॉल का, सही, और फिर वही सही। दोनों प्रकार के सॉकेट वही टोकन खर्च करते हैं। वह पिछले 24 घंटों के ऐसे टोकन भी ढूँढती है जो समाप्ति के बाद इस्तेमाल हुए।',
  },
  yourself: {
    en: 'Open wss://your-host/carriers/twilio/stream/ followed by two ids of your choice, with any WebSocket client: you get no socket.',
    es: 'Abra wss://su-servidor/carriers/twilio/stream/ seguido de dos ids cualesquiera con un cliente de WebSocket: no obtendrá ningún socket.',
    pt: 'Abra wss://seu-host/carriers/twilio/stream/ seguido de dois ids à sua escolha, com qualquer cliente de WebSocket: você não obtém um socket.',
    hi: 'किसी भी WebSocket क्लाइंट से wss://your-host/carriers/twilio/stream/ और अपनी पसंद की दो आईडी खोलें: आपको कोई सॉकेट नहीं मिलता।',
  },
  kept: [carrierSockets],
  every: 60 * 60_000,
  async probe(reach) {
    const found = await inCanaryCall(reach, reach.canary.phone.number, async (call) => {
      const { offer } = call;
      if (!offer) throw problem('not-running', 'The telephone of the product itself offers no socket.');
      const knocked = await knocks(reach, offer);
      // Where signatures do not count, tokens need not be tried.
      return knocked.faults.length > 0 ? [knocked] : [knocked, await tokens(reach, call, offer)];
    });
    found.push(await ownDoors(reach), await usedLate(reach));
    return together(found);
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({
      ...reach,
      knock: async () => ({
        status: 101,
        visit: { send: () => {}, next: async () => '{"type":"text"}', leave: () => {} },
      }),
    }),
  },
} satisfies Claim;

/** A handshake that bears no signature of its carrier over its very address must come to nothing. */
async function knocks(reach: Reach, offer: Offer): Promise<Finding> {
  const faults: Fault[] = [];
  const busy: Knocked[] = [];
  let checked = 0;
  for (const [door, otherDoor] of [
    ['stream', 'relay'],
    ['relay', 'stream'],
  ] as const) {
    const url = doorOf(offer, door);
    const path = new URL(url).pathname;
    for (const [how, signature] of Object.entries(forgedFor(reach, url, doorOf(offer, otherDoor)))) {
      const knocked = await reach.knock({ path, headers: signature === undefined ? {} : signedBy(signature) });
      const { status, visit } = knocked;
      visit?.leave();
      checked += 1;
      if (status === 429 || status === 503) busy.push(knocked);
      else if (status !== 403) faults.push({ what: `a socket ${how} was answered ${status}`, where: door });
    }
  }
  // Somebody who is let in at one door says more than that there is no room at the other.
  if (faults.length === 0) busy.forEach(alive);
  return { checked, faults };
}

/** The sockets of our own pages open for a session that counts, from our own origin, and for nothing else. */
async function ownDoors({ origin, random, knock }: Reach): Promise<Finding> {
  const cookie = `sotto=${random.bytes(32).toString('base64url')}`;
  const strangers = {
    'without a session': { origin },
    'with a made-up session': { origin, cookie },
    'from another page': { origin: 'https://elsewhere.example', cookie },
    'from no page': { cookie },
  };
  const faults: Fault[] = [];
  for (const path of ['/api/v1/call', '/api/v1/call/stream']) {
    for (const [how, headers] of Object.entries(strangers)) {
      const { status, visit } = await knock({ path, headers });
      visit?.leave();
      if (status !== 401 && status !== 403)
        faults.push({ what: `a socket ${how} was answered ${status}`, where: path });
    }
  }
  return { checked: 2 * Object.keys(strangers).length, faults };
}

function forgedFor(
  { canary, random }: Reach,
  url: string,
  otherUrl: string,
): Readonly<Record<string, string | undefined>> {
  return {
    'without a signature': undefined,
    'signed with nothing': '',
    'signed with words': 'valid',
    'signed with an empty key': hmac('', url),
    'signed with another key': hmac(random.bytes(16).toString('hex'), url),
    'signed by another account': canary.sign(url),
    'signed for another address': canary.phone.sign(otherUrl),
    'signed as a webhook': canary.phone.sign(url.replace(/^ws/, 'http')),
  };
}

/** The same place, behind the other kind of door. */
function doorOf({ url, door }: Offer, wanted: Offer['door']): string {
  return url.replace(`/${door}/`, `/${wanted}/`);
}

/** The right token comes last but one: what is refused before it must not use it up. */
async function tokens(reach: Reach, { callId }: CanaryCall, offer: Offer): Promise<Finding> {
  const { token } = offer;
  const signature = token.slice(token.lastIndexOf('.') + 1);
  const [organisation, call, turn] = token.split('.');
  const tries = {
    'without a token': { callId },
    'with a forged token': { callId, token: token.replace(signature, signature.split('').toReversed().join('')) },
    'with the token of another turn': { callId, token: `${organisation}.${call}.${Number(turn) + 1}.${signature}` },
    'with the token of another call': { callId: `CA${reach.random.bytes(16).toString('hex')}`, token },
  };
  const faults: Fault[] = [];
  const expect = async (how: string, shown: Shown) => {
    if (await isLetIn(reach, offer, shown)) faults.push({ what: `a socket ${how} was let in`, where: 'relay' });
  };
  for (const [how, shown] of Object.entries(tries)) await expect(how, shown);
  if (!(await isLetIn(reach, offer, { callId, token })))
    throw problem('not-running', 'The right token opened no socket, so nothing can be said of wrong ones.');
  await expect('with a token that was used before', { callId, token });
  return { checked: Object.keys(tries).length + 2, faults };
}

type Shown = { readonly callId: string; readonly token?: string };

/** True when anything is said to whoever shows this; false when the socket is closed for it (1008). */
async function isLetIn(reach: Reach, offer: Offer, { callId, token }: Shown): Promise<boolean> {
  const { visit } = await knockTruly(reach, doorOf(offer, 'relay'));
  visit?.send(
    JSON.stringify({ type: 'setup', callSid: callId, customParameters: token === undefined ? {} : { token } }),
  );
  // Whoever is let in is answered, also where the greeting was spoken before: nothing has to be waited out.
  visit?.send(JSON.stringify({ type: 'prompt', voicePrompt: 'Hello?', lang: 'en-US', last: true }));
  const came = await visit?.next();
  visit?.leave();
  if (typeof came === 'string') return true;
  if (came === 1008) return false;
  throw problem('not-running', `The product closed the socket of the probe with ${came}.`);
}

async function usedLate({ look, clock }: Reach): Promise<Finding> {
  const used = await look.rows<{ id: Id; isLate: boolean }>(sql`
    select c.id, t.used_at > t.expires_at as "isLate" from app.organisations o
    join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
    join app.stream_tokens t on t.organisation_id = c.organisation_id and t.call_id = c.id and t.used_at is not null
    order by c.started_at desc limit 20000`);
  const late = used.filter(({ isLate }) => isLate);
  return {
    checked: used.length,
    faults: late.map(({ id }) => ({ what: 'a token was used after it had expired', where: `call:${id}` })),
  };
}
