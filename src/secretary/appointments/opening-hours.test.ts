import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { iso } from '#base';
import type { Hours } from '#adapters/models';
import { hoursMistakes, isOpen, openSpans } from './opening-hours.ts';

const closed: Hours = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const always: Hours = {
  mon: whole(),
  tue: whole(),
  wed: whole(),
  thu: whole(),
  fri: whole(),
  sat: whole(),
  sun: whole(),
};

function whole() {
  return [{ from: '00:00', to: '24:00' }];
}

/** `2026-03-29T00:00Z/2026-03-29T04:00Z`, the spans of one UTC day and a bit. */
function spans(hours: Hours, timeZone: string, day: string): string[] {
  const from = Date.parse(`${day}T00:00Z`);
  const found = openSpans({ hours, timeZone }, from - 6 * 3_600_000, from + 30 * 3_600_000);
  return [...found].map((span) => `${iso(span.startsAt).slice(0, 16)}/${iso(span.endsAt).slice(0, 16)}`);
}

test('hours are read on the clock on the wall of the business', () => {
  const hours = {
    ...closed,
    mon: [
      { from: '09:00', to: '12:30' },
      { from: '14:00', to: '17:00' },
    ],
  };
  assert.deepEqual(spans(hours, 'America/New_York', '2026-01-05'), [
    '2026-01-05T14:00/2026-01-05T17:30',
    '2026-01-05T19:00/2026-01-05T22:00',
  ]);
  assert.deepEqual(spans(hours, 'America/New_York', '2026-07-06'), [
    '2026-07-06T13:00/2026-07-06T16:30',
    '2026-07-06T18:00/2026-07-06T21:00',
  ]);
});

test('the hour that spring skips is no opening time', () => {
  // Madrid, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
  const day = '2026-03-29';
  assert.deepEqual(spans({ ...closed, sun: [{ from: '02:30', to: '05:00' }] }, 'Europe/Madrid', day), [
    '2026-03-29T01:00/2026-03-29T03:00',
  ]);
  assert.deepEqual(spans({ ...closed, sun: [{ from: '01:00', to: '05:00' }] }, 'Europe/Madrid', day), [
    '2026-03-29T00:00/2026-03-29T03:00',
  ]);
  assert.deepEqual(spans({ ...closed, sun: [{ from: '02:00', to: '03:00' }] }, 'Europe/Madrid', day), []);
});

test('the hour that autumn repeats is open twice', () => {
  // Madrid, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
  const day = '2026-10-25';
  assert.deepEqual(spans({ ...closed, sun: [{ from: '01:00', to: '04:00' }] }, 'Europe/Madrid', day), [
    '2026-10-24T23:00/2026-10-25T03:00',
  ]);
  assert.deepEqual(spans({ ...closed, sun: [{ from: '02:00', to: '02:30' }] }, 'Europe/Madrid', day), [
    '2026-10-25T00:00/2026-10-25T00:30',
    '2026-10-25T01:00/2026-10-25T01:30',
  ]);
});

test('a business that never closes is open through midnight, and through a day that its country skipped', () => {
  const span = (from: string, to: string) => ({ startsAt: Date.parse(from), endsAt: Date.parse(to) });
  assert.ok(isOpen({ hours: always, timeZone: 'Europe/Madrid' }, span('2026-01-05T22:30Z', '2026-01-05T23:30Z')));
  // Samoa had no 30 December 2011 (IANA tz database, australasia).
  assert.ok(isOpen({ hours: always, timeZone: 'Pacific/Apia' }, span('2011-12-30T09:00Z', '2011-12-30T11:00Z')));
  assert.ok(!isOpen({ hours: closed, timeZone: 'Europe/Madrid' }, span('2026-01-05T22:30Z', '2026-01-05T23:30Z')));
});

const zones = ['UTC', 'Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago'];

/** Up to two entries a day, in order and apart, on quarter hours. */
const day = fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 4 }).map(entries);
const hoursOf: fc.Arbitrary<Hours> = fc.record({
  mon: day,
  tue: day,
  wed: day,
  thu: day,
  fri: day,
  sat: day,
  sun: day,
});

function entries(marks: readonly number[]) {
  const sorted = marks.toSorted((a, b) => a - b);
  const pairs = Array.from({ length: Math.floor(sorted.length / 2) }, (_, at) => sorted.slice(at * 2, at * 2 + 2));
  return pairs.map(([from, to]) => ({ from: wall(from!), to: wall(to!) }));
}

function wall(quarters: number): string {
  return `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
}

/** The judge: Intl's own reading of the wall clock, minute by minute. */
function wallClock(timeZone: string) {
  const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', options);
  return (at: number) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return { day: parts.weekday!.toLowerCase() as keyof Hours, time: `${parts.hour}:${parts.minute}` };
  };
}

test('in every zone, on every day, it is open exactly when its wall clock says so', () => {
  // Both changes of the northern and of the southern year 2026 lie within these days.
  const days = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-09-05', '2026-10-03', '2026-10-24', '2026-10-31'];
  const clocks = new Map(zones.map((zone) => [zone, wallClock(zone)]));
  fc.assert(
    fc.property(hoursOf, fc.constantFrom(...zones), fc.constantFrom(...days), (hours, timeZone, day) => {
      const start = Date.parse(`${day}T00:00Z`);
      const end = start + 48 * 3_600_000;
      const open = [...openSpans({ hours, timeZone }, start, end)];
      for (let at = start; at < end; at += 15 * 60_000) {
        const now = clocks.get(timeZone)!(at);
        const due = hours[now.day].some(({ from, to }) => from <= now.time && now.time < to);
        const found = open.some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);
        assert.equal(found, due, `${timeZone} ${iso(at)}`);
      }
      assert.ok(open.every((span, index) => index === 0 || open[index - 1]!.endsAt <= span.startsAt));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('hours that make no sense are refused, each with its place', () => {
  const mon = [
    { from: '09:00', to: '12:00' },
    { from: '11:00', to: '13:00' },
    { from: '14:00', to: '14:00' },
    { from: '9:00', to: '25:00' },
    { from: '24:00', to: '24:00' },
  ];
  const places = hoursMistakes({ ...closed, mon, fri: whole() }).map(({ at }) => at);
  assert.deepEqual(places, ['/hours/mon/1', '/hours/mon/2', '/hours/mon/3', '/hours/mon/4']);
  assert.deepEqual(hoursMistakes(always), []);
});
