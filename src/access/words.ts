import { ruleOf, type Permission } from './matrix.ts';

/** What a permission allows, in the languages of the Trust Center; each completes "may …", as the line of the matrix does. */
export type PermissionWords = { readonly en: string; readonly es: string; readonly pt: string; readonly hi: string };

/** English stands in the matrix itself. A permission without its line here does not compile. */
const elsewhere: { readonly [P in Permission]: Omit<PermissionWords, 'en'> } = {
  'calls:read': {
    es: 'ver las llamadas: cuándo, con qué agente, cómo terminaron, cuánto se esperó',
    pt: 'ver as chamadas: quando, com qual agente, como terminaram, quanto tempo se esperou',
    hi: 'कॉल देखना: कब, किस एजेंट के साथ, कैसे समाप्त हुई, कॉल करने वाले ने कितनी प्रतीक्षा की',
  },
  'transcripts:read': {
    es: 'leer lo que se dijo en una llamada, su resumen y el número del que vino',
    pt: 'ler o que foi dito em uma chamada, seu resumo e o número de origem',
    hi: 'कॉल में कही गई बातें, उसका सारांश और वह नंबर पढ़ना जिससे कॉल आई',
  },
  'recordings:read': { es: 'escuchar grabaciones', pt: 'ouvir gravações', hi: 'रिकॉर्डिंग सुनना' },
  'calls:write': {
    es: 'asignar una llamada a una persona',
    pt: 'atribuir uma chamada a uma pessoa',
    hi: 'कॉल किसी व्यक्ति को सौंपना',
  },
  'calls:hand-over': {
    es: 'indicar que una llamada se entregó a otro sistema',
    pt: 'indicar que uma chamada foi entregue a outro sistema',
    hi: 'बताना कि कॉल किसी दूसरे सिस्टम को सौंप दी गई',
  },
  'numbers:read': {
    es: 'ver números de teléfono completos',
    pt: 'ver números de telefone completos',
    hi: 'पूरे टेलीफ़ोन नंबर देखना',
  },
  'calls:try': {
    es: 'llamar a la secretaria desde el navegador',
    pt: 'ligar para a secretária pelo navegador',
    hi: 'ब्राउज़र से सचिव को कॉल करना',
  },
  'leads:read': { es: 'ver contactos comerciales', pt: 'ver contatos comerciais', hi: 'लीड देखना' },
  'leads:write': {
    es: 'decir en qué punto está un contacto comercial',
    pt: 'dizer em que ponto está um contato comercial',
    hi: 'बताना कि लीड किस स्थिति में है',
  },
  'messages:read': { es: 'ver los recados tomados', pt: 'ver os recados anotados', hi: 'लिए गए संदेश देखना' },
  'messages:write': {
    es: 'indicar que un recado fue atendido',
    pt: 'indicar que um recado foi atendido',
    hi: 'बताना कि संदेश पर ध्यान दे दिया गया',
  },
  'appointments:read': { es: 'ver las citas', pt: 'ver os horários marcados', hi: 'अपॉइंटमेंट देखना' },
  'organisation:read': {
    es: 'ver el nombre, la región, el idioma y la zona horaria del negocio',
    pt: 'ver o nome, a região, o idioma e o fuso horário do negócio',
    hi: 'व्यवसाय का नाम, क्षेत्र, भाषा और समय-क्षेत्र देखना',
  },
  'organisation:write': {
    es: 'cambiar lo que el negocio dice de sí mismo',
    pt: 'alterar o que o negócio diz de si mesmo',
    hi: 'व्यवसाय अपने बारे में जो बताता है उसे बदलना',
  },
  'agents:read': {
    es: 'ver cómo está configurada la secretaria y oír lo primero que oye quien llama',
    pt: 'ver como a secretária está configurada e ouvir o que quem liga ouve primeiro',
    hi: 'देखना कि सचिव कैसे व्यवस्थित है, और वह सुनना जो कॉल करने वाले सबसे पहले सुनते हैं',
  },
  'agents:write': {
    es: 'cambiar lo que la secretaria dice, sabe y puede hacer',
    pt: 'alterar o que a secretária diz, sabe e pode fazer',
    hi: 'सचिव क्या कहती, जानती और कर सकती है उसे बदलना',
  },
  'lines:read': {
    es: 'ver los números de teléfono del negocio y comprobar adónde apuntan',
    pt: 'ver os números de telefone do negócio e verificar para onde apontam',
    hi: 'व्यवसाय के टेलीफ़ोन नंबर देखना और जाँचना कि वे कहाँ जाते हैं',
  },
  'lines:write': {
    es: 'añadir, cambiar, dirigir y quitar números de teléfono del negocio',
    pt: 'adicionar, alterar, direcionar e remover números de telefone do negócio',
    hi: 'व्यवसाय के टेलीफ़ोन नंबर जोड़ना, बदलना, मोड़ना और हटाना',
  },
  'team:read': {
    es: 'ver quién pertenece a la organización',
    pt: 'ver quem pertence à organização',
    hi: 'देखना कि संगठन में कौन-कौन है',
  },
  'team:write': {
    es: 'invitar a personas, cambiar roles, quitar a personas',
    pt: 'convidar pessoas, alterar papéis, remover pessoas',
    hi: 'लोगों को आमंत्रित करना, भूमिकाएँ बदलना, लोगों को हटाना',
  },
  'keys:read': {
    es: 'ver las claves de API, nunca sus secretos',
    pt: 'ver as chaves de API, nunca seus segredos',
    hi: 'API कुंजियाँ देखना, उनके रहस्य कभी नहीं',
  },
  'keys:write': {
    es: 'crear, rotar y revocar claves de API',
    pt: 'criar, trocar e revogar chaves de API',
    hi: 'API कुंजियाँ बनाना, बदलना और निरस्त करना',
  },
  'credentials:read': {
    es: 'ver qué proveedores están conectados, nunca sus secretos',
    pt: 'ver quais fornecedores estão conectados, nunca seus segredos',
    hi: 'देखना कि कौन-से प्रदाता जुड़े हैं, उनके रहस्य कभी नहीं',
  },
  'credentials:write': {
    es: 'conectar, probar, rotar y desconectar proveedores',
    pt: 'conectar, testar, trocar e desconectar fornecedores',
    hi: 'प्रदाताओं को जोड़ना, जाँचना, उनके रहस्य बदलना और उन्हें हटाना',
  },
  'keeping:write': {
    es: 'cambiar cuánto tiempo se guardan las cosas y para qué se usan los datos',
    pt: 'alterar por quanto tempo as coisas são guardadas e para que os dados são usados',
    hi: 'बदलना कि चीज़ें कब तक रखी जाएँ और डेटा का उपयोग किसलिए हो',
  },
  'holds:read': {
    es: 'ver retenciones legales: qué no debe borrarse, por qué y hasta cuándo',
    pt: 'ver retenções legais: o que não deve ser apagado, por quê e até quando',
    hi: 'कानूनी रोक देखना: क्या नहीं मिटाया जाए, क्यों और कब तक',
  },
  'holds:write': {
    es: 'pedir, aprobar y levantar una retención legal; cada cosa requiere dos personas',
    pt: 'pedir, aprovar e encerrar uma retenção legal; cada ato exige duas pessoas',
    hi: 'कानूनी रोक माँगना, स्वीकृत करना और हटाना; हर एक के लिए दो लोग चाहिए',
  },
  'erasures:read': {
    es: 'ver lo que se borró por petición y sus comprobantes',
    pt: 'ver o que foi apagado a pedido e seus comprovantes',
    hi: 'अनुरोध पर जो मिटाया गया उसे और उसकी रसीदें देखना',
  },
  'erasures:write': {
    es: 'borrar ahora y para siempre una llamada o todo lo de una persona',
    pt: 'apagar agora e para sempre uma chamada ou tudo de uma pessoa',
    hi: 'किसी कॉल को, या किसी व्यक्ति का सब कुछ, तुरंत और सदा के लिए मिटाना',
  },
  'organisation:close': {
    es: 'cerrar la cuenta, lo que borra todo treinta días después, y anularlo',
    pt: 'encerrar a conta, o que apaga tudo trinta dias depois, e desfazer isso',
    hi: 'खाता बंद करना, जिससे तीस दिन बाद सब मिट जाता है, और इसे वापस लेना',
  },
  'trust:write': {
    es: 'cambiar quién responde por la página pública de confianza del negocio, y su dirección',
    pt: 'alterar quem responde pela página pública de confiança da empresa, e o endereço dela',
    hi: 'बदलना कि व्यवसाय के सार्वजनिक विश्वास पृष्ठ के लिए कौन ज़िम्मेदार है, और उसका पता',
  },
  'witnesses:write': {
    es: 'añadir y quitar testigos del registro de auditoría: sistemas del negocio que recuerdan sus cabezas',
    pt: 'adicionar e remover testemunhas do registro de auditoria: sistemas da empresa que guardam seus estados',
    hi: 'ऑडिट लॉग के साक्षी जोड़ना और हटाना: व्यवसाय के सिस्टम जो उसकी स्थितियाँ याद रखते हैं',
  },
  'audit:read': { es: 'leer el registro de auditoría', pt: 'ler o registro de auditoria', hi: 'ऑडिट लॉग पढ़ना' },
};

/** What that permission allows, in every language. */
export function wordsOf(permission: Permission): PermissionWords {
  return { en: ruleOf(permission).say, ...elsewhere[permission] };
}
