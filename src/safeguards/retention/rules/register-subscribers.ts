import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Addresses of those who want to be told when the register of processors changes',
    es: 'Direcciones de quienes quieren saber cuándo cambia el registro de encargados',
    pt: 'Endereços de quem quer saber quando o registro de operadores muda',
    hi: 'उन लोगों के पते जो प्रोसेसर रजिस्टर बदलने पर सूचना चाहते हैं',
  },
  subject: 'member',
  purpose: {
    en: 'To send them that mail and nothing else.',
    es: 'Enviarles ese correo y nada más.',
    pt: 'Enviar-lhes esse e-mail e nada mais.',
    hi: 'उन्हें वही ईमेल भेजने के लिए, और कुछ नहीं।',
  },
  covers: ['app.register_subscribers.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'As long as they want it: every mail holds the way to end it, and then the address is gone at once. One that nobody confirms goes after two days.',
      es: 'Mientras lo quieran: cada correo lleva la forma de terminarlo, y entonces la dirección desaparece enseguida. La que nadie confirma desaparece a los dos días.',
      pt: 'Enquanto quiserem: cada e-mail traz a forma de encerrá-lo, e então o endereço some na hora. O que ninguém confirma some em dois dias.',
      hi: 'जब तक वे चाहें: हर ईमेल में इसे समाप्त करने का तरीका होता है, और तब पता तुरंत मिट जाता है। जिसकी पुष्टि कोई नहीं करता वह दो दिन में मिट जाता है।',
    },
  },
  ends: ['key', 'row'],
} satisfies Rule;
