import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#base';
import { openBreakers } from './breakers.ts';

test('after three failures in a row a vendor is left alone, then tried by one call at a time', () => {
  const clock = manualClock(0);
  const breakers = openBreakers({ clock });
  for (let failures = 0; failures < 3; failures += 1) {
    assert.ok(breakers.allows('openai:a'), 'a few failures may be chance');
    breakers.failed('openai:a');
  }
  assert.ok(!breakers.allows('openai:a'));
  assert.ok(breakers.allows('openai:b'), 'the key of one organisation says nothing about another');
  clock.advance(30_000);
  assert.ok(breakers.allows('openai:a'));
  assert.ok(!breakers.allows('openai:a'), 'only one tries');
  breakers.failed('openai:a');
  clock.advance(29_999);
  assert.ok(!breakers.allows('openai:a'));
  clock.advance(1);
  assert.ok(breakers.allows('openai:a'));
  breakers.worked('openai:a');
  assert.ok(breakers.allows('openai:a') && breakers.allows('openai:a'));
});
