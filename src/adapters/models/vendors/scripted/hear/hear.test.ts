import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import english from '../languages/en/index.ts';
import spanish from '../languages/es/index.ts';
import type { Language } from '../language.ts';
import { hear } from './heard.ts';
import { answeredName, introduced } from './names.ts';
import { dictated, figures, runsOf } from './numbers.ts';
import { countryOf, ending, phoneNumber, readOut } from './phone.ts';
import { whenOf, type When } from './when.ts';

const timeZone = 'America/New_York';
const nowMs = Temporal.ZonedDateTime.from('2026-11-20T10:00[America/New_York]').epochMilliseconds;

function table<In, Out>(name: string, cases: readonly (readonly [In, Out])[], run: (given: In) => Out): void {
  test(name, () => {
    for (const [given, wanted] of cases) assert.deepEqual(run(given), wanted, JSON.stringify(given));
  });
}

table(
  'English digits are taken as dictated',
  [
    ['five five five oh one double two', '5550122'],
    ['two one two, triple five, zero one eight seven', '2125550187'],
    ['it is 212-555-0187', '2125550187'],
    ['area code 212 then 555 0187', '2125550187'],
    ['twenty two thirty three', '2233'],
    ['eight hundred, five five five', '800555'],
    ['eight hundred twenty two', '822'],
    ['plus forty four 20 7946 0000', '+442079460000'],
    ['oh I see', ''],
    ['the second one', ''],
    ['no number at all', ''],
  ],
  (text) => dictated(text, english.numbers),
);

table(
  'Spanish digits are taken as dictated',
  [
    ['seis uno dos, treinta y cuatro, cincuenta y seis, setenta y ocho', '612345678'],
    ['seiscientos doce 34 56 78', '612345678'],
    ['dos uno dos doble cinco cinco cero uno ocho siete', '2125550187'],
    ['novecientos doce tres cuatro cinco', '912345'],
    ['quiero una cita', ''],
  ],
  (text) => dictated(text, spanish.numbers),
);

test('separate numbers stay separate', () => {
  assert.deepEqual(runsOf("it's 5 not 9", english.numbers), ['5', '9']);
});

test('figures replace number words and nothing else', () => {
  assert.equal(
    figures('half past three on the twenty-fourth, the first one', english.numbers),
    'half past 3 on the 20-fourth, the first one',
  );
  assert.equal(
    figures('a las cuatro y media del veintitrés, una cita', spanish.numbers),
    'a las 4 y media del 23, una cita',
  );
});

const one = (day: string, rest: Partial<When> = {}): When => ({ from: day, to: day, ...rest });
const at = (hour: number, minute = 0, sure = true) => ({ time: { minute: hour * 60 + minute, sure } });
const whenIn =
  (language: Language, bareTimes = false) =>
  (text: string) =>
    whenOf(text, language, { nowMs, timeZone, bareTimes });

table<string, When | undefined>(
  'English days and times',
  [
    ['tomorrow at three', one('2026-11-21', at(3, 0, false))],
    ['tomorrow afternoon', one('2026-11-21', { part: 'afternoon' })],
    ['next Tuesday at 3 pm', one('2026-11-24', at(15))],
    ['half past three tomorrow', one('2026-11-21', at(3, 30, false))],
    ['a quarter to four in the afternoon on Monday', one('2026-11-23', at(15, 45))],
    ['a quarter past 9 on Friday', one('2026-11-27', at(9, 15, false))],
    ['the 24th at 3', one('2026-11-24', at(3, 0, false))],
    ['on the twenty-fourth', one('2026-11-24')],
    ['the first of December', one('2026-12-01')],
    ['Tuesday the 1st of December', one('2026-12-01')],
    ['December 3rd at 10:30', one('2026-12-03', at(10, 30, false))],
    ['the day after tomorrow', one('2026-11-22')],
    ['in two weeks', one('2026-12-04')],
    ['next week', { from: '2026-11-23', to: '2026-11-29' }],
    ['Thursday next week', one('2026-11-26')],
    ['next week in the afternoon', { from: '2026-11-23', to: '2026-11-29', part: 'afternoon' }],
    ['this weekend', { from: '2026-11-21', to: '2026-11-22' }],
    ['monday between 2 and 4', one('2026-11-23', { time: { minute: 120, sure: false, until: 240 } })],
    ['monday between 2 and 4 pm', one('2026-11-23', { time: { minute: 840, sure: true, until: 960 } })],
    ['after 3 on Monday', one('2026-11-23', { time: { minute: 180, sure: false, bound: 'after' } })],
    ['before noon tomorrow', one('2026-11-21', { time: { minute: 720, sure: true, bound: 'before' } })],
    ['noon on friday', one('2026-11-27', at(12))],
    ['15:30 today', one('2026-11-20', at(15, 30))],
    ['three thirty on monday', one('2026-11-23', at(3, 30, false))],
    ["5 o'clock tomorrow", one('2026-11-21', at(5, 0, false))],
    ['tonight', one('2026-11-20', { part: 'evening' })],
    ['good morning', undefined],
    ['just a second', undefined],
    ['may I ask you something', undefined],
    ['it has hurt since last Tuesday', undefined],
    ['I sat there', undefined],
    ['my number is 212 555 0187', undefined],
    ['for two people', undefined],
  ],
  whenIn(english),
);

table<string, When | undefined>(
  'after a question for it, a bare number is a time',
  [
    ['3', at(3, 0, false)],
    ['maybe ten thirty', at(10, 30, false)],
    ['11:30 please', at(11, 30, false)],
    ['the 2nd', undefined],
  ].map(([text, when]) => [text as string, text === 'the 2nd' ? one('2026-12-02') : (when as When)] as const),
  whenIn(english, true),
);

table<string, When | undefined>(
  'Spanish days and times',
  [
    ['mañana a las tres', one('2026-11-21', at(3, 0, false))],
    ['mañana por la mañana', one('2026-11-21', { part: 'morning' })],
    ['mañana por la tarde', one('2026-11-21', { part: 'afternoon' })],
    ['pasado mañana', one('2026-11-22')],
    ['el martes que viene a las 3 de la tarde', one('2026-11-24', at(15))],
    ['el 24 a las cuatro y media', one('2026-11-24', at(4, 30, false))],
    ['el viernes 27 a las 10', one('2026-11-27', at(10, 0, false))],
    ['el primero de diciembre', one('2026-12-01')],
    ['la semana que viene', { from: '2026-11-23', to: '2026-11-29' }],
    ['el jueves de la próxima semana', one('2026-11-26')],
    ['dentro de dos semanas', one('2026-12-04')],
    ['a las cuatro menos cuarto de la tarde', at(15, 45)],
    ['el jueves a las 16:30', one('2026-11-26', at(16, 30))],
    ['al mediodía', at(12)],
    ['hoy', one('2026-11-20')],
    ['el lunes entre las 2 y las 4', one('2026-11-23', { time: { minute: 120, sure: false, until: 240 } })],
    ['después de las 3', { time: { minute: 180, sure: false, bound: 'after' } }],
    ['esta tarde', one('2026-11-20', { part: 'afternoon' })],
    ['buenas tardes', undefined],
    ['quiero una cita', undefined],
  ],
  whenIn(spanish),
);

test('days are those of the business, not of the machine', () => {
  const late = Temporal.ZonedDateTime.from('2026-11-20T23:30[America/New_York]').epochMilliseconds;
  assert.equal(whenOf('tomorrow', english, { nowMs: late, timeZone, bareTimes: false })?.from, '2026-11-21');
  assert.equal(
    whenOf('tomorrow', english, { nowMs: late, timeZone: 'Europe/Madrid', bareTimes: false })?.from,
    '2026-11-22',
  );
});

table(
  'a caller who says who they are is heard',
  [
    ['Hi, my name is maria lopez and I need help', 'Maria Lopez'],
    ['This is Bob Smith, I would like to book', 'Bob Smith'],
    ["I'm Ana", 'Ana'],
    ["Hello, it's John from the garage", 'John'],
    ['my name is Stephen, S T E P H E N', 'Stephen'],
    ["I'm sick", undefined],
    ['This is ridiculous', undefined],
    ["It's urgent", undefined],
    ["I'm calling about my bill", undefined],
    ['call me back please', undefined],
  ],
  (text) => introduced(text, english),
);

table(
  'the answer to "your name?" is taken without its trimmings',
  [
    ['Maria Lopez', 'Maria Lopez'],
    ["Uh, it's Bob.", 'Bob'],
    ['Smith, S M Y T H', 'Smyth'],
    ['D A N A', 'Dana'],
    ["yeah it's O'Brien speaking", "O'Brien"],
    ['what are your hours', undefined],
    ['no', undefined],
    ['I want to think about it for a bit first', undefined],
  ],
  (text) => answeredName(text, english),
);

test('numbers are held against the plan of the country they belong to', () => {
  assert.deepEqual(phoneNumber('2125550187', 'US'), { number: '+12125550187', complete: true, tooLong: false });
  assert.equal(phoneNumber('5550187', 'US').complete, false);
  assert.equal(phoneNumber('21255501879', 'US').tooLong, true);
  assert.equal(phoneNumber('612345678', 'ES').number, '+34612345678');
  assert.equal(phoneNumber('212555018', undefined).complete, true);
  assert.equal(phoneNumber('2125', undefined).complete, false);
  assert.equal(countryOf('+34612345678', 'en-US'), 'ES');
  assert.equal(countryOf(undefined, 'en-GB'), 'GB');
});

test('numbers are read out digit by digit, in groups that can be followed', () => {
  assert.equal(readOut('+15005550006', 'US', english), '5 0 0, 5 5 5, 0 0 0 6');
  assert.equal(readOut('+34612345678', 'ES', spanish), '6 1 2, 3 4, 5 6, 7 8');
  assert.equal(readOut('+34612345678', 'US', english), 'plus 3 4, 6 1 2, 3 4, 5 6, 7 8');
  assert.equal(ending('+15005550006'), '0 0 0 6');
  for (const length of [1, 4, 5, 7, 11, 15]) {
    const digits = '123456789012345'.slice(0, length);
    assert.equal(readOut(digits, undefined, english).replace(/\D/g, ''), digits);
  }
});

const answerIn = (language: Language) => (text: string) =>
  hear(text, language, { nowMs, timeZone, number: false, dictating: false, time: false }).answer;

table<string, 'yes' | 'no' | undefined>(
  'yes and no in many forms',
  [
    ...[
      'yes',
      'yeah',
      'yep',
      'uh huh',
      'Sure, go ahead',
      'that works',
      "that's right",
      'correct',
      'of course',
      'please do',
      'sounds good',
      'it is',
      "well, I guess that's fine",
      "no, that's right",
    ].map((text) => [text, 'yes'] as const),
    ...[
      'no',
      'nope',
      'nah',
      'not really',
      "that's wrong",
      'no thanks',
      "I don't think so",
      'not today',
      'absolutely not',
    ].map((text) => [text, 'no'] as const),
    ...['Tuesday', 'what time is it', 'hello'].map((text) => [text, undefined] as const),
  ],
  answerIn(english),
);

table<string, 'yes' | 'no' | undefined>(
  'sí y no de muchas formas',
  [
    ...['sí', 'claro', 'por supuesto', 'así es', 'correcto', 'de acuerdo', 'me viene bien', 'vale', 'exacto'].map(
      (text) => [text, 'yes'] as const,
    ),
    ...['no', 'no, gracias', 'incorrecto', 'mejor no', 'está mal', 'para nada'].map((text) => [text, 'no'] as const),
  ],
  answerIn(spanish),
);
