import type { FlowPart } from '../flow-state.ts';
import type { Language } from '../claim.ts';

type Words = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly call: string;
  readonly caller: { readonly name: string; readonly says: string };
  readonly calls: string;
  readonly browser: { readonly name: string; readonly says: string };
  readonly ours: { readonly name: string; readonly says: string; readonly hosting: string };
  readonly scripted: { readonly name: string; readonly says: string };
  readonly gets: string;
  readonly where: string;
  readonly also: { readonly title: string; readonly says: string; readonly none: string };
  readonly parts: { readonly [P in FlowPart]: string };
  readonly announced: string;
  readonly nobodyElse: string;
};

/** The words of the data flow. */
export const flowWords: { readonly [L in Language]: Words } = {
  en: {
    title: 'Where data goes',
    short: 'Data flow',
    intro:
      'Drawn from what is switched on in this installation at this moment. Whoever is not named here gets nothing: the program refuses to dial any other host.',
    call: 'The way of a call',
    caller: { name: 'Caller', says: 'A person with a telephone.' },
    calls: 'Voice and number, over the telephone network',
    browser: {
      name: 'No telephone company is connected',
      says: 'Calls come from the browser of somebody who is signed in, or are made up by the demonstration.',
    },
    ours: {
      name: 'This installation',
      says: 'What is said, names and numbers are sealed before they are stored. The keys lie apart from the database.',
      hosting: 'Machines and networks',
    },
    scripted: {
      name: 'The scripted receptionist',
      says: 'Answers on this machine. Nothing leaves it for that.',
    },
    gets: 'Gets',
    where: 'Where',
    also: {
      title: 'Besides a call',
      says: 'Who else gets something of this installation.',
      none: 'Nobody else gets anything.',
    },
    parts: {
      'carrier': 'Telephone company',
      'model': 'Language model',
      'objects': 'Recordings, sealed',
      'mail': 'Mail',
      'sign-in': 'Signing in',
      'keys': 'Root key',
      'telemetry': 'Figures of operation',
      'other': 'Other',
    },
    announced: 'announced, gets nothing yet',
    nobodyElse: 'Every company in full, with agreements, certificates and every version of the list',
  },
  es: {
    title: 'A dónde van los datos',
    short: 'Flujo de datos',
    intro:
      'Dibujado a partir de lo que está encendido en esta instalación en este momento. Quien no se nombra aquí no recibe nada: el programa se niega a conectar con cualquier otro servidor.',
    call: 'El camino de una llamada',
    caller: { name: 'Quien llama', says: 'Una persona con un teléfono.' },
    calls: 'Voz y número, por la red telefónica',
    browser: {
      name: 'Ninguna compañía telefónica está conectada',
      says: 'Las llamadas vienen del navegador de alguien que ha entrado, o las inventa la demostración.',
    },
    ours: {
      name: 'Esta instalación',
      says: 'Lo que se dice, los nombres y los números se sellan antes de guardarse. Las claves están aparte de la base de datos.',
      hosting: 'Máquinas y redes',
    },
    scripted: {
      name: 'La recepcionista con guion',
      says: 'Responde en esta máquina. Para ello nada sale de ella.',
    },
    gets: 'Recibe',
    where: 'Dónde',
    also: {
      title: 'Además de la llamada',
      says: 'Quién más recibe algo de esta instalación.',
      none: 'Nadie más recibe nada.',
    },
    parts: {
      'carrier': 'Compañía telefónica',
      'model': 'Modelo de lenguaje',
      'objects': 'Grabaciones, selladas',
      'mail': 'Correo',
      'sign-in': 'Inicio de sesión',
      'keys': 'Clave raíz',
      'telemetry': 'Cifras de funcionamiento',
      'other': 'Otros',
    },
    announced: 'anunciada, aún no recibe nada',
    nobodyElse: 'Cada empresa en detalle, con acuerdos, certificados y todas las versiones de la lista',
  },
  pt: {
    title: 'Para onde vão os dados',
    short: 'Fluxo de dados',
    intro:
      'Desenhado a partir do que está ligado nesta instalação neste momento. Quem não é citado aqui não recebe nada: o programa se recusa a contatar qualquer outro servidor.',
    call: 'O caminho de uma ligação',
    caller: { name: 'Quem liga', says: 'Uma pessoa com um telefone.' },
    calls: 'Voz e número, pela rede telefônica',
    browser: {
      name: 'Nenhuma operadora de telefonia está conectada',
      says: 'As ligações vêm do navegador de alguém que entrou no sistema, ou são criadas pela demonstração.',
    },
    ours: {
      name: 'Esta instalação',
      says: 'O que é dito, nomes e números são lacrados antes de serem guardados. As chaves ficam separadas do banco de dados.',
      hosting: 'Máquinas e redes',
    },
    scripted: {
      name: 'A recepcionista roteirizada',
      says: 'Responde nesta máquina. Para isso nada sai dela.',
    },
    gets: 'Recebe',
    where: 'Onde',
    also: {
      title: 'Além da ligação',
      says: 'Quem mais recebe algo desta instalação.',
      none: 'Mais ninguém recebe nada.',
    },
    parts: {
      'carrier': 'Operadora de telefonia',
      'model': 'Modelo de linguagem',
      'objects': 'Gravações, lacradas',
      'mail': 'E-mail',
      'sign-in': 'Entrada no sistema',
      'keys': 'Chave raiz',
      'telemetry': 'Números de operação',
      'other': 'Outros',
    },
    announced: 'anunciada, ainda não recebe nada',
    nobodyElse: 'Cada empresa em detalhe, com acordos, certificados e todas as versões da lista',
  },
  hi: {
    title: 'डेटा कहाँ जाता है',
    short: 'डेटा प्रवाह',
    intro:
      'इस इंस्टॉलेशन में इस समय जो चालू है, उसी से बना है। जिसका नाम यहाँ नहीं है उसे कुछ नहीं मिलता: प्रोग्राम किसी और सर्वर से जुड़ने से इनकार करता है।',
    call: 'एक कॉल का रास्ता',
    caller: { name: 'कॉल करने वाला', says: 'फ़ोन वाला एक व्यक्ति।' },
    calls: 'आवाज़ और नंबर, टेलीफ़ोन नेटवर्क से',
    browser: {
      name: 'कोई टेलीफ़ोन कंपनी जुड़ी नहीं है',
      says: 'कॉल किसी साइन-इन व्यक्ति के ब्राउज़र से आती हैं, या प्रदर्शन द्वारा बनाई जाती हैं।',
    },
    ours: {
      name: 'यह इंस्टॉलेशन',
      says: 'कही गई बातें, नाम और नंबर सहेजने से पहले मुहरबंद किए जाते हैं। कुंजियाँ डेटाबेस से अलग रहती हैं।',
      hosting: 'मशीनें और नेटवर्क',
    },
    scripted: {
      name: 'लिखित पटकथा वाली रिसेप्शनिस्ट',
      says: 'इसी मशीन पर उत्तर देती है। इसके लिए कुछ बाहर नहीं जाता।',
    },
    gets: 'क्या मिलता है',
    where: 'कहाँ',
    also: {
      title: 'कॉल के अलावा',
      says: 'इस इंस्टॉलेशन से और किसे कुछ मिलता है।',
      none: 'और किसी को कुछ नहीं मिलता।',
    },
    parts: {
      'carrier': 'टेलीफ़ोन कंपनी',
      'model': 'भाषा मॉडल',
      'objects': 'रिकॉर्डिंग, मुहरबंद',
      'mail': 'ईमेल',
      'sign-in': 'साइन इन',
      'keys': 'मूल कुंजी',
      'telemetry': 'संचालन के आँकड़े',
      'other': 'अन्य',
    },
    announced: 'घोषित, अभी कुछ नहीं मिलता',
    nobodyElse: 'हर कंपनी पूरे विवरण में, समझौतों, प्रमाण-पत्रों और सूची के हर संस्करण के साथ',
  },
};
