import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What companies outside had to delete, and whether they did',
    es: 'Lo que empresas externas tenían que borrar, y si lo hicieron',
    pt: 'O que empresas de fora tinham de apagar, e se apagaram',
    hi: 'बाहरी कंपनियों को क्या मिटाना था, और मिटाया या नहीं',
  },
  subject: 'business',
  purpose: {
    en: 'To have deleted elsewhere what was deleted here, to look until it is gone, and to show that it was. Ids, times and states, and the names that those companies give to calls, which mean nothing once they are gone; nothing of the person.',
    es: 'Hacer borrar en otros sitios lo borrado aquí, mirar hasta que haya desaparecido y demostrarlo. Ids, horas y estados, y los nombres que esas empresas dan a las llamadas, que nada significan una vez borradas; nada de la persona.',
    pt: 'Fazer apagar em outros lugares o que foi apagado aqui, olhar até que suma e mostrar que sumiu. Ids, horários e estados, e os nomes que essas empresas dão às chamadas, que nada significam depois que elas somem; nada da pessoa.',
    hi: 'यहाँ मिटाए को अन्यत्र मिटवाने, जाने तक देखने और यह दिखाने के लिए। आईडी, समय और स्थितियाँ, और वे नाम जो ये कंपनियाँ कॉल को देती हैं, जो मिटने पर निरर्थक हैं; व्यक्ति का कुछ नहीं।',
  },
  covers: ['app.processor_erasures.*', 'app.processor_notices.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
