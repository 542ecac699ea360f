import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Attempts at signing in', es: 'Intentos de entrada' },
  subject: 'member',
  purpose: {
    en: 'To stop guessing. Kept are keyed hashes and counts, no address.',
    es: 'Impedir que se adivine. Se guardan hashes con clave y recuentos, ninguna dirección.',
  },
  covers: ['app.pending_sign_ins.*', 'app.sign_in_tries.*', 'app.passkey_challenges.*'],
  keeps: {
    by: 'law',
    ms: 86_400_000,
    from: { en: 'the last failure', es: 'el último fallo' },
    source: 'ACC-03',
  },
  ends: ['row'],
} satisfies Rule;
