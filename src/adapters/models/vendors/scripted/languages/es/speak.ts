import type { SpokenDate, SpokenForms } from '../../language.ts';

const weekdays = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'];
const months = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

/** How Spanish is read aloud: `el martes 24 a las 3 y media de la tarde`. */
export const speakSpanish: SpokenForms = {
  day,
  onDay: day,
  clock,
  at: (minute, short = false) => `a ${short ? figure(minute) : clock(minute)}`,
  part,
  weekday: (isoWeekday) => weekdays[isoWeekday - 1] ?? '',
  weekdays: (first, last) => (first === last ? `el ${first}` : `de ${first} a ${last}`),
  hours: (from, to) => `de ${from} a ${to}`,
  and: 'y',
  or: 'o',
  plus: 'más',
  smooth: (text) => text.replace(/\b([Dd]e|[Aa]) el (?=lunes|martes|miércoles|jueves|viernes|sábado|domingo)/g, '$1l '),
};

function day({ isoWeekday, day: number, month, otherMonth }: SpokenDate, daysAhead: number): string {
  const date = `${weekdays[isoWeekday - 1]} ${number}${otherMonth ? ` de ${months[month - 1]}` : ''}`;
  if (daysAhead === 0) return 'hoy';
  return daysAhead === 1 ? `mañana, ${date},` : `el ${date}`;
}

function clock(minute: number): string {
  return `${figure(minute)} ${part(minute)}`;
}

function figure(minute: number): string {
  const rest = minute % 60;
  // "las 4 menos cuarto" names the hour that comes.
  const hour = (Math.floor(minute / 60) + (rest === 45 ? 1 : 0)) % 12 || 12;
  const minutes: Readonly<Record<number, string>> = { 0: '', 15: ' y cuarto', 30: ' y media', 45: ' menos cuarto' };
  return `${hour === 1 ? 'la' : 'las'} ${hour}${minutes[rest] ?? ` y ${rest}`}`;
}

function part(minute: number): string {
  if (minute === 720) return 'del mediodía';
  if (minute < 360) return 'de la madrugada';
  if (minute < 720) return 'de la mañana';
  return minute < 1_200 ? 'de la tarde' : 'de la noche';
}
