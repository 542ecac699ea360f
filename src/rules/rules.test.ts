import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mustDisclose, openingSentence, regionFor, regions } from '#rules';

test('a member state of the Union falls under the Union file, a US state under its own', async () => {
  const all = await regions();
  assert.equal(regionFor(all, 'ES').id, 'eu');
  assert.equal(regionFor(all, 'US-ME').id, 'us-me');
  assert.equal(regionFor(all, 'US-TX').id, 'world');
});

test('where the law demands the disclosure, the business cannot switch it off', async () => {
  const all = await regions();
  assert.equal(mustDisclose(regionFor(all, 'DE').item, false), true);
  assert.equal(mustDisclose(regionFor(all, 'US-TX').item, false), false);
  assert.equal(mustDisclose(regionFor(all, 'US-TX').item, true), true);
});

test('every region names its law, when it was read and how sure we are', async () => {
  for (const { id, item } of await regions()) {
    assert.ok(item.source.law.length > 3, id);
    assert.match(item.source.readOn, /^\d{4}-\d\d-\d\d$/, id);
  }
});

test('the opening names the business first and then says that an AI speaks, in both languages', () => {
  const names = { agent: 'Robin', business: 'Elm Dental', recorded: false };
  assert.match(openingSentence({ ...names, language: 'en-US', ai: true }), /Elm Dental\. .*AI assistant/);
  assert.match(openingSentence({ ...names, language: 'es-MX', ai: true }), /Elm Dental\. .*inteligencia artificial/);
  assert.doesNotMatch(openingSentence({ ...names, language: 'en', ai: false }), /AI/);
});

test('a recorded call says so in its opening, in both languages, whatever else it says', () => {
  const names = { agent: 'Robin', business: 'Elm Dental', recorded: true, ai: false };
  assert.match(openingSentence({ ...names, language: 'en-US' }), /Robin\. This call is recorded\.$/);
  assert.match(openingSentence({ ...names, language: 'es' }), /Robin\. Esta llamada se graba\.$/);
});
