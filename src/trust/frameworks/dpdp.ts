import { control, open, outOfScope, shown, yours, type Framework } from '../framework.ts';

/** Read on other people's pages: the rules that were published in November 2025 count from this day on. */
const duties = '2027-05-13';

export default {
  name: { en: 'DPDP (India)', es: 'DPDP (India)', pt: 'DPDP (Índia)', hi: 'डीपीडीपी (भारत)' },
  edition: {
    en: 'Digital Personal Data Protection Act 2023 and Rules 2025 (R)',
    es: 'Ley de protección de datos personales digitales de 2023 y reglamento de 2025 (R)',
    pt: 'Lei de proteção de dados pessoais digitais de 2023 e regulamento de 2025 (R)',
    hi: 'डिजिटल व्यक्तिगत डेटा संरक्षण अधिनियम 2023 और नियम 2025 (R)',
  },
  kind: 'law',
  binds: ['operator', 'business'],
  applies: {
    en: 'Businesses that decide what data of people in India is used for; whoever runs this installation for them is their processor. Most duties bind nobody yet.',
    es: 'Los negocios que deciden para qué se usan datos de personas en la India; quien opera esta instalación para ellos es su encargado. La mayoría de las obligaciones aún no obligan a nadie.',
    pt: 'Os negócios que decidem para que servem dados de pessoas na Índia; quem opera esta instalação para eles é o operador dos dados. A maioria das obrigações ainda não obriga ninguém.',
    hi: 'वे व्यवसाय जो भारत के लोगों के डेटा का उपयोग तय करते हैं; जो उनके लिए यह इंस्टॉलेशन चलाता है वह उनका डेटा प्रोसेसर है। अधिकांश दायित्व अभी किसी पर लागू नहीं हैं।',
  },
  report: 'dpdp-audit',
  source: {
    confidence: 'secondary',
    say: {
      en: 'Sections of the act as listed by others; numbers of the rules (R) and the day they begin come from press and law firms, one of which says 14 May 2027.',
      es: 'Secciones de la ley según listas ajenas; los números del reglamento (R) y el día en que empieza vienen de prensa y bufetes, uno de los cuales dice 14 de mayo de 2027.',
      pt: 'Seções da lei conforme listas de terceiros; os números do regulamento (R) e o dia em que começa vêm da imprensa e de escritórios, um dos quais diz 14 de maio de 2027.',
      hi: 'अधिनियम की धाराएँ दूसरों की सूचियों के अनुसार हैं; नियमों (R) की संख्याएँ और लागू होने की तिथि समाचारों और विधि फर्मों से हैं, जिनमें से एक 14 मई 2027 बताती है।',
    },
  },
  from: duties,
  // oxfmt-ignore
  controls: [
    control('4', yours('basis'), { en: 'Consent or a lawful use stands behind everything', es: 'Todo se apoya en un consentimiento o un uso lícito', pt: 'Tudo se apoia em consentimento ou uso lícito', hi: 'हर बात के पीछे सहमति या वैध उपयोग है' }),
    control('5', shown(['disclosure'], 'notice'), { en: 'A notice item by item, in Indian languages too', es: 'Un aviso punto por punto, también en lenguas de la India', pt: 'Um aviso item por item, também em línguas da Índia', hi: 'मद-दर-मद सूचना, भारतीय भाषाओं में भी' }),
    control('6', shown(['purposes'], 'consent'), { en: 'Consent is free and can be taken back as easily', es: 'El consentimiento es libre y se retira con igual facilidad', pt: 'O consentimento é livre e se retira com a mesma facilidade', hi: 'सहमति स्वतंत्र है और उतनी ही आसानी से वापस ली जा सकती है' }),
    control('7', yours('basis'), { en: 'Lawful uses without consent', es: 'Usos lícitos sin consentimiento', pt: 'Usos lícitos sem consentimento', hi: 'सहमति के बिना वैध उपयोग' }),
    control('8(1)', yours('customer-contracts'), { en: 'Whoever decides answers for those who help', es: 'Quien decide responde de quienes le ayudan', pt: 'Quem decide responde por quem o ajuda', hi: 'जो निर्णय लेता है, वह अपने सहायकों के लिए उत्तरदायी है' }),
    control('8(2)', shown(['egress'], 'vendor-contracts'), { en: 'Helpers only under a contract', es: 'Ayudantes solo con contrato', pt: 'Ajudantes só com contrato', hi: 'सहायक केवल अनुबंध के साथ' }),
    control('8(3)', shown(['heard'], 'correction'), { en: 'Data that decides or is passed on is right', es: 'Los datos que deciden o se transmiten son correctos', pt: 'Os dados que decidem ou são repassados estão corretos', hi: 'निर्णय करने वाला या आगे दिया जाने वाला डेटा सही है' }),
    control('8(4)', shown(['isolation', 'roles', 'purposes'], 'policies'), { en: 'Measures, technical and of the organisation', es: 'Medidas técnicas y organizativas', pt: 'Medidas técnicas e organizacionais', hi: 'तकनीकी और संगठनात्मक उपाय' }),
    control('8(5)', shown(['sealed', 'isolation', 'transit', 'signIn']), { en: 'Reasonable safeguards', es: 'Protecciones razonables', pt: 'Proteções razoáveis', hi: 'उचित सुरक्षा उपाय' }),
    control('8(6)', open('AUD-04', 'breach-notice'), { en: 'The Board and each person are told of a breach', es: 'La autoridad y cada persona se enteran de una brecha', pt: 'A autoridade e cada pessoa são avisadas de uma violação', hi: 'उल्लंघन की सूचना बोर्ड और हर व्यक्ति को दी जाती है' }),
    control('8(7)', shown(['windows', 'erasing', 'erasedOutside']), { en: 'Erased when the purpose is over, by helpers too', es: 'Borrado al acabar la finalidad, también por ayudantes', pt: 'Apagado quando a finalidade acaba, também por ajudantes', hi: 'उद्देश्य पूरा होने पर मिटाना, सहायकों के यहाँ भी' }),
    control('8(9)', yours('officer'), { en: 'It is published whom to ask', es: 'Se publica a quién preguntar', pt: 'Está publicado a quem perguntar', hi: 'किससे पूछें, यह प्रकाशित है' }),
    control('8(10)', open('RET-12', 'requests'), { en: 'Complaints are settled', es: 'Las quejas se resuelven', pt: 'As reclamações são resolvidas', hi: 'शिकायतों का निपटारा होता है' }),
    control('9', yours('children'), { en: 'Children: a parent agrees, nobody tracks', es: 'Menores: un progenitor acepta, nadie rastrea', pt: 'Crianças: um dos pais concorda, ninguém rastreia', hi: 'बच्चे: माता-पिता सहमति देते हैं, कोई पीछा नहीं करता' }),
    control('10', yours('impact'), { en: 'More for those who are named significant', es: 'Más para quienes se declaran importantes', pt: 'Mais para quem é declarado significativo', hi: 'महत्वपूर्ण घोषित लोगों के लिए अधिक दायित्व' }),
    control('11', open('RET-12', 'requests'), { en: 'People see what there is and who got it', es: 'La gente ve qué hay y quién lo recibió', pt: 'As pessoas veem o que há e quem recebeu', hi: 'लोग देखते हैं कि क्या रखा है और किसे मिला' }),
    control('12', shown(['erasing', 'erasedOutside'], 'correction'), { en: 'Correction and erasure', es: 'Corrección y borrado', pt: 'Correção e exclusão', hi: 'सुधार और मिटाना' }),
    control('13', open('RET-12', 'requests'), { en: 'People can complain', es: 'La gente puede quejarse', pt: 'As pessoas podem reclamar', hi: 'लोग शिकायत कर सकते हैं' }),
    control('14', open('RET-12', 'requests'), { en: 'People can name somebody to act for them', es: 'La gente puede nombrar a quien actúe por ella', pt: 'As pessoas podem nomear quem aja por elas', hi: 'लोग अपनी ओर से किसी को नामित कर सकते हैं' }),
    control('16', shown(['egress'], 'transfers'), { en: 'Countries to which data may not go', es: 'Países a los que los datos no pueden ir', pt: 'Países para onde os dados não podem ir', hi: 'वे देश जहाँ डेटा नहीं जा सकता' }),
    control('R3', yours('notice'), { en: 'What the notice looks like', es: 'Cómo es el aviso', pt: 'Como é o aviso', hi: 'सूचना कैसी दिखती है' }),
    control('R4', outOfScope('no-consent-manager'), { en: 'Consent managers', es: 'Gestores de consentimiento', pt: 'Gestores de consentimento', hi: 'सहमति प्रबंधक' }, { from: '2026-11-13' }),
    control('R6', shown(['sealed', 'keys', 'auditLog']), { en: 'Encryption, logs of access kept for a year', es: 'Cifrado, registros de acceso guardados un año', pt: 'Criptografia, registros de acesso guardados por um ano', hi: 'कूटलेखन, पहुँच के लॉग एक वर्ष तक' }),
    control('R7', open('AUD-04', 'breach-notice'), { en: 'What a breach notice says, details in 72 hours', es: 'Qué dice el aviso de una brecha, detalles en 72 horas', pt: 'O que diz o aviso de violação, detalhes em 72 horas', hi: 'उल्लंघन की सूचना में क्या होता है, ब्योरा 72 घंटों में' }),
    control('R8', shown(['windows'], 'notice'), { en: 'How long data is kept, and a word before it ends', es: 'Cuánto se guardan los datos, y un aviso antes del fin', pt: 'Por quanto tempo os dados ficam, e um aviso antes do fim', hi: 'डेटा कब तक रहता है, और अंत से पहले सूचना' }),
    control('R10', yours('children'), { en: 'How a parent is asked', es: 'Cómo se pregunta a un progenitor', pt: 'Como um dos pais é consultado', hi: 'माता-पिता से कैसे पूछा जाता है' }),
    control('R13', yours('impact'), { en: 'Yearly assessment and audit of significant ones', es: 'Evaluación y auditoría anual de los importantes', pt: 'Avaliação e auditoria anual dos significativos', hi: 'महत्वपूर्ण लोगों का वार्षिक आकलन और ऑडिट' }),
    control('R14', open('RET-12', 'requests'), { en: 'How and by when requests are answered is published', es: 'Se publica cómo y cuándo se responde a las solicitudes', pt: 'Está publicado como e até quando os pedidos são respondidos', hi: 'अनुरोधों का उत्तर कैसे और कब तक, यह प्रकाशित है' }),
    control('R15', yours('transfers'), { en: 'Transfers abroad', es: 'Transferencias al extranjero', pt: 'Transferências para o exterior', hi: 'विदेश भेजना' }),
  ],
} satisfies Framework;
