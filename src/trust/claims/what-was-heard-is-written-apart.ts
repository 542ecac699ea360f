import { iso, problem, sql, type Id } from '#base';
import { carrierSockets } from '#secretary/calls';
import { plantCall, plantEntry } from '../canary.ts';
import { inCanaryCall, knockTruly } from '../canary-call.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';

const day = 24 * 60 * 60_000;

export default {
  fulfils: ['OURS-06'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'What the assistant meant to say and what the caller heard of it are written down apart: a sentence that was interrupted counts as heard only as far as it was spoken.',
    es: 'Lo que el asistente quiso decir y lo que la persona oyó de ello se anotan por separado: una frase interrumpida solo cuenta como oída hasta donde se pronunció.',
    pt: 'O que o assistente quis dizer e o que a pessoa ouviu disso são anotados à parte: uma frase interrompida conta como ouvida só até onde foi falada.',
    hi: 'सहायक ने जो कहना चाहा और कॉल करने वाले ने उसमें से जो सुना, दोनों अलग लिखे जाते हैं: बीच में टूटा वाक्य उतना ही सुना गिना जाता है जितना बोला गया।',
  },
  how: {
    en: 'The product calls itself, interrupts its own greeting after two words and looks at the transcript. The words there are sealed, but sealing keeps their length: the greeting must be written down as long as it was meant, and as heard only as long as those two words. Then it looks at every transcript of the last 24 hours: nothing may be longer as heard than as meant.',
    es: 'El producto se llama a sí mismo, interrumpe su propio saludo tras dos palabras y mira la transcripción. Las palabras están cifradas, pero el cifrado conserva su longitud: el saludo debe constar tan largo como se quiso decir y, como oído, solo tan largo como esas dos palabras. Después mira cada transcripción de las últimas 24 horas: nada puede ser más largo como oído que como dicho.',
    pt: 'O produto liga para si mesmo, interrompe a própria saudação depois de duas palavras e olha a transcrição. As palavras ali estão seladas, mas o selo conserva o comprimento: a saudação deve estar anotada tão longa quanto pretendida e, como ouvida, apenas tão longa quanto essas duas palavras. Depois olha cada transcrição das últimas 24 horas: nada pode ser mais longo como ouvido do que como pretendido.',
    hi: 'उत्पाद स्वयं को कॉल करता है, दो शब्दों के बाद अपने ही अभिवादन को टोकता है और प्रतिलेख देखता है। वहाँ शब्द मुहरबंद हैं, पर मुहर लंबाई रखती है: अभिवादन उतना लंबा लिखा होना चाहिए जितना अभिप्रेत था, और सुना हुआ केवल उन दो शब्दों जितना। फिर वह पिछले 24 घंटों का हर प्रतिलेख देखता है: कुछ भी सुने रूप में अभिप्रेत से लंबा न हो।',
  },
  yourself: {
    en: 'Ring one of your lines, speak into a long answer, and open the call: the sentence stands there as it was meant, and beside it as far as you heard it.',
    es: 'Llame a una de sus líneas, interrumpa una respuesta larga y abra la llamada: la frase figura como se quiso decir y, al lado, hasta donde usted la oyó.',
    pt: 'Ligue para uma das suas linhas, fale no meio de uma resposta longa e abra a chamada: a frase está ali como foi pretendida e, ao lado, até onde você a ouviu.',
    hi: 'अपनी किसी लाइन पर कॉल करें, लंबे उत्तर के बीच बोलें और कॉल खोलें: वाक्य वहाँ जैसा अभिप्रेत था वैसा है, और पास में जितना आपने सुना।',
  },
  kept: [carrierSockets],
  every: 60 * 60_000,
  async probe(reach) {
    return together([await interrupted(reach), await transcripts(reach)]);
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const at = reach.clock.now();
      const call = await plantCall(tx, reach, { state: 'live', startedAt: at });
      const entry = { seq: 0, at, speaker: 'agent', kind: 'speech' } as const;
      await plantEntry(tx, reach, call, { ...entry, meantBytes: 20, heardBytes: 21 });
    },
  },
} satisfies Claim;

/** The product's own telephone, its greeting cut off after two words. */
async function interrupted(reach: Reach): Promise<Finding> {
  return inCanaryCall(reach, reach.canary.phone.number, async ({ callId, offer }) => {
    if (offer?.door !== 'relay') throw problem('not-running', 'The telephone of the product itself offers no text.');
    const { visit } = await knockTruly(reach, offer.url);
    visit?.send(JSON.stringify({ type: 'setup', callSid: callId, customParameters: { token: offer.token } }));
    const meant = spokenIn(await visit?.next());
    const heard = meant.split(' ').slice(0, 2).join(' ');
    visit?.send(JSON.stringify({ type: 'interrupt', utteranceUntilInterrupt: heard }));
    // No message of the relay: it ends the socket, and only once everything before it is written down.
    visit?.send('over');
    while (typeof (await visit?.next()) === 'string');
    return compared(reach, { callId, meant, heard });
  });
}

function spokenIn(message: string | number | undefined): string {
  const said: unknown = typeof message === 'string' ? JSON.parse(message) : undefined;
  const words = typeof said === 'object' && said !== null && 'token' in said ? said.token : undefined;
  if (typeof words === 'string' && words.trim().includes(' ')) return words;
  throw problem('not-running', 'The product did not greet its own call.');
}

type Words = { readonly callId: string; readonly meant: string; readonly heard: string };

async function compared({ look }: Reach, { callId, meant, heard }: Words): Promise<Finding> {
  const [greeting] = await look.rows<{ id: Id; meant: number | null; heard: number | null }>(sql`
    select c.id, octet_length(e.meant) as meant, octet_length(e.heard) as heard from app.organisations o
    join app.calls c on c.organisation_id = o.id and c.carrier = 'emulator' and c.carrier_call_id = ${callId}
    join app.call_entries e on e.organisation_id = c.organisation_id and e.call_id = c.id
    where o.kind = 'canary' and e.speaker = 'agent' and e.kind = 'speech' order by e.seq limit 1`);
  const where = greeting ? `call:${greeting.id}` : 'call_entries';
  if (!greeting?.meant)
    return { checked: 1, faults: [{ what: 'a greeting that was spoken is not written down', where }] };
  const faults: Fault[] = [];
  if (greeting.heard === null)
    faults.push({ what: 'how far an interrupted sentence was heard is not written down', where });
  else if (greeting.meant - greeting.heard !== Buffer.byteLength(meant) - Buffer.byteLength(heard))
    faults.push({ what: 'an interrupted sentence is written down as heard to another length', where });
  return { checked: 1, faults };
}

async function transcripts({ look, clock }: Reach): Promise<Finding> {
  const { checked } = await look.one<{ checked: number }>(sql`
    select count(*) as checked from app.organisations o
    join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
    join app.call_entries e on e.organisation_id = c.organisation_id and e.call_id = c.id and e.speaker = 'agent'`);
  const wrong = await look.rows<{ id: Id; isLonger: boolean }>(sql`
    select c.id, e.meant is not null as "isLonger" from app.organisations o
    join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
    join app.call_entries e on e.organisation_id = c.organisation_id and e.call_id = c.id and e.speaker = 'agent'
    where e.meant is null or octet_length(e.heard) > octet_length(e.meant) limit 1000`);
  const faults = wrong.map(({ id, isLonger }) => ({
    what: isLonger
      ? 'more is written down as heard than was meant'
      : 'words of the assistant are not written down as meant',
    where: `call:${id}`,
  }));
  return { checked, faults };
}
