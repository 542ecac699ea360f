import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Erasures and their certificates',
    es: 'Supresiones y sus certificados',
    pt: 'Apagamentos e seus certificados',
    hi: 'मिटाने के अनुरोध और उनके प्रमाणपत्र',
  },
  subject: 'business',
  purpose: {
    en: 'To finish what somebody asked to have erased, to show that it was, and to notice if any of it came back from a backup. Ids, times, counts and keyed hashes; nothing of the person.',
    es: 'Terminar lo que alguien pidió suprimir, demostrar que se hizo y notar si algo volviera de una copia de seguridad. Ids, horas, recuentos y hashes con clave; nada de la persona.',
    pt: 'Concluir o que alguém pediu para apagar, mostrar que foi apagado e notar se algo voltou de um backup. Ids, horários, contagens e hashes com chave; nada da pessoa.',
    hi: 'किसी के मिटवाने के अनुरोध को पूरा करने, यह दिखाने कि हो गया, और बैकअप से कुछ लौटे तो पहचानने के लिए। आईडी, समय, गिनती और कुंजीबद्ध हैश; व्यक्ति का कुछ नहीं।',
  },
  covers: ['app.erasures.*', 'app.erasure_targets.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
