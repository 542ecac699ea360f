import type { Claim } from '../claim.ts';

export default {
  fulfils: ['INT-01', 'INT-02'],
  group: 'processors',
  kind: 'roadmap',
  say: {
    en: 'The management system of an agency is asked for the contact while the phone rings, and gets the call as a note within five minutes.',
    es: 'Al sistema de gestión de una agencia se le pregunta por el contacto mientras suena el teléfono, y recibe la llamada como nota en cinco minutos.',
    pt: 'O sistema de gestão de uma agência é consultado sobre o contato enquanto o telefone toca, e recebe a chamada como nota em até cinco minutos.',
    hi: 'एजेंसी की प्रबंधन प्रणाली से फ़ोन बजते समय संपर्क पूछा जाता है, और पाँच मिनट में कॉल उसे टिप्पणी के रूप में मिलती है।',
  },
  missing: {
    en: 'Another system can take over a call through the API and confirm it; the content here ends then. No agency system is connected by itself.',
    es: 'Otro sistema puede hacerse cargo de una llamada por la API y confirmarlo; entonces termina aquí su contenido. Ningún sistema de agencias se conecta por sí solo.',
    pt: 'Outro sistema pode assumir uma chamada pela API e confirmar; então o conteúdo termina aqui. Nenhum sistema de agência se conecta por si só.',
    hi: 'कोई दूसरी प्रणाली API से कॉल ले सकती है और पुष्टि कर सकती है; तब यहाँ की सामग्री समाप्त होती है। कोई एजेंसी प्रणाली अपने आप नहीं जुड़ी।',
  },
} satisfies Claim;
