import { control, open, shown, yours, type Framework } from '../framework.ts';

const fromOthers = { confidence: 'secondary' } as const;

export default {
  name: { en: 'LFPDPPP (Mexico)', es: 'LFPDPPP (México)', pt: 'LFPDPPP (México)', hi: 'LFPDPPP (मेक्सिको)' },
  edition: {
    en: 'Law of 20 March 2025, which replaced that of 2010',
    es: 'Ley del 20 de marzo de 2025, que sustituyó a la de 2010',
    pt: 'Lei de 20 de março de 2025, que substituiu a de 2010',
    hi: '20 मार्च 2025 का क़ानून, जिसने 2010 वाले की जगह ली',
  },
  kind: 'law',
  binds: ['operator', 'business'],
  applies: {
    en: 'Private businesses in Mexico that decide what data of people is used for, and whoever handles it for them.',
    es: 'Particulares en México que deciden para qué se usan los datos de las personas, y quien los trata por encargo suyo.',
    pt: 'Empresas privadas no México que decidem para que servem os dados das pessoas e quem os trata para elas.',
    hi: 'मेक्सिको के निजी व्यवसाय जो लोगों के डेटा का उपयोग तय करते हैं, और जो उनके लिए उसे संभालते हैं।',
  },
  report: 'lfpdppp-audit',
  source: {
    confidence: 'memory',
    say: {
      en: 'The articles of the new law have other numbers than those of the old one and were not checked but for article 40; where no number is sure, the line has a name instead.',
      es: 'Los artículos de la nueva ley llevan números distintos de los de la anterior y solo se comprobó el artículo 40; donde el número no es seguro, la línea lleva un nombre.',
      pt: 'Os artigos da nova lei têm números diferentes dos da antiga e só o artigo 40 foi conferido; onde o número não é certo, a linha tem um nome.',
      hi: 'नए क़ानून के अनुच्छेदों की संख्याएँ पुराने से अलग हैं और केवल अनुच्छेद 40 जाँचा गया है; जहाँ संख्या निश्चित नहीं, वहाँ पंक्ति का नाम दिया गया है।',
    },
  },
  from: '2025-03-21',
  // oxfmt-ignore
  controls: [
    control('aviso', shown(['disclosure'], 'notice'), { en: 'A privacy notice when data is collected', es: 'Un aviso de privacidad al recoger datos', pt: 'Um aviso de privacidade na coleta de dados', hi: 'डेटा लेते समय निजता सूचना' }, fromOthers),
    control('consentimiento', shown(['purposes'], 'consent'), { en: 'Consent is free, specific and informed', es: 'El consentimiento es libre, específico e informado', pt: 'O consentimento é livre, específico e informado', hi: 'सहमति स्वतंत्र, विशिष्ट और जानकारी के साथ है' }, fromOthers),
    control('finalidad', shown(['purposes', 'noTraining'], 'no-other-use'), { en: 'Other uses need consent of their own', es: 'Otros usos requieren su propio consentimiento', pt: 'Outros usos exigem consentimento próprio', hi: 'अन्य उपयोगों के लिए अलग सहमति चाहिए' }, fromOthers),
    control('conservación', shown(['windows', 'erasing', 'noRemains']), { en: 'Data ends when it is no longer needed', es: 'Los datos acaban cuando ya no se necesitan', pt: 'Os dados acabam quando já não são necessários', hi: 'ज़रूरत न रहने पर डेटा समाप्त होता है' }),
    control('seguridad', shown(['sealed', 'isolation', 'transit', 'signIn']), { en: 'Measures of security', es: 'Medidas de seguridad', pt: 'Medidas de segurança', hi: 'सुरक्षा के उपाय' }),
    control('confidencialidad', shown(['roles'], 'hiring'), { en: 'Everybody who handles data keeps it secret', es: 'Quien maneja datos guarda secreto', pt: 'Quem lida com dados guarda sigilo', hi: 'डेटा सँभालने वाला हर कोई उसे गोपनीय रखता है' }),
    control('vulneración', open('AUD-04', 'breach-notice'), { en: 'People are told of a breach at once', es: 'Se avisa de inmediato a la gente de una brecha', pt: 'As pessoas são avisadas logo de uma violação', hi: 'उल्लंघन की सूचना लोगों को तुरंत दी जाती है' }),
    control('ARCO', open('RET-12', 'requests'), { en: 'Access, correction, erasure, objection', es: 'Acceso, rectificación, cancelación, oposición', pt: 'Acesso, retificação, cancelamento, oposição', hi: 'पहुँच, सुधार, मिटाना, आपत्ति' }),
    control('ARCO, respuesta', open('RET-12', 'requests'), { en: 'An answer within 20 working days', es: 'Respuesta en 20 días hábiles', pt: 'Resposta em 20 dias úteis', hi: '20 कार्य दिवसों में उत्तर' }),
    control('ARCO, ejecución', open('RET-12', 'requests'), { en: 'Done within 15 working days of the answer', es: 'Hecho en 15 días hábiles tras la respuesta', pt: 'Feito em 15 dias úteis após a resposta', hi: 'उत्तर के 15 कार्य दिवसों में पूरा' }),
    control('40', yours('contacts'), { en: 'People can complain to the authority for 15 working days', es: 'La gente puede acudir a la autoridad durante 15 días hábiles', pt: 'As pessoas podem ir à autoridade durante 15 dias úteis', hi: 'लोग 15 कार्य दिवसों तक प्राधिकरण से शिकायत कर सकते हैं' }, { confidence: 'primary'}),
    control('transferencias', shown(['egress'], 'transfers'), { en: 'Passing data on to others', es: 'Transmitir datos a otros', pt: 'Repassar dados a outros', hi: 'डेटा दूसरों को देना' }),
    control('responsable interno', yours('officer'), { en: 'Somebody is named who answers requests', es: 'Se designa a quien responde a las solicitudes', pt: 'Alguém é nomeado para responder aos pedidos', hi: 'अनुरोधों का उत्तर देने वाला नामित है' }),
  ],
} satisfies Framework;
