import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { businessDayAfter, weekendOf } from './index.ts';

const zones = [
  'Etc/UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/Madrid',
  'Asia/Kolkata',
  'Asia/Riyadh',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/St_Johns',
];

const weekends = [[6, 7], [5, 6], [7], [5], []] as const;

const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const west = { timeZone: 'Europe/Madrid', weekend: [6, 7] };

test('what comes on a business day is due at the same time of the next one', () => {
  assert.equal(businessDayAfter(at('2026-11-17T15:30[Europe/Madrid]'), west), at('2026-11-18T15:30[Europe/Madrid]'));
  assert.equal(businessDayAfter(at('2026-11-20T15:30[Europe/Madrid]'), west), at('2026-11-23T15:30[Europe/Madrid]'));
});

test('what comes at the weekend counts as if it had come when the weekend was over', () => {
  const due = at('2026-11-24T00:00[Europe/Madrid]');
  assert.equal(businessDayAfter(at('2026-11-21T00:00[Europe/Madrid]'), west), due);
  assert.equal(businessDayAfter(at('2026-11-22T23:59:59.999[Europe/Madrid]'), west), due);
});

test('the day is that of the clock on the wall, wherever it is', () => {
  // Friday 23:00 in New York is Saturday in Madrid.
  const instant = at('2026-11-20T23:00[America/New_York]');
  const there = { timeZone: 'America/New_York', weekend: [6, 7] };
  assert.equal(businessDayAfter(instant, there), at('2026-11-23T23:00[America/New_York]'));
  assert.equal(businessDayAfter(instant, west), at('2026-11-24T00:00[Europe/Madrid]'));
});

test('a time that daylight saving skips is the one that the clocks are put forward to', () => {
  const sundayOff = { timeZone: 'Europe/Madrid', weekend: [5] };
  // 29 March 2026, 02:00 to 03:00 do not exist in Madrid.
  const due = businessDayAfter(at('2026-03-28T02:30[Europe/Madrid]'), sundayOff);
  assert.equal(due, at('2026-03-29T03:30[Europe/Madrid]'));
});

test('whatever the zone, the weekend and the season, one business day is one business day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
      fc.constantFrom(...zones),
      fc.constantFrom(...weekends),
      (instant, timeZone, weekend) => {
        const due = businessDayAfter(instant, { timeZone, weekend });
        const came = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
        const until = Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(timeZone);
        const isOff = (day: number) => (weekend as readonly number[]).includes(day);
        assert.ok(due > instant, 'it is later');
        assert.ok(!isOff(until.dayOfWeek), 'it ends on a business day');
        // Counted by hand: the business days that begin after it came and no later than it ends.
        let begun = 0;
        for (let day = came.toPlainDate().add({ days: 1 }); ; day = day.add({ days: 1 })) {
          if (Temporal.PlainDate.compare(day, until.toPlainDate()) > 0) break;
          if (!isOff(day.dayOfWeek)) begun += 1;
        }
        assert.equal(begun, isOff(came.dayOfWeek) ? 2 : 1);
        const wall = isOff(came.dayOfWeek) ? Temporal.PlainTime.from('00:00') : came.toPlainTime();
        const wanted = until.toPlainDate().toPlainDateTime(wall);
        // The same time by the wall, or as far after it as the clocks were put forward.
        const moved = wanted.until(until.toPlainDateTime()).total('minutes');
        assert.ok(moved >= 0 && moved <= 60, `moved by ${moved} minutes`);
        assert.ok(due - instant <= 5 * 86_400_000, 'and never far away');
      },
    ),
    { numRuns: 2_000 },
  );
});

test('earlier reports are never due later', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }),
      fc.integer({ min: 0, max: 4 * 86_400_000 }),
      fc.constantFrom(...zones),
      fc.constantFrom(...weekends),
      (instant, later, timeZone, weekend) => {
        const week = { timeZone, weekend };
        const [first, second] = [businessDayAfter(instant, week), businessDayAfter(instant + later, week)];
        // Within the hour that comes twice, or not at all, the wall goes back or jumps: an hour apart at most.
        assert.ok(first <= second + 3_600_000);
      },
    ),
  );
});

test('the weekend is that of the country', () => {
  assert.deepEqual(weekendOf('US-CA'), [6, 7]);
  assert.deepEqual(weekendOf('SA'), [5, 6]);
  assert.deepEqual(weekendOf('??'), [6, 7]);
});
