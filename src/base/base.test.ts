import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  canonical,
  describeConfig,
  errorWords,
  outside,
  isId,
  isProblem,
  jsonLog,
  loggable,
  manualClock,
  markup,
  newId,
  Personal,
  problem,
  readConfig,
  seededRandom,
  sql,
  startReconcilers,
  type Canonical,
} from '#base';

test('a personal value shows itself in no string, template, JSON, inspection or error', () => {
  const secret = new Personal('zanzibar');
  const shown = [
    String(secret),
    ''.concat(String(secret)),
    JSON.stringify({ secret }),
    inspect({ deep: { secret } }),
    String(new Error(`of ${String(secret)}`).stack),
    [secret].join(),
  ];
  for (const text of shown) assert.ok(!text.includes('zanzibar'), text);
  assert.equal(secret.map((text) => text.length).reveal(), 8);
});

test('the log writes ids and words, and refuses numbers of people, sentences and addresses', () => {
  const lines: string[] = [];
  const log = jsonLog(
    (line) => lines.push(line),
    () => 0,
  );
  log('call.ended', {
    call: '00000000-0000-7000-8000-000000000001',
    reason: 'caller-hung-up',
    from: '+14155550132',
    said: 'my name is x',
    ip: '203.0.113.7',
    ms: 3,
  });
  const written = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  assert.equal(written['call'], '00000000-0000-7000-8000-000000000001');
  assert.equal(written['reason'], 'caller-hung-up');
  assert.equal(written['ms'], 3);
  for (const name of ['from', 'said']) assert.equal(written[name], '[refused]', name);
  assert.equal(loggable('14155550132'), '[refused]');
});

test('of an error the log learns kind, code and place, never its message', () => {
  const words = errorWords(problem('slot-taken', 'for zanzibar', { cause: new Error('zanzibar') }));
  assert.deepEqual(words, { kind: 'Problem', code: 'slot-taken', where: 'src/base/base.test.ts' });
  assert.equal(errorWords(outside('twilio', 'busy'))['where'], 'src/base/base.test.ts');
  assert.ok(!JSON.stringify(words).includes('zanzibar'));
});

test('all mistakes of a configuration are reported together, unknown names with the nearest known one', () => {
  try {
    readConfig({
      SOTTO_PORT: '99999',
      SOTTO_PUBLIC_URL: 'phone.example.com',
      SOTTO_DATA_DIRR: 'x',
      SOTTO_FOO: '1',
      SOTTO_ROOT_KEY: 'short',
      OTHER: 'ignored',
    });
    assert.fail('it was accepted');
  } catch (error) {
    assert.ok(isProblem(error, 'config-invalid'));
    assert.deepEqual(error.mistakes.map(({ at }) => at).toSorted(), [
      'SOTTO_DATA_DIRR',
      'SOTTO_FOO',
      'SOTTO_PORT',
      'SOTTO_PUBLIC_URL',
      'SOTTO_ROOT_KEY',
    ]);
    assert.match(error.message, /SOTTO_DATA_DIR\?/);
    assert.match(
      error.message,
      /SOTTO_FOO is no setting; sotto config/,
      'a name that is near none is no guess of ours',
    );
    assert.doesNotMatch(error.message, /short/, 'a value that may be a secret is not repeated');
  }
});

test('a printed configuration says that a secret is set, never which', () => {
  const env = { SOTTO_ROOT_KEY: 'ab'.repeat(32) };
  const printed = JSON.stringify(describeConfig(readConfig(env), env));
  assert.ok(printed.includes('(secret)') && !printed.includes('abab'));
});

test('a value never becomes SQL text, however statements are nested', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (values) => {
      const nested = values.reduce((all, value) => sql`${all} and name <> ${value}`, sql`select 1 where true`);
      assert.deepEqual(nested.values, values);
      assert.equal(
        nested.text,
        values.reduce((text, _, at) => `${text} and name <> $${at + 1}`, 'select 1 where true'),
      );
    }),
  );
});

test('canonical JSON has one spelling, and reading it back gives the same value', () => {
  const anyValue = fc.letrec<{ value: Canonical }>((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(anyValue, (value) => {
      const text = canonical(value);
      assert.equal(canonical(JSON.parse(text) as Canonical), text);
    }),
  );
  assert.equal(canonical({ b: 1, a: [true, null] }), '{"a":[true,null],"b":1}');
  assert.throws(() => canonical(0.5));
});

test('markup escapes every value but markup itself', () => {
  const name = '<script>"&\'';
  assert.equal(
    markup`<b title="${name}">${markup`<i>${name}</i>`}${[1, 2]}${false}</b>`.text,
    '<b title="&lt;script&gt;&quot;&amp;&#39;"><i>&lt;script&gt;&quot;&amp;&#39;</i>12</b>',
  );
});

test('ids are version 7 UUIDs that sort by the time they were made', () => {
  const clock = manualClock(1_000);
  const random = seededRandom('ids');
  const made = Array.from({ length: 50 }, () => {
    clock.advance(1);
    return newId({ clock, random });
  });
  assert.deepEqual(made.toSorted(), made);
  assert.ok(made.every((id) => isId(id) && id[14] === '7' && /[89ab]/.test(id[19] ?? '')));
  assert.ok(!isId(`${made[0]}'; drop table`));
});

test('a manual clock runs what falls due, in order, also what is added on the way', () => {
  const clock = manualClock(0);
  const ran: string[] = [];
  clock.after(20, () => ran.push('b'));
  clock.after(10, () => {
    ran.push('a');
    clock.after(5, () => ran.push('a2'));
  });
  const cancel = clock.after(15, () => ran.push('never'));
  cancel();
  clock.advance(30);
  assert.deepEqual(ran, ['a', 'a2', 'b']);
});

test('a reconciler that fails is tried again later and later, and one that found work runs again at once', async () => {
  const clock = manualClock(0);
  const runs: number[] = [];
  const results = [2, 1, 0];
  const log: string[] = [];
  const keys = { time: { doubt: async () => undefined } };
  const senses = { clock, keys, log: (event: string) => void log.push(event) };
  const failing = { name: 'failing', everyMs: 100, run: () => Promise.reject(new Error('no')) };
  const working = { name: 'working', everyMs: 100, run: async () => (runs.push(clock.now()), results.shift() ?? 0) };
  const running = startReconcilers(senses, [failing, working]);
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  assert.deepEqual(runs, [0, 0, 0]);
  assert.equal(log.filter((event) => event === 'reconciler.failed').length, 1);
  clock.advance(150);
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  assert.equal(
    log.filter((event) => event === 'reconciler.failed').length,
    1,
    'the second attempt waits twice as long',
  );
  await running.stop();
});
