import { days, type Preset } from '../preset.ts';

export default {
  say: {
    en: 'Recordings, what is said in calls and messages for 90 days; leads and appointments as long as the account.',
    es: 'Grabaciones, lo dicho en las llamadas y mensajes durante 90 días; contactos comerciales y citas mientras dure la cuenta.',
    pt: 'Gravações, o que é dito nas chamadas e recados por 90 dias; leads e agendamentos enquanto durar a conta.',
    hi: 'रिकॉर्डिंग, कॉल में कही बातें और संदेश 90 दिन; लीड और अपॉइंटमेंट खाते जितने समय।',
  },
  windows: {
    recordings: days(90),
    calls: days(90),
    messages: days(90),
    people: days(90),
    leads: 'account',
    appointments: 'account',
  },
  afterHandOver: null,
} satisfies Preset;
