import type { SpokenDate, SpokenForms } from '../../language.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** How English is read aloud: `Tuesday the 24th at 3:30 in the afternoon`. */
export const speakEnglish: SpokenForms = {
  day,
  onDay: (date, daysAhead) => (daysAhead <= 1 ? day(date, daysAhead) : `on ${day(date, daysAhead)}`),
  clock,
  at: (minute, short = false) => `at ${short && minute % 720 !== 0 ? figure(minute) : clock(minute)}`,
  part,
  weekday: (isoWeekday) => weekdays[isoWeekday - 1] ?? '',
  weekdays: (first, last) => (first === last ? first : `${first} to ${last}`),
  hours: (from, to) => `from ${from} to ${to}`,
  and: 'and',
  or: 'or',
  plus: 'plus',
  smooth: (text) => text,
};

function day({ isoWeekday, day: number, month, otherMonth }: SpokenDate, daysAhead: number): string {
  const inMonth = otherMonth ? ` of ${months[month - 1]}` : '';
  const date = `${weekdays[isoWeekday - 1]} the ${number}${suffix(number)}${inMonth}`;
  if (daysAhead === 0) return 'today';
  return daysAhead === 1 ? `tomorrow, ${date},` : date;
}

function clock(minute: number): string {
  if (minute === 720) return '12 noon';
  return minute % 1_440 === 0 ? 'midnight' : `${figure(minute)} ${part(minute)}`;
}

function figure(minute: number): string {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return `${hour % 12 || 12}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function part(minute: number): string {
  return `in the ${minute < 720 ? 'morning' : minute < 1_080 ? 'afternoon' : 'evening'}`;
}

function suffix(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}
