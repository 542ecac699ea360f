import { control, open, type Control, type Framework } from '../framework.ts';
import gdpr from './gdpr.ts';

/** The articles kept their numbers when the law was taken over; that is remembered, not looked up. */
const takenOver: readonly Control[] = gdpr.controls.map((one: Control) => ({ ...one, confidence: 'memory' }));

export default {
  name: {
    en: 'UK GDPR and Data Protection Act',
    es: 'RGPD y ley de datos del Reino Unido',
    pt: 'RGPD e lei de dados do Reino Unido',
    hi: 'UK GDPR और डेटा संरक्षण अधिनियम',
  },
  edition: {
    en: 'UK GDPR and Data Protection Act 2018 (DPA), as amended in 2025',
    es: 'UK GDPR y Data Protection Act 2018 (DPA), con los cambios de 2025',
    pt: 'UK GDPR e Data Protection Act 2018 (DPA), com as mudanças de 2025',
    hi: 'UK GDPR और Data Protection Act 2018 (DPA), 2025 के संशोधनों सहित',
  },
  kind: 'law',
  binds: ['operator', 'business'],
  applies: {
    en: 'As the GDPR, for businesses whose callers are in the United Kingdom.',
    es: 'Como el RGPD, para negocios a los que se llama desde el Reino Unido.',
    pt: 'Como o RGPD, para negócios que recebem ligações do Reino Unido.',
    hi: 'GDPR की तरह, उन व्यवसायों के लिए जिन्हें यूनाइटेड किंगडम से कॉल आते हैं।',
  },
  report: 'uk-gdpr-audit',
  source: {
    confidence: 'secondary',
    say: {
      en: 'The two sections that are new come from law firms. That the other articles kept their European numbers is from memory and not verified.',
      es: 'Las dos secciones nuevas vienen de bufetes. Que los demás artículos conservan su número europeo es de memoria y no está verificado.',
      pt: 'As duas seções novas vêm de escritórios de advocacia. Que os demais artigos mantiveram o número europeu é de memória e não foi verificado.',
      hi: 'दो नई धाराएँ विधि फर्मों से ली गई हैं। बाकी अनुच्छेदों की यूरोपीय संख्याएँ वही रहीं, यह स्मृति से है और सत्यापित नहीं।',
    },
  },
  // oxfmt-ignore
  controls: [
    control('12A', open('RET-12', 'requests'), { en: 'The clock of a request stops while an answer is awaited', es: 'El plazo de una solicitud se detiene mientras se espera respuesta', pt: 'O prazo de um pedido para enquanto se espera resposta', hi: 'उत्तर की प्रतीक्षा में अनुरोध की घड़ी रुकती है' }, { from: '2026-02-05'}),
    control('DPA 164A', open('RET-12', 'requests'), { en: 'Complaints are acknowledged within 30 days', es: 'Las quejas se confirman en 30 días', pt: 'As reclamações são confirmadas em 30 dias', hi: 'शिकायतों की प्राप्ति 30 दिनों में बताई जाती है' }, { from: '2026-06-19'}),
    ...takenOver,
  ],
} satisfies Framework;
