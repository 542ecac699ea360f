import { deleteRows, oldestOf, pick, type Aged } from '../due.ts';
import { handedOverLeads } from '../hand-over-sweeps.ts';
import type { Rule } from '../rule.ts';

const leads: Aged = { table: 'leads', at: 'created_at', holds: 'lead' };

export default {
  say: {
    en: 'Leads: callers who want something from the business',
    es: 'Contactos comerciales: quienes llaman y quieren algo del negocio',
    pt: 'Leads: quem liga e quer algo da empresa',
    hi: 'लीड: कॉल करने वाले जो व्यवसाय से कुछ चाहते हैं',
  },
  subject: 'caller',
  purpose: {
    en: 'To get back to whoever asked for an offer.',
    es: 'Responder a quien pidió una oferta.',
    pt: 'Retornar a quem pediu um orçamento.',
    hi: 'प्रस्ताव माँगने वाले से फिर संपर्क करने के लिए।',
  },
  covers: ['app.leads.*'],
  keeps: {
    by: 'setting',
    from: { en: 'when it was written down', es: 'cuando se anotó', pt: 'quando foi anotado', hi: 'लिखे जाने' },
    mayLastWithAccount: true,
  },
  ends: ['key', 'row'],
  sweep: {
    keys: ['lead'],
    due: (tx, due) => pick(leads, tx, due),
    oldest: (tx, organisation) => oldestOf(leads, tx, organisation),
    end: (_, tx, rows) => deleteRows(leads, tx, rows),
  },
  afterHandOver: handedOverLeads,
} satisfies Rule;
