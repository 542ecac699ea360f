import type { Language } from '../claim.ts';

type Words = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly keys: { readonly title: string; readonly says: string; readonly none: string };
  readonly head: { readonly title: string; readonly says: string; readonly none: string };
  readonly origin: string;
  readonly size: string;
  readonly signed: string;
  readonly checks: { readonly title: string };
  readonly live: string;
  readonly exported: string;
  readonly again: string;
  readonly evidence: string;
  readonly certificate: string;
  readonly witness: { readonly title: string; readonly says: string };
  readonly addresses: string;
  readonly address: string;
  readonly what: string;
  readonly keysAt: string;
  readonly checkpointAt: string;
  readonly tilesAt: string;
};

/** The words of the page on checking the audit log. */
export const logWords: { readonly [L in Language]: Words } = {
  en: {
    title: 'How to verify the audit log',
    short: 'Audit log',
    intro:
      'Whatever is done here leaves an entry in a log that can only grow. Its heads are signed every minute. Who has two of them can tell whether anything in between was changed, deleted, moved or dated back, with nothing but the public keys.',
    keys: {
      title: 'Public keys',
      says: 'Keep them apart from this page. Whoever could change the page could change the keys on it.',
      none: 'The log has not begun yet: its first head is signed a minute after the first entry.',
    },
    head: {
      title: 'Newest head',
      says: 'One leaf for every signed head of every organisation. It names nobody.',
      none: 'Nothing has been signed yet.',
    },
    origin: 'Name of the log',
    size: 'Heads in it',
    signed: 'Signed',
    checks: { title: 'Check it offline' },
    live: 'The log of this installation, as it is published:',
    exported:
      'An export of one organisation, made by an owner or admin, in a process that knows no database and no secret:',
    again: 'Later again, with what was seen the last time, so that a log that was swapped or cut is found:',
    evidence: 'The last proof of a promise on these pages:',
    certificate: 'A certificate of deletion:',
    witness: {
      title: 'Be a witness',
      says: 'A witness signs each head that follows from the one it saw before, and refuses one that does not. Anyone can run one:',
    },
    addresses: 'Addresses, after the C2SP specifications tlog-checkpoint and tlog-tiles',
    address: 'Address',
    what: 'What lies there',
    keysAt: 'The keys',
    checkpointAt: 'The newest signed head of the tree of heads',
    tilesAt: 'The hashes of that tree',
  },
  es: {
    title: 'Cómo verificar el registro de auditoría',
    short: 'Registro de auditoría',
    intro:
      'Todo lo que se hace aquí deja una entrada en un registro que solo puede crecer. Sus cabezas se firman cada minuto. Quien tiene dos de ellas puede saber si entre ambas se cambió, borró, movió o antedató algo, solo con las claves públicas.',
    keys: {
      title: 'Claves públicas',
      says: 'Guárdelas aparte de esta página. Quien pudiera cambiar la página podría cambiar las claves que hay en ella.',
      none: 'El registro aún no ha empezado: su primera cabeza se firma un minuto después de la primera entrada.',
    },
    head: {
      title: 'Cabeza más reciente',
      says: 'Una hoja por cada cabeza firmada de cada organización. No nombra a nadie.',
      none: 'Aún no se ha firmado nada.',
    },
    origin: 'Nombre del registro',
    size: 'Cabezas que contiene',
    signed: 'Firmada',
    checks: { title: 'Compruébelo sin conexión' },
    live: 'El registro de esta instalación, tal como se publica:',
    exported:
      'Una exportación de una organización, hecha por un propietario o administrador, en un proceso que no conoce base de datos ni secreto alguno:',
    again: 'Más tarde otra vez, con lo que se vio la última, para descubrir un registro cambiado o recortado:',
    evidence: 'La última prueba de una promesa de estas páginas:',
    certificate: 'Un certificado de borrado:',
    witness: {
      title: 'Sea testigo',
      says: 'Un testigo firma cada cabeza que se sigue de la que vio antes, y rechaza la que no. Cualquiera puede tener uno:',
    },
    addresses: 'Direcciones, según las especificaciones C2SP tlog-checkpoint y tlog-tiles',
    address: 'Dirección',
    what: 'Qué hay allí',
    keysAt: 'Las claves',
    checkpointAt: 'La cabeza firmada más reciente del árbol de cabezas',
    tilesAt: 'Los hashes de ese árbol',
  },
  pt: {
    title: 'Como verificar o registro de auditoria',
    short: 'Registro de auditoria',
    intro:
      'Tudo o que se faz aqui deixa uma entrada em um registro que só pode crescer. Suas cabeças são assinadas a cada minuto. Quem tem duas delas consegue saber se algo entre elas foi alterado, apagado, movido ou antedatado, só com as chaves públicas.',
    keys: {
      title: 'Chaves públicas',
      says: 'Guarde-as separadas desta página. Quem pudesse alterar a página poderia alterar as chaves que estão nela.',
      none: 'O registro ainda não começou: sua primeira cabeça é assinada um minuto após a primeira entrada.',
    },
    head: {
      title: 'Cabeça mais recente',
      says: 'Uma folha para cada cabeça assinada de cada organização. Não identifica ninguém.',
      none: 'Nada foi assinado ainda.',
    },
    origin: 'Nome do registro',
    size: 'Cabeças nele',
    signed: 'Assinada',
    checks: { title: 'Verifique sem conexão' },
    live: 'O registro desta instalação, como é publicado:',
    exported:
      'Uma exportação de uma organização, feita por um proprietário ou administrador, em um processo que não conhece banco de dados nem segredo algum:',
    again: 'Mais tarde de novo, com o que se viu da última vez, para descobrir um registro trocado ou cortado:',
    evidence: 'A última comprovação de uma promessa destas páginas:',
    certificate: 'Um certificado de exclusão:',
    witness: {
      title: 'Seja testemunha',
      says: 'Uma testemunha assina cada cabeça que decorre da que viu antes, e recusa a que não decorre. Qualquer pessoa pode ter uma:',
    },
    addresses: 'Endereços, conforme as especificações C2SP tlog-checkpoint e tlog-tiles',
    address: 'Endereço',
    what: 'O que há ali',
    keysAt: 'As chaves',
    checkpointAt: 'A cabeça assinada mais recente da árvore de cabeças',
    tilesAt: 'Os hashes dessa árvore',
  },
  hi: {
    title: 'ऑडिट लॉग की जाँच कैसे करें',
    short: 'ऑडिट लॉग',
    intro:
      'यहाँ जो कुछ किया जाता है वह ऐसे लॉग में दर्ज होता है जो केवल बढ़ सकता है। उसके शीर्षों पर हर मिनट हस्ताक्षर होते हैं। जिसके पास ऐसे दो शीर्ष हों, वह केवल सार्वजनिक कुंजियों से बता सकता है कि बीच में कुछ बदला, मिटाया, खिसकाया या पिछली तारीख़ में डाला गया या नहीं।',
    keys: {
      title: 'सार्वजनिक कुंजियाँ',
      says: 'इन्हें इस पृष्ठ से अलग रखें। जो इस पृष्ठ को बदल सके, वह इस पर लिखी कुंजियाँ भी बदल सकता है।',
      none: 'लॉग अभी शुरू नहीं हुआ है: पहली प्रविष्टि के एक मिनट बाद पहले शीर्ष पर हस्ताक्षर होते हैं।',
    },
    head: {
      title: 'सबसे नया शीर्ष',
      says: 'हर संगठन के हर हस्ताक्षरित शीर्ष के लिए एक पत्ती। इसमें किसी का नाम नहीं है।',
      none: 'अभी तक किसी पर हस्ताक्षर नहीं हुए हैं।',
    },
    origin: 'लॉग का नाम',
    size: 'इसमें शीर्ष',
    signed: 'हस्ताक्षर का समय',
    checks: { title: 'ऑफ़लाइन जाँचें' },
    live: 'इस इंस्टॉलेशन का लॉग, जैसा वह प्रकाशित है:',
    exported:
      'किसी संगठन का निर्यात, जिसे उसका स्वामी या व्यवस्थापक बनाता है; जाँचने वाली प्रक्रिया के पास न डेटाबेस होता है, न कोई रहस्य:',
    again: 'बाद में फिर, पिछली बार देखे हुए के साथ, ताकि बदला या काटा गया लॉग पकड़ा जाए:',
    evidence: 'इन पृष्ठों के किसी वादे का पिछला प्रमाण:',
    certificate: 'मिटाए जाने का प्रमाण-पत्र:',
    witness: {
      title: 'साक्षी बनें',
      says: 'साक्षी हर उस शीर्ष पर हस्ताक्षर करता है जो उसके पहले देखे शीर्ष से निकलता है, और बाकी को अस्वीकार करता है। कोई भी साक्षी चला सकता है:',
    },
    addresses: 'पते, C2SP विनिर्देश tlog-checkpoint और tlog-tiles के अनुसार',
    address: 'पता',
    what: 'वहाँ क्या है',
    keysAt: 'कुंजियाँ',
    checkpointAt: 'शीर्षों के वृक्ष का सबसे नया हस्ताक्षरित शीर्ष',
    tilesAt: 'उस वृक्ष के हैश',
  },
};
