import { iso, sql, type Id } from '#base';
import { liveDesk } from '#secretary/calls';
import { plantCall } from '../canary.ts';
import type { Claim } from '../claim.ts';

const day = 24 * 60 * 60_000;
/** What must have happened by then has happened, and is in the books. */
const settledMs = 30_000;
const silentMs = 10_000;

export default {
  fulfils: ['OURS-08'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'A call goes on when the model that holds it is lost: within ten seconds the caller is spoken to again.',
    es: 'Una llamada continúa cuando se pierde el modelo que la atiende: en diez segundos se vuelve a hablar a quien llama.',
    pt: 'Uma chamada continua quando o modelo que a conduz se perde: em até dez segundos voltam a falar com quem ligou.',
    hi: 'जो मॉडल कॉल सँभाल रहा है वह खो जाए तो भी कॉल चलती है: दस सेकंड के भीतर कॉल करने वाले से फिर बात की जाती है।',
  },
  how: {
    en: 'A model that fails is connected to or asked again with the conversation so far. If that does not help, the receptionist that needs no provider takes over the same call. The check looks at every call of the last 24 hours whose model was lost for good at least 30 seconds ago: the assistant must have spoken within ten seconds of the loss, unless the caller hung up before, and the call must not have ended as failed.',
    es: 'A un modelo que falla se le vuelve a conectar o a preguntar con la conversación mantenida hasta entonces. Si no basta, la recepcionista que no necesita ningún proveedor se hace cargo de la misma llamada. La comprobación mira cada llamada de las últimas 24 horas cuyo modelo se perdió del todo hace al menos 30 segundos: el asistente debe haber hablado en los diez segundos siguientes, salvo que la persona colgara antes, y la llamada no puede haber terminado como fallida.',
    pt: 'Um modelo que falha é reconectado ou consultado de novo com a conversa até ali. Se isso não ajuda, o recepcionista que não precisa de fornecedor assume a mesma chamada. A verificação olha cada chamada das últimas 24 horas cujo modelo se perdeu de vez há pelo menos 30 segundos: o assistente deve ter falado em até dez segundos após a perda, a menos que a pessoa tenha desligado antes, e a chamada não pode ter terminado como falha.',
    hi: 'विफल मॉडल से अब तक की बातचीत के साथ फिर जुड़ा या पूछा जाता है। यदि उससे काम न चले, तो बिना प्रदाता वाला स्वागतकर्ता वही कॉल सँभालता है। जाँच पिछले 24 घंटों की हर उस कॉल को देखती है जिसका मॉडल कम से कम 30 सेकंड पहले पूरी तरह खो गया: सहायक को दस सेकंड में बोलना चाहिए, जब तक कॉल करने वाले ने पहले न रख दिया हो, और कॉल विफल के रूप में समाप्त नहीं होनी चाहिए।',
  },
  yourself: {
    en: 'Ring one of your lines that talks through a speech model, cut the connection of this machine to the provider in the middle of the call, and go on talking.',
    es: 'Llame a una de sus líneas que hable con un modelo de voz, corte en plena llamada la conexión de esta máquina con el proveedor y siga hablando.',
    pt: 'Ligue para uma das suas linhas que fala por um modelo de fala, corte no meio da chamada a conexão desta máquina com o fornecedor e continue falando.',
    hi: 'वाक् मॉडल से बोलने वाली अपनी किसी लाइन पर कॉल करें, बीच में इस मशीन का प्रदाता से संपर्क काटें और बात करते रहें।',
  },
  kept: [liveDesk],
  every: 15 * 60_000,
  async probe({ look, clock }) {
    const now = clock.now();
    const rows = await look.rows<{ id: Id; isSilent: boolean; hasFailed: boolean }>(sql`
      select c.id,
        not exists (
          select from app.call_entries e
          where e.organisation_id = c.organisation_id and e.call_id = c.id and e.speaker = 'agent' and e.kind = 'speech'
            and e.at >= c.model_lost_at and e.at <= c.model_lost_at + ${silentMs} * interval '1 millisecond')
        and not (coalesce(c.end_reason, '') = 'caller-hung-up'
          and c.ended_at <= c.model_lost_at + ${silentMs} * interval '1 millisecond') as "isSilent",
        coalesce(c.end_reason = 'failed' and c.ended_at <= c.model_lost_at + ${settledMs} * interval '1 millisecond', false)
          as "hasFailed"
      from app.organisations o
      join app.calls c on c.organisation_id = o.id
        and c.model_lost_at between ${iso(now - day)} and ${iso(now - settledMs)}
      order by c.model_lost_at desc limit 20000`);
    const faults = rows.flatMap(({ id, isSilent, hasFailed }) => [
      ...(isSilent ? [{ what: 'nobody spoke to the caller after the model was lost', where: `call:${id}` }] : []),
      ...(hasFailed ? [{ what: 'the call failed when its model was lost', where: `call:${id}` }] : []),
    ]);
    return { checked: rows.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const lostAt = reach.clock.now() - 60_000;
      await plantCall(tx, reach, { state: 'ended', startedAt: lostAt, modelLostAt: lostAt, endReason: 'failed' });
    },
  },
} satisfies Claim;
