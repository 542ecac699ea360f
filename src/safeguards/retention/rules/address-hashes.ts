import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Keyed hashes of network addresses', es: 'Hashes con clave de direcciones de red' },
  subject: 'member',
  purpose: {
    en: 'To see in the audit log whether two entries of one day came from one place. The address itself is never stored; the hashes lie in the sealed details of the audit log and compare with nothing once the key of their day is destroyed.',
    es: 'Ver en el registro de auditoría si dos entradas de un día vinieron del mismo lugar. La dirección nunca se guarda; los hashes están en los detalles sellados del registro y no se comparan con nada en cuanto se destruye la clave de su día.',
  },
  covers: ['keys:address'],
  keeps: { by: 'law', ms: 90 * 86_400_000, from: { en: 'the request', es: 'la petición' }, source: 'RET-06' },
  ends: ['key'],
} satisfies Rule;
