import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Who can sign in, and with what',
    es: 'Quién puede entrar, y con qué',
    pt: 'Quem pode entrar, e com o quê',
    hi: 'कौन प्रवेश कर सकता है, और किससे',
  },
  subject: 'member',
  purpose: {
    en: 'To recognise a person who signs in: address, name, and keyed hashes or public keys of what they show. It ends when they belong to no team any more.',
    es: 'Reconocer a quien entra: dirección, nombre y hashes con clave o claves públicas de lo que muestra. Termina cuando ya no pertenece a ningún equipo.',
    pt: 'Reconhecer quem entra: endereço, nome e hashes com chave ou chaves públicas do que mostra. Termina quando a pessoa não pertence mais a nenhuma equipe.',
    hi: 'प्रवेश करने वाले को पहचानने के लिए: पता, नाम और दिखाए गए के कुंजीबद्ध हैश या सार्वजनिक कुंजियाँ। किसी टीम में न रहने पर समाप्त होता है।',
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
