import { days, type Preset } from '../preset.ts';

export default {
  say: {
    en: 'Within 5 minutes of a confirmed hand-over to your own system what was said, messages and names are gone and numbers are masked; whatever is personal is gone after 30 days, handed over or not.',
    es: 'A los 5 minutos de entregarse y confirmarse en su propio sistema desaparecen lo dicho, los mensajes y los nombres, y los números quedan ocultos; todo lo personal desaparece a los 30 días, se haya entregado o no.',
  },
  windows: {
    recordings: days(30),
    calls: days(30),
    messages: days(30),
    people: days(30),
    leads: days(30),
    appointments: days(30),
  },
  afterHandOver: 5 * 60_000,
} satisfies Preset;
