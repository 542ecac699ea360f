import { days, type Preset } from '../preset.ts';

export default {
  say: {
    en: 'Recordings, what is said in calls and messages for 30 days; leads and appointments as long as the account.',
    es: 'Grabaciones, lo dicho en las llamadas y mensajes durante 30 días; contactos comerciales y citas mientras dure la cuenta.',
    pt: 'Gravações, o que é dito nas chamadas e recados por 30 dias; leads e agendamentos enquanto durar a conta.',
    hi: 'रिकॉर्डिंग, कॉल में कही बातें और संदेश 30 दिन; लीड और अपॉइंटमेंट खाते जितने समय।',
  },
  windows: {
    recordings: days(30),
    calls: days(30),
    messages: days(30),
    people: days(30),
    leads: 'account',
    appointments: 'account',
  },
  afterHandOver: null,
} satisfies Preset;
