import { days, type Preset } from '../preset.ts';

export default {
  say: {
    en: 'Everything for 7 days; leads and appointments for 30.',
    es: 'Todo durante 7 días; contactos comerciales y citas durante 30.',
    pt: 'Tudo por 7 dias; leads e agendamentos por 30.',
    hi: 'सब कुछ 7 दिन; लीड और अपॉइंटमेंट 30 दिन।',
  },
  windows: {
    recordings: days(7),
    calls: days(7),
    messages: days(7),
    people: days(7),
    leads: days(30),
    appointments: days(30),
  },
  afterHandOver: null,
} satisfies Preset;
