import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Documents of outside parties about this installation or its providers',
    es: 'Documentos de terceros sobre esta instalación o sus proveedores',
    pt: 'Documentos de terceiros sobre esta instalação ou seus fornecedores',
    hi: 'इस इंस्टॉलेशन या इसके प्रदाताओं के बारे में बाहरी पक्षों के दस्तावेज़',
  },
  subject: 'installation',
  purpose: {
    en: 'To show reports of auditors and testers, and only while they are in date.',
    es: 'Mostrar informes de auditores y analistas, y solo mientras estén vigentes.',
    pt: 'Mostrar relatórios de auditores e testadores, e só enquanto estiverem vigentes.',
    hi: 'लेखा परीक्षकों और परीक्षकों की रिपोर्टें दिखाना, और केवल तब तक जब तक वे मान्य हैं।',
  },
  covers: ['app.attestations.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'Until the operator takes a document away: its file goes at once, its dates and its hash stay.',
      es: 'Hasta que el operador retire un documento: su archivo se borra al momento; sus fechas y su hash quedan.',
      pt: 'Até que o operador retire um documento: o arquivo é apagado na hora; suas datas e seu hash ficam.',
      hi: 'जब तक संचालक दस्तावेज़ हटा न दे: फ़ाइल तुरंत मिटती है, उसकी तारीखें और हैश रहते हैं।',
    },
  },
  ends: ['value'],
} satisfies Rule;
