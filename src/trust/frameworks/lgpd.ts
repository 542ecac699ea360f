import { control, open, outOfScope, shown, yours, type Framework } from '../framework.ts';

const fromOthers = { confidence: 'secondary' } as const;

export default {
  name: { en: 'LGPD (Brazil)', es: 'LGPD (Brasil)', pt: 'LGPD', hi: 'LGPD (ब्राज़ील)' },
  edition: {
    en: 'Law 13.709/2018, and Resolution 15/2024 (Res.) of the authority',
    es: 'Ley 13.709/2018 y Resolución 15/2024 (Res.) de la autoridad',
    pt: 'Lei nº 13.709/2018 e Resolução CD/ANPD nº 15/2024 (Res.)',
    hi: 'क़ानून 13.709/2018 और प्राधिकरण का संकल्प 15/2024 (Res.)',
  },
  kind: 'law',
  binds: ['operator', 'business'],
  applies: {
    en: 'Businesses whose callers are in Brazil decide what the data is for; whoever runs this installation for them processes it on their behalf.',
    es: 'Los negocios a los que se llama desde Brasil deciden para qué son los datos; quien opera esta instalación para ellos los trata por su cuenta.',
    pt: 'Os negócios que recebem ligações do Brasil são controladores dos dados; quem opera esta instalação para eles é o operador.',
    hi: 'जिन व्यवसायों को ब्राज़ील से कॉल आते हैं वे डेटा का उद्देश्य तय करते हैं; जो उनके लिए यह इंस्टॉलेशन चलाता है वह उनकी ओर से उसे संसाधित करता है।',
  },
  report: 'lgpd-audit',
  source: {
    confidence: 'memory',
    say: {
      en: 'The clocks come from pages of law firms and a public body; the other articles are from memory and not verified.',
      es: 'Los plazos vienen de páginas de bufetes y de un organismo público; los demás artículos son de memoria y no están verificados.',
      pt: 'Os prazos vêm de páginas de escritórios de advocacia e de um órgão público; os demais artigos são de memória e não foram verificados.',
      hi: 'समय-सीमाएँ विधि फर्मों और एक सार्वजनिक निकाय के पृष्ठों से हैं; बाकी अनुच्छेद स्मृति से हैं, सत्यापित नहीं।',
    },
  },
  // oxfmt-ignore
  controls: [
    control('6', shown(['purposes', 'little', 'windows'], 'basis'), { en: 'Principles: purpose, need, openness, safety', es: 'Principios: finalidad, necesidad, transparencia, protección', pt: 'Princípios: finalidade, necessidade, transparência, proteção', hi: 'सिद्धांत: उद्देश्य, आवश्यकता, पारदर्शिता, सुरक्षा' }),
    control('7', yours('basis'), { en: 'Something allows each use', es: 'Algo permite cada uso', pt: 'Algo permite cada uso', hi: 'हर उपयोग का कोई आधार है' }),
    control('8', shown(['purposes'], 'consent'), { en: 'Consent can be proven and taken back', es: 'El consentimiento se puede probar y retirar', pt: 'O consentimento pode ser provado e retirado', hi: 'सहमति दिखाई और वापस ली जा सकती है' }),
    control('9', shown(['disclosure'], 'notice'), { en: 'People find out how their data is used', es: 'La gente puede saber cómo se usan sus datos', pt: 'As pessoas ficam sabendo como seus dados são usados', hi: 'लोग जान पाते हैं कि उनका डेटा कैसे उपयोग होता है' }),
    control('11', yours('sensitive'), { en: 'Sensitive data', es: 'Datos sensibles', pt: 'Dados sensíveis', hi: 'संवेदनशील डेटा' }),
    control('14', yours('children'), { en: 'Children and adolescents', es: 'Niños y adolescentes', pt: 'Crianças e adolescentes', hi: 'बच्चे और किशोर' }),
    control('15, 16', shown(['windows', 'erasing', 'noRemains']), { en: 'Use ends, and data is erased then', es: 'El uso acaba y entonces los datos se borran', pt: 'O uso acaba, e então os dados são apagados', hi: 'उपयोग समाप्त होता है, और तब डेटा मिटाया जाता है' }),
    control('18', open('RET-12', 'requests'), { en: 'Rights: access, correction, erasure, taking along', es: 'Derechos: acceso, corrección, borrado, portabilidad', pt: 'Direitos: acesso, correção, exclusão, portabilidade', hi: 'अधिकार: पहुँच, सुधार, मिटाना, साथ ले जाना' }),
    control('19 I', open('RET-12', 'requests'), { en: 'A short answer about what there is, at once', es: 'Una respuesta breve sobre lo que hay, enseguida', pt: 'Uma resposta curta sobre o que há, de imediato', hi: 'क्या रखा है, इसका छोटा उत्तर तुरंत' }),
    control('19 II', open('RET-12', 'requests'), { en: 'A full answer within 15 days', es: 'Una respuesta completa en 15 días', pt: 'Uma resposta completa em 15 dias', hi: '15 दिनों में पूरा उत्तर' }, fromOthers),
    control('20', outOfScope('no-decisions'), { en: 'Review of decisions by machine', es: 'Revisión de decisiones de una máquina', pt: 'Revisão de decisões de uma máquina', hi: 'मशीन के निर्णयों की समीक्षा' }),
    control('33', shown(['egress'], 'transfers'), { en: 'Transfers abroad', es: 'Transferencias al extranjero', pt: 'Transferências para o exterior', hi: 'विदेश भेजना' }),
    control('37', shown(['dataMap'], 'records'), { en: 'Record of processing', es: 'Registro de tratamientos', pt: 'Registro de tratamento', hi: 'संसाधन का अभिलेख' }),
    control('38', yours('impact'), { en: 'Assessment of impact when asked for', es: 'Evaluación de impacto cuando se pide', pt: 'Avaliação de impacto quando pedida', hi: 'माँगे जाने पर प्रभाव का आकलन' }),
    control('39', shown(['windows', 'purposes'], 'customer-contracts'), { en: 'Whoever helps follows instructions', es: 'Quien ayuda sigue instrucciones', pt: 'Quem ajuda segue instruções', hi: 'सहायक निर्देशों का पालन करता है' }),
    control('41', yours('officer'), { en: 'Somebody is named who answers for data', es: 'Se designa a quien responde de los datos', pt: 'Alguém é nomeado para responder pelos dados', hi: 'डेटा के लिए उत्तरदायी व्यक्ति नामित है' }),
    control('46', shown(['sealed', 'isolation', 'transit', 'signIn']), { en: 'Measures of security', es: 'Medidas de seguridad', pt: 'Medidas de segurança', hi: 'सुरक्षा के उपाय' }),
    control('Res. 6', open('AUD-04', 'breach-notice'), { en: 'Authority and people hear of an incident in 3 working days', es: 'Autoridad y personas conocen un incidente en 3 días hábiles', pt: 'Autoridade e pessoas sabem de um incidente em 3 dias úteis', hi: 'प्राधिकरण और लोगों को घटना की सूचना 3 कार्य दिवसों में' }, fromOthers),
    control('Res. 10', open('AUD-04', 'breach-notice'), { en: 'A register of incidents is kept for 5 years', es: 'Se guarda un registro de incidentes 5 años', pt: 'Um registro de incidentes é guardado por 5 anos', hi: 'घटनाओं का अभिलेख 5 वर्ष रखा जाता है' }, fromOthers),
    control('49', shown(['isolation', 'roles', 'auditLog']), { en: 'Systems are built for security', es: 'Los sistemas se construyen para la seguridad', pt: 'Os sistemas são construídos para a segurança', hi: 'प्रणालियाँ सुरक्षा के लिए बनाई जाती हैं' }),
    control('50', yours('policies'), { en: "Good practice and rules of one's own", es: 'Buenas prácticas y reglas propias', pt: 'Boas práticas e regras próprias', hi: 'अच्छी कार्यप्रणाली और अपने नियम' }),
  ],
} satisfies Framework;
