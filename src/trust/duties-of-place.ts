/** The machines, the rooms they stand in, and the companies behind them. */
export const dutiesOfPlace = {
  'premises': {
    en: 'Lock and watch the rooms in which the machine stands, or have the hosting company show that it does.',
    es: 'Cierre y vigile las salas donde está la máquina, o pida a la empresa de alojamiento que demuestre que lo hace.',
    pt: 'Tranque e vigie as salas onde fica a máquina, ou peça à empresa de hospedagem que comprove que o faz.',
    hi: 'जहाँ मशीन रखी है उन कमरों को बंद और निगरानी में रखें, या होस्टिंग कंपनी से इसका प्रमाण लें।',
  },
  'hosting': {
    en: 'Provide power, cooling, room on the disk and a second way in, and watch that they suffice.',
    es: 'Asegure electricidad, refrigeración, espacio en disco y una segunda vía de acceso, y vigile que basten.',
    pt: 'Providencie energia, refrigeração, espaço em disco e um segundo acesso, e acompanhe se são suficientes.',
    hi: 'बिजली, शीतलन, डिस्क में जगह और दूसरा संपर्क मार्ग रखें और देखते रहें कि वे पर्याप्त हैं।',
  },
  'devices': {
    en: 'Encrypt and lock the computers and telephones with which people sign in, at home and on the way too.',
    es: 'Cifre y bloquee los ordenadores y teléfonos con los que se entra, también en casa y de viaje.',
    pt: 'Criptografe e bloqueie os computadores e telefones usados para entrar, inclusive em casa e em viagem.',
    hi: 'जिन कंप्यूटरों और फ़ोनों से लोग साइन इन करते हैं उन्हें एन्क्रिप्ट और लॉक रखें, घर पर और यात्रा में भी।',
  },
  'media': {
    en: 'Keep a list of disks and backups, and erase or destroy them before they leave your hands.',
    es: 'Lleve una lista de discos y copias y bórrelos o destrúyalos antes de que salgan de sus manos.',
    pt: 'Mantenha uma lista de discos e backups e apague-os ou destrua-os antes que saiam das suas mãos.',
    hi: 'डिस्क और बैकअप की सूची रखें और हाथ से जाने से पहले उन्हें मिटाएँ या नष्ट करें।',
  },
  'backups': {
    en: 'Back up the database and the keystore apart from each other, and try restoring them regularly.',
    es: 'Haga copias de la base de datos y del almacén de claves por separado y pruebe a restaurarlas con regularidad.',
    pt: 'Faça backups do banco de dados e do cofre de chaves separadamente e teste a restauração regularmente.',
    hi: 'डेटाबेस और कुंजी-भंडार का बैकअप एक-दूसरे से अलग रखें और उन्हें बहाल करने का नियमित परीक्षण करें।',
  },
  'continuity': {
    en: 'Plan how calls are taken while the program is down, and practise it.',
    es: 'Planifique cómo se atienden las llamadas si el programa no funciona, y practíquelo.',
    pt: 'Planeje como as chamadas serão atendidas se o programa parar e pratique.',
    hi: 'योजना बनाएँ कि प्रोग्राम बंद होने पर कॉल कैसे ली जाएँगी, और उसका अभ्यास करें।',
  },
  'malware': {
    en: 'Keep foreign software off the machine, and have something there that notices it.',
    es: 'Mantenga software ajeno fuera de la máquina y tenga algo que lo detecte.',
    pt: 'Mantenha software estranho fora da máquina e tenha algo que o detecte.',
    hi: 'मशीन पर बाहरी सॉफ़्टवेयर न आने दें और उसे पहचानने का साधन रखें।',
  },
  'network': {
    en: 'Put the machine behind a firewall that opens the one port it needs, apart from other networks.',
    es: 'Ponga la máquina tras un cortafuegos que abra solo el puerto necesario, separada de otras redes.',
    pt: 'Coloque a máquina atrás de um firewall que abra só a porta necessária, separada de outras redes.',
    hi: 'मशीन को ऐसे फ़ायरवॉल के पीछे रखें जो केवल आवश्यक पोर्ट खोले, और दूसरे नेटवर्क से अलग रखें।',
  },
  'clock': {
    en: 'Have the clock of the machine set by a time service.',
    es: 'Haga que un servicio horario ajuste el reloj de la máquina.',
    pt: 'Faça com que um serviço de hora acerte o relógio da máquina.',
    hi: 'मशीन की घड़ी किसी समय-सेवा से मिलवाएँ।',
  },
  'machine': {
    en: 'Write down how the machine is set up, close what is not used, and change the passwords it came with.',
    es: 'Anote cómo está configurada la máquina, cierre lo que no se usa y cambie las contraseñas de fábrica.',
    pt: 'Registre como a máquina está configurada, feche o que não é usado e troque as senhas de fábrica.',
    hi: 'लिखें कि मशीन कैसे व्यवस्थित है, जो उपयोग में नहीं उसे बंद करें और साथ आए पासवर्ड बदलें।',
  },
  'scans': {
    en: 'Have an approved scanning vendor test the site of your checkout every quarter and after larger changes.',
    es: 'Haga que un proveedor de escaneo aprobado examine el sitio de su pago cada trimestre y tras cambios grandes.',
    pt: 'Contrate um fornecedor de varredura aprovado para testar o site do seu pagamento a cada trimestre e após mudanças maiores.',
    hi: 'किसी स्वीकृत स्कैनिंग विक्रेता से अपनी भुगतान साइट की हर तिमाही और बड़े बदलाव के बाद जाँच कराएँ।',
  },
  'monitoring': {
    en: 'Have somebody told when the program stops answering or a promise on this page fails.',
    es: 'Haga que se avise a alguien cuando el programa deje de responder o falle una promesa de esta página.',
    pt: 'Faça com que alguém seja avisado quando o programa parar de responder ou uma promessa desta página falhar.',
    hi: 'व्यवस्था करें कि प्रोग्राम के उत्तर न देने या इस पृष्ठ का कोई वादा टूटने पर किसी को सूचना मिले।',
  },
  'vendor-contracts': {
    en: 'Have a contract with every provider you connect that binds it to secrecy, security and deletion.',
    es: 'Tenga con cada proveedor que conecte un contrato que lo obligue a confidencialidad, seguridad y borrado.',
    pt: 'Tenha com cada fornecedor conectado um contrato que o obrigue a sigilo, segurança e exclusão.',
    hi: 'जुड़े हुए हर प्रदाता से ऐसा अनुबंध रखें जो उसे गोपनीयता, सुरक्षा और विलोपन के लिए बाध्य करे।',
  },
  'vendor-review': {
    en: 'Look at each provider before you connect it, and at its reports once a year.',
    es: 'Examine a cada proveedor antes de conectarlo, y sus informes una vez al año.',
    pt: 'Avalie cada fornecedor antes de conectá-lo e seus relatórios uma vez por ano.',
    hi: 'हर प्रदाता को जोड़ने से पहले परखें और वर्ष में एक बार उसकी रिपोर्टें देखें।',
  },
  'card-split': {
    en: 'Write down which duties about cards are yours and which are those of the payment provider.',
    es: 'Anote qué obligaciones sobre tarjetas son suyas y cuáles del proveedor de pagos.',
    pt: 'Registre quais obrigações sobre cartões são suas e quais são do provedor de pagamentos.',
    hi: 'लिखें कि कार्ड संबंधी कौन-से दायित्व आपके हैं और कौन-से भुगतान प्रदाता के।',
  },
  'inventory': {
    en: 'Keep a list of machines, accounts and data, with somebody who answers for each.',
    es: 'Lleve una lista de máquinas, cuentas y datos, con un responsable de cada uno.',
    pt: 'Mantenha uma lista de máquinas, contas e dados, com um responsável por cada item.',
    hi: 'मशीनों, खातों और डेटा की सूची रखें और हर एक का उत्तरदायी व्यक्ति तय करें।',
  },
} as const;
