import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Details of the audit log',
    es: 'Detalles del registro de auditoría',
    pt: 'Detalhes do registro de auditoria',
    hi: 'ऑडिट लॉग के विवरण',
  },
  subject: 'member',
  purpose: {
    en: 'To explain an entry to who may read it: what was changed, the browser, a keyed hash of the network address. Sealed apart, so that they can end and the record stays whole.',
    es: 'Explicar una entrada a quien puede leerla: qué se cambió, el navegador, un hash con clave de la dirección de red. Sellados aparte, para que puedan terminar y el registro siga entero.',
    pt: 'Explicar uma entrada a quem pode lê-la: o que mudou, o navegador, um hash com chave do endereço de rede. Selados à parte, para que possam terminar e o registro continue íntegro.',
    hi: 'जिसे पढ़ने का अधिकार है उसे प्रविष्टि समझाने के लिए: क्या बदला, ब्राउज़र, नेटवर्क पते का कुंजीबद्ध हैश। अलग मुहरबंद, ताकि वे समाप्त हो सकें और अभिलेख पूरा रहे।',
  },
  covers: ['app.audit_details.*'],
  keeps: { by: 'belonging', to: 'account' },
  // Rows of the log are deleted by nobody; without the key nobody reads them.
  ends: ['key'],
} satisfies Rule;
