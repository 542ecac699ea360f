import { deleteRows, oldestOf, pick, type Aged } from '../due.ts';
import { handedOverMessages } from '../hand-over-sweeps.ts';
import type { Rule } from '../rule.ts';

const messages: Aged = { table: 'messages', at: 'created_at', holds: 'message' };

export default {
  say: {
    en: 'Messages taken for the business',
    es: 'Mensajes tomados para el negocio',
    pt: 'Recados anotados para a empresa',
    hi: 'व्यवसाय के लिए लिए गए संदेश',
  },
  subject: 'caller',
  purpose: {
    en: 'To pass on what a caller wanted to leave.',
    es: 'Transmitir lo que quien llama quiso dejar dicho.',
    pt: 'Repassar o que quem ligou quis deixar.',
    hi: 'कॉल करने वाले का छोड़ा संदेश पहुँचाने के लिए।',
  },
  covers: ['app.messages.*'],
  keeps: {
    by: 'setting',
    from: { en: 'when it was taken', es: 'cuando se tomó', pt: 'quando foi anotado', hi: 'लिए जाने' },
    mayLastWithAccount: false,
  },
  ends: ['key', 'row'],
  sweep: {
    keys: ['message'],
    due: (tx, due) => pick(messages, tx, due),
    oldest: (tx, organisation) => oldestOf(messages, tx, organisation),
    end: (_, tx, rows) => deleteRows(messages, tx, rows),
  },
  afterHandOver: handedOverMessages,
} satisfies Rule;
