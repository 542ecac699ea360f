import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Details of the audit log', es: 'Detalles del registro de auditoría' },
  subject: 'member',
  purpose: {
    en: 'To explain an entry to who may read it: what was changed, the browser, a keyed hash of the network address. Sealed apart, so that they can end and the record stays whole.',
    es: 'Explicar una entrada a quien puede leerla: qué se cambió, el navegador, un hash con clave de la dirección de red. Sellados aparte, para que puedan terminar y el registro siga entero.',
  },
  covers: ['app.audit_details.*'],
  keeps: { by: 'belonging', to: 'account' },
  // Rows of the log are deleted by nobody; without the key nobody reads them.
  ends: ['key'],
} satisfies Rule;
