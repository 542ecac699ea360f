import * as chrono from 'chrono-node/es';
import type { Clock, NumberWords, TimeWords } from '../../language.ts';

/** The words Spanish numbers are dictated with. */
export const numbersSpanish: NumberWords = {
  values: {
    cero: 0,
    uno: 1,
    una: 1,
    un: 1,
    dos: 2,
    tres: 3,
    cuatro: 4,
    cinco: 5,
    seis: 6,
    siete: 7,
    ocho: 8,
    nueve: 9,
    diez: 10,
    once: 11,
    doce: 12,
    trece: 13,
    catorce: 14,
    quince: 15,
    dieciseis: 16,
    diecisiete: 17,
    dieciocho: 18,
    diecinueve: 19,
    veinte: 20,
    veintiuno: 21,
    veintiun: 21,
    veintiuna: 21,
    veintidos: 22,
    veintitres: 23,
    veinticuatro: 24,
    veinticinco: 25,
    veintiseis: 26,
    veintisiete: 27,
    veintiocho: 28,
    veintinueve: 29,
    treinta: 30,
    cuarenta: 40,
    cincuenta: 50,
    sesenta: 60,
    setenta: 70,
    ochenta: 80,
    noventa: 90,
    cien: 100,
    ciento: 100,
    doscientos: 200,
    trescientos: 300,
    cuatrocientos: 400,
    quinientos: 500,
    seiscientos: 600,
    setecientos: 700,
    ochocientos: 800,
    novecientos: 900,
  },
  hundred: undefined,
  zero: new Set(),
  repeat: { doble: 2, triple: 3 },
  and: new Set(['y']),
  plus: 'mas',
  between: new Set(['y', 'luego', 'despues', 'guion', 'eh', 'este', 'pues', 'espacio', 'prefijo', 'coma', 'punto']),
  isArticle: (word, previous) =>
    word === 'un' ||
    (word === 'una' && !/^(?:la|las)$/.test(previous ?? '')) ||
    (word === 'uno' && /^(?:cada|ninguno|el|ese)$/.test(previous ?? '')),
};

const part = '(?: de la (manana|madrugada|tarde|noche)| del (mediod[ií]a)| ?(a|p)\\.? ?m\\b\\.?)?';
const hourWord = '(?:(?:a|sobre|hacia|para|de|desde|hasta|despu[eé]s de|antes de|como a) )?(?:las|la)';
const time = '((?:las? )?\\d{1,2}(?::[0-5]\\d| y media| y cuarto| y \\d\\d)?|mediod[ií]a)';

/** How Spanish speaks of days and times. The text has its accents; both spellings are understood. */
export const timeSpanish: TimeWords = {
  rewrite: [
    [/\b(?:desde(?: el)?|cada|todos los) (?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?)\b/g, ' '],
    [/\b(?:el )?(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo) pasado\b|\bsemana pasada\b/g, ' '],
    [/\b(s[aá]bado|domingo)s\b/g, '$1'],
    [/\bpasado ma[nñ]ana\b/g, 'dentro de 2 días'],
    [/\bde la ma[nñ]ana\b/g, 'de la manana_'],
    [/\b(?:por|en|a) la ma[nñ]ana\b/g, ' por la manana_ '],
    [/\b(?:por|en) la tarde\b/g, ' por la tarde_ '],
    [/\b(?:por|en) la noche\b/g, ' por la noche_ '],
    [/\besta tarde\b/g, 'hoy por la tarde_'],
    [/\besta noche\b/g, 'hoy por la noche_'],
    [/\besta ma[nñ]ana\b/g, 'hoy por la manana_'],
    [/\bmanana_/g, 'manana_'],
    [/\bel (?:pr[oó]ximo|siguiente) (lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b/g, 'el $1'],
    [/\b(lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo) (?:que viene|pr[oó]ximo|siguiente)\b/g, '$1'],
    [/\bprimero(?= de [a-z]+)/g, '1'],
    [/\bde aqu[ií] a (\d+) d[ií]as\b/g, 'dentro de $1 días'],
  ],
  chrono,
  notDates: /^(?:mar|ahora|tarde|noche|esta|ma[nñ]ana por|sab|dom|mi[eé])$/i,
  monthDay:
    /\b(?:el|d[ií]a|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo),? (?:d[ií]a )?(\d{1,2})\b(?! de [a-z]|:)/,
  nextWeek:
    /\b(?:de |en )?(?:la )?(?:pr[oó]xima semana|semana que viene|semana pr[oó]xima|otra semana|siguiente semana)\b/,
  weekOn: /\bsemana (?:siguiente|despues|mas tarde)\b|\bsiguiente semana\b/,
  sameTime: /\bmisma hora\b/,
  thisWeek: /\besta semana\b|\ba?l? ?final(?:es)? de (?:la )?semana\b/,
  weekend: /\b(?:este |el |al )?fin(?:es)? de semana\b/,
  parts: {
    morning: /\bmanana_|\btemprano\b|\bprimera hora\b|\bantes de comer\b/,
    afternoon: /\bpor la tarde_?|\bde la tarde\b|\bdespu[eé]s de comer\b|\btardecita\b/,
    evening: /\bpor la noche_?|\bde la noche\b|\bdespu[eé]s del trabajo\b/,
  },
  clocks: [
    {
      pattern: new RegExp(`\\b${hourWord} (\\d{1,2}) y media\\b${part}`.replaceAll('manana', 'manana_')),
      clock: ([h, a, b, c]) => clock(h, 30, a, b || c),
    },
    {
      pattern: new RegExp(`\\b${hourWord} (\\d{1,2}) y cuarto\\b${part}`.replaceAll('manana', 'manana_')),
      clock: ([h, a, b, c]) => clock(h, 15, a, b || c),
    },
    {
      pattern: new RegExp(`\\b${hourWord} (\\d{1,2}) menos cuarto\\b${part}`.replaceAll('manana', 'manana_')),
      clock: ([h, a, b, c]) => clock(before(h), 45, a, b || c),
    },
    {
      pattern: new RegExp(`\\b${hourWord} (\\d{1,2}) menos (\\d{1,2})\\b${part}`.replaceAll('manana', 'manana_')),
      clock: ([h, m, a, b, c]) => clock(before(h), 60 - Number(m), a, b || c),
    },
    {
      pattern: new RegExp(
        `\\b${hourWord} (\\d{1,2})(?:(?::| y | )([0-5]\\d))?(?: horas?)?\\b(?! ?(?:\\d|-))(?: en punto)?${part}`.replaceAll(
          'manana',
          'manana_',
        ),
      ),
      clock: ([h, m, a, b, c]) => clock(h, Number(m || 0), a, b || c),
    },
    { pattern: /\b(?:al |a )?mediod[ií]a\b/, clock: () => ({ hour: 12, minute: 0, half: 'pm' }) },
    { pattern: /\b(\d{1,2}) y (?:media|(cuarto))\b/, clock: ([h, quarter]) => clock(h, quarter ? 15 : 30, '', '') },
    { pattern: /\b(\d{1,2}):([0-5]\d)\b/, clock: ([h, m]) => clock(h, Number(m), '', '') },
    { pattern: /\b(\d{1,2}) ?(a|p)\.? ?m\b\.?/, clock: ([h, m]) => clock(h, 0, '', m) },
    {
      pattern: /\b(\d{1,2})(?::([0-5]\d))? de la (manana_|tarde|noche)/,
      clock: ([h, m, a]) => clock(h, Number(m || 0), a, ''),
    },
  ],
  after: /\b(?:despu[eé]s de|desde|a partir de|m[aá]s tarde de|pasadas)(?: las?| la)? ?$/,
  before: /\b(?:antes de|hasta|no m[aá]s tarde de)(?: las?| la)? ?$/,
  towards: /\b(?:para|al|a|hasta)\s+(?=\S)/g,
  between: new RegExp(`\\b(?:entre|de) ${time} (?:y|a) ${time}`),
};

function clock(
  hour: string | undefined,
  minute: number,
  partOfDay: string | undefined,
  half: string | undefined,
): Clock {
  const value = { hour: Number(hour), minute };
  if (value.hour > 12) return value;
  const morning = half === 'a' || partOfDay === 'manana_' || partOfDay === 'madrugada';
  const later = half === 'p' || partOfDay === 'tarde' || partOfDay === 'noche' || (half ?? '').startsWith('mediod');
  return morning || later ? { ...value, half: morning ? 'am' : 'pm' } : value;
}

function before(hour: string | undefined): string {
  return Number(hour) === 1 ? '12' : String(Number(hour) - 1);
}
