import { iso, sql, type Tx } from '#base';
import { confirmHandOver, purger } from '#safeguards/retention';
import { canary, plantCall } from '../canary.ts';
import type { Claim } from '../claim.ts';
import { forgottenCalls, handedOverAndHere, looseSettings, somethingLeft } from '../handed-over.ts';

const minute = 60_000;

export default {
  fulfils: ['RET-03'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: "Where a business has chosen so, five minutes after its own system has confirmed that it has a call, what was said in it, its summary, recording and messages and the caller's name are shown nowhere and are destroyed, and of numbers the last four digits are left; these, and all else that is personal, are gone after 30 days at the latest, handed over or not.",
    es: 'Donde el negocio lo ha elegido, cinco minutos después de que su propio sistema confirme que tiene una llamada, lo dicho en ella, su resumen, la grabación, los mensajes y el nombre de quien llamó no se muestran en ningún sitio y se destruyen, y de los números quedan las cuatro últimas cifras; estas, y todo lo demás personal, desaparecen a los 30 días como máximo, se haya entregado o no.',
    pt: 'Onde a empresa assim escolheu, cinco minutos depois de o sistema dela confirmar que tem uma chamada, o que foi dito, o resumo, a gravação, os recados e o nome de quem ligou não aparecem em lugar nenhum e são destruídos, e dos números restam os quatro últimos dígitos; estes, e tudo o mais que é pessoal, somem em no máximo 30 dias, entregues ou não.',
    hi: 'जहाँ व्यवसाय ने ऐसा चुना है, वहाँ उसके अपने तंत्र के किसी कॉल की पुष्टि करने के पाँच मिनट बाद उसमें कही गई बातें, सारांश, रिकॉर्डिंग, संदेश और कॉल करने वाले का नाम कहीं नहीं दिखते और नष्ट किए जाते हैं, और नंबर के केवल अंतिम चार अंक बचते हैं; ये और बाकी सब निजी अधिकतम 30 दिन में जाता है, सौंपा गया हो या नहीं।',
  },
  how: {
    en: 'The last digits are written down, under a key of their own, when the hand-over is confirmed. From the fifth minute on no page and no answer shows more; within seconds the keys are destroyed, and the rows keep times and how things stand. A contact stays while another call of theirs is not handed over, and what is under a legal hold stays, unshown. The check looks for anything handed over more than six minutes ago under such a setting that is still there (recordings: an hour, should their store be away; the first quarter of an hour after the setting was changed does not count), for words or whole numbers in what was forgotten, for digits that outlive their call, and that the setting of this name really is five minutes and 30 days. It holds no key, so it cannot see that one is destroyed.',
    es: 'Las últimas cifras se anotan, con una clave propia, al confirmarse la entrega. Desde el quinto minuto ninguna página ni respuesta muestra más; en segundos se destruyen las claves, y las filas conservan horas y estados. Un contacto queda mientras otra llamada suya no se haya entregado, y lo sujeto a una retención legal queda, sin mostrarse. La comprobación busca todo lo entregado hace más de seis minutos con ese ajuste y que siga ahí (grabaciones: una hora, por si su almacén no responde; el primer cuarto de hora tras cambiar el ajuste no cuenta), palabras o números enteros en lo olvidado, cifras que sobrevivan a su llamada, y que el ajuste de ese nombre sea de verdad de cinco minutos y 30 días. No tiene ninguna clave, así que no puede ver que una se ha destruido.',
    pt: 'Os últimos dígitos são anotados, sob uma chave própria, quando a entrega é confirmada. A partir do quinto minuto nenhuma página e nenhuma resposta mostra mais que isso; em segundos as chaves são destruídas, e as linhas guardam horários e a situação. Um contato fica enquanto outra chamada dele não foi entregue, e o que está sob retenção legal fica, sem ser mostrado. A verificação procura qualquer coisa entregue há mais de seis minutos sob essa configuração que ainda exista (gravações: uma hora, caso o armazenamento esteja fora do ar; o primeiro quarto de hora após a mudança da configuração não conta), palavras ou números inteiros no que foi esquecido, dígitos que sobrevivem à sua chamada, e se a configuração com esse nome é mesmo de cinco minutos e 30 dias. Ela não tem chave, portanto não pode ver que uma foi destruída.',
    hi: 'सौंपने की पुष्टि होते ही अंतिम अंक अपनी अलग कुंजी के नीचे लिख लिए जाते हैं। पाँचवें मिनट से कोई पृष्ठ और कोई उत्तर अधिक नहीं दिखाता; कुछ सेकंड में कुंजियाँ नष्ट होती हैं, और पंक्तियाँ समय और स्थिति रखती हैं। संपर्क तब तक रहता है जब तक उसकी कोई दूसरी कॉल सौंपी नहीं गई, और कानूनी रोक वाला बिना दिखे रहता है। जाँच ढूँढती है: ऐसी सेटिंग में छह मिनट से पहले सौंपा हुआ जो अब भी है (रिकॉर्डिंग: एक घंटा, यदि भंडार उपलब्ध न हो; सेटिंग बदलने का पहला चौथाई घंटा नहीं गिना जाता), भुलाए गए में शब्द या पूरे नंबर, कॉल से अधिक जीने वाले अंक, और यह कि इस नाम की सेटिंग सचमुच पाँच मिनट और 30 दिन की है। उसके पास कुंजी नहीं, इसलिए वह किसी कुंजी का नष्ट होना नहीं देख सकती।',
  },
  yourself: {
    en: 'Choose the setting sync-and-purge, ring a line, say POST /api/v1/calls/{id}/hand-over for the call and read it five minutes later: the number is ***-***- and four digits, and nothing else of the caller is there.',
    es: 'Elija el ajuste sync-and-purge, llame a una línea, envíe POST /api/v1/calls/{id}/hand-over para la llamada y léala cinco minutos después: el número es ***-***- y cuatro cifras, y no hay nada más de quien llamó.',
    pt: 'Escolha a configuração sync-and-purge, ligue para uma linha, faça POST /api/v1/calls/{id}/hand-over para a chamada e leia-a cinco minutos depois: o número é ***-***- e quatro dígitos, e não há mais nada de quem ligou.',
    hi: 'सेटिंग sync-and-purge चुनें, किसी लाइन पर कॉल करें, उस कॉल के लिए POST /api/v1/calls/{id}/hand-over करें और पाँच मिनट बाद पढ़ें: नंबर ***-***- और चार अंक है, और कॉल करने वाले का और कुछ नहीं।',
  },
  kept: [confirmHandOver, purger, 'migrations/0026-hand-over.sql'],
  every: 15 * minute,
  async probe({ look, clock }) {
    const now = clock.now();
    const faults = [
      ...(await handedOverAndHere(look, now)),
      ...(await somethingLeft(look)),
      ...(await looseSettings(look)),
    ];
    const checked = (await forgottenCalls(look)) + faults.length;
    return { checked, faults, ...(checked === 0 && { idle: 'nothing-handed-over' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = reach.clock.now();
      const call = await plantCall(tx, reach, { state: 'ended', startedAt: now - 20 * minute });
      await tx.run(sql`
        update app.calls set finished_at = ended_at, handed_over_at = ${iso(now - 10 * minute)}
        where organisation_id = ${canary} and id = ${call}`);
      await plantSetting(tx, now);
    },
  },
} satisfies Claim;

/** That setting for the canary, chosen an hour ago. */
async function plantSetting(tx: Tx, now: number): Promise<void> {
  await tx.run(sql`
    insert into app.keepings (organisation_id, version, preset, windows, after_hand_over_ms, gone_to, changed_at, changed_by)
    select ${canary}, coalesce(max(version), 0) + 1, 'sync-and-purge',
      (select jsonb_object_agg(rule, jsonb_build_object('ms', 2592000000))
        from unnest(array['recordings', 'calls', 'messages', 'people', 'leads', 'appointments']) rule),
      300000,
      (select jsonb_object_agg(rule, '1970-01-01T00:00:00.000Z')
        from unnest(array['recordings', 'calls', 'messages', 'people', 'leads', 'appointments', 'handOver']) rule),
      ${iso(now - 60 * minute)}, 'system'
    from app.keepings where organisation_id = ${canary}`);
}
