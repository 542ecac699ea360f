import { days, type Preset } from '../preset.ts';

export default {
  say: {
    en: 'Appointments, leads, and the numbers and names of callers as long as the account, and 30 days; recordings, what is said in calls and messages for 90 days.',
    es: 'Citas, contactos comerciales y los números y nombres de quienes llaman mientras dure la cuenta y 30 días más; grabaciones, lo dicho en las llamadas y mensajes durante 90 días.',
    pt: 'Agendamentos, leads e os números e nomes de quem liga enquanto durar a conta e mais 30 dias; gravações, o que é dito nas chamadas e recados por 90 dias.',
    hi: 'अपॉइंटमेंट, लीड और कॉल करने वालों के नंबर व नाम खाते जितने समय और 30 दिन; रिकॉर्डिंग, कॉल में कही बातें और संदेश 90 दिन।',
  },
  windows: {
    recordings: days(90),
    calls: days(90),
    messages: days(90),
    people: 'account',
    leads: 'account',
    appointments: 'account',
  },
  afterHandOver: null,
} satisfies Preset;
