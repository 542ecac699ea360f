import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Who can sign in, and with what', es: 'Quién puede entrar, y con qué' },
  subject: 'member',
  purpose: {
    en: 'To recognise a person who signs in: address, name, and keyed hashes or public keys of what they show. It ends when they belong to no team any more.',
    es: 'Reconocer a quien entra: dirección, nombre y hashes con clave o claves públicas de lo que muestra. Termina cuando ya no pertenece a ningún equipo.',
  },
  covers: [
    'app.identities.*',
    'app.totp_secrets.*',
    'app.recovery_codes.*',
    'app.passkeys.*',
    'app.outside_identities.*',
  ],
  keeps: { by: 'belonging', to: 'team' },
  ends: ['row', 'key'],
} satisfies Rule;
