import { iso, newId, sql } from '#base';
import { converse } from '#adapters/carriers';
import { otherCanary } from '../canary.ts';
import { openVisits } from '../canary-visitor.ts';
import type { Claim, Fault } from '../claim.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

export default {
  fulfils: ['OURS-09'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'Once an hour a whole call goes through this installation in under a minute, played by the carrier and the receptionist that ship with the program and need no key and no network.',
    es: 'Una vez por hora pasa por esta instalación una llamada entera en menos de un minuto, con el operador y la recepcionista que vienen con el programa y no necesitan ni clave ni red.',
    pt: 'Uma vez por hora uma chamada inteira passa por esta instalação em menos de um minuto, com a operadora e a recepcionista que vêm com o programa e não precisam de chave nem de rede.',
    hi: 'हर घंटे एक पूरी कॉल एक मिनट से कम में इस इंस्टॉलेशन से गुज़रती है, प्रोग्राम के साथ आने वाले वाहक और रिसेप्शनिस्ट से, जिन्हें न कुंजी चाहिए न नेटवर्क।',
  },
  how: {
    en: 'The program rings a telephone of its own, leaves a message and books an appointment, and writes down when that began, when it ended, and whether all of it came about. The check reads the calls of the last day that were not broken off by a stop. The same by hand is the command demo.',
    es: 'El programa llama a un teléfono propio, deja un recado y reserva una cita, y anota cuándo empezó, cuándo acabó y si todo llegó a ocurrir. La comprobación lee las llamadas del último día que no cortó una parada. Lo mismo, a mano, es la orden demo.',
    pt: 'O programa liga para um telefone próprio, deixa um recado e marca um compromisso, e anota quando começou, quando terminou e se tudo aconteceu. A verificação lê as chamadas do último dia que não foram cortadas por uma parada. O mesmo, à mão, é o comando demo.',
    hi: 'प्रोग्राम अपने ही टेलीफ़ोन पर कॉल करता है, संदेश छोड़ता और अपॉइंटमेंट लिखवाता है, और लिखता है कि यह कब शुरू हुआ, कब समाप्त हुआ और सब हुआ या नहीं। जाँच पिछले दिन की वे कॉल पढ़ती है जो रुकने से नहीं कटीं। हाथ से यही काम demo कमांड करती है।',
  },
  yourself: {
    en: 'Take the machine off the network and run ./sotto demo: a whole call with transcript, appointment and receipts.',
    es: 'Desconecte la máquina de la red y ejecute ./sotto demo: una llamada entera con transcripción, cita y comprobantes.',
    pt: 'Tire a máquina da rede e execute ./sotto demo: uma chamada inteira com transcrição, compromisso e comprovantes.',
    hi: 'मशीन को नेटवर्क से हटाएँ और ./sotto demo चलाएँ: प्रतिलेख, अपॉइंटमेंट और रसीदों सहित पूरी कॉल।',
  },
  kept: [openVisits, converse],
  every: 60 * minute,
  async probe({ look, clock }) {
    const visits = await look.rows<{ number: number; how: string; ms: number }>(sql`
      select number, how, extract(epoch from ended_at - begun_at) * 1000 as ms from app.canary_visits
      where organisation_id = ${otherCanary} and ended_at is not null and how <> 'broken-off'
        and begun_at > ${iso(clock.now() - day)} order by begun_at desc limit 100`);
    const faults = visits.flatMap(({ number, how, ms }): Fault[] => {
      const where = `call ${number}`;
      if (how !== 'whole') return [{ what: 'something did not come about', where }];
      return Number(ms) < minute ? [] : [{ what: `it took ${Math.round(Number(ms) / 1_000)} seconds`, where }];
    });
    return { checked: visits.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = reach.clock.now();
      await tx.run(sql`
        insert into app.canary_visits (organisation_id, id, number, begun_at, ended_at, how)
        values (${otherCanary}, ${newId(reach)}, 1000000, ${iso(now - 2 * minute)}, ${iso(now)}, 'whole')`);
    },
  },
} satisfies Claim;
