import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What lies in the browser of a team member',
    es: 'Lo que queda en el navegador de un miembro del equipo',
    pt: 'O que fica no navegador de um membro da equipe',
    hi: 'टीम के सदस्य के ब्राउज़र में जो रहता है',
  },
  subject: 'member',
  purpose: {
    en: 'To stay signed in, to come back from another provider, to finish a sign-up or an invitation in the browser in which it was begun, and to remember the language and how somebody likes to call. No page loads anything of anybody else, and nothing counts visits.',
    es: 'Seguir dentro, volver de otro proveedor, terminar un registro o una invitación en el navegador en que empezó, y recordar el idioma y cómo le gusta llamar a cada uno. Ninguna página carga nada de nadie más y nada cuenta visitas.',
    pt: 'Continuar conectado, voltar de outro provedor, concluir um cadastro ou convite no navegador em que começou e lembrar o idioma e como alguém prefere ligar. Nenhuma página carrega algo de terceiros, e nada conta visitas.',
    hi: 'प्रवेश बनाए रखने, दूसरे प्रदाता से लौटने, पंजीकरण या निमंत्रण उसी ब्राउज़र में पूरा करने, और भाषा तथा कॉल करने का ढंग याद रखने के लिए। कोई पृष्ठ किसी और का कुछ नहीं लाता, और कुछ भी आगंतुकों को नहीं गिनता।',
  },
  covers: [
    'browser:cookie/sotto',
    'browser:cookie/sotto-away',
    'browser:storage/sotto-call-aloud',
    'browser:storage/sotto-call-by',
    'browser:storage/sotto-claim',
    'browser:storage/sotto-invitation',
    'browser:storage/sotto-language',
  ],
  keeps: {
    by: 'moment',
    until: {
      en: 'signing out for the cookies; what was chosen stays until the browser is cleared',
      es: 'la salida para las cookies; lo elegido queda hasta que se limpia el navegador',
      pt: 'a saída, para os cookies; o que foi escolhido fica até que o navegador seja limpo',
      hi: 'कुकी के लिए बाहर जाने; जो चुना गया वह ब्राउज़र साफ़ होने',
    },
  },
  ends: ['memory'],
} satisfies Rule;
