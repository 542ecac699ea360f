import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Public numbers: calls, messages and appointments of a week or an hour, rounded',
    es: 'Cifras públicas: llamadas, recados y citas de una semana o una hora, redondeadas',
    pt: 'Números públicos: chamadas, recados e agendamentos de uma semana ou uma hora, arredondados',
    hi: 'सार्वजनिक आँकड़े: एक सप्ताह या एक घंटे की कॉल, संदेश और अपॉइंटमेंट, पूर्णांकित',
  },
  subject: 'business',
  purpose: {
    en: 'To show how much is done here without showing anybody. Rounded counts of many; which business wants its own shown.',
    es: 'Mostrar cuánto se hace aquí sin mostrar a nadie. Recuentos redondeados de muchos; qué negocio quiere mostrar los suyos.',
    pt: 'Mostrar quanto se faz aqui sem mostrar ninguém. Contagens arredondadas de muitos; qual empresa quer mostrar as suas.',
    hi: 'किसी को दिखाए बिना यह दिखाना कि यहाँ कितना काम होता है। बहुतों की पूर्णांकित गिनतियाँ; और कौन सा व्यवसाय अपनी दिखाना चाहता है।',
  },
  covers: ['app.public_weeks.*', 'app.public_hours.*', 'app.figure_settings.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
