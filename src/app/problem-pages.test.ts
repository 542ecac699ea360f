import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problems } from '#base';
import { parrot } from '../../test/parrot.ts';
import { world } from '../../test/world.ts';

test('the address in every problem document leads to what happened and what to do', async (t) => {
  const w = await world(t, { model: parrot });
  for (const [code, { status }] of Object.entries(problems)) {
    const page = await w.app.server.inject({ method: 'GET', url: `/problems/${code}` });
    assert.equal(page.status, 200, code);
    assert.ok(page.body.includes(`HTTP status ${status}.`), code);
    assert.match(page.body, /<strong>What happened\.<\/strong> .{20,}<strong>What to do\.<\/strong> .{20,}/s, code);
    assert.doesNotMatch(page.body, /<p>[^<]*[`*]{1,2}\w/, `${code} shows a mark of the reference as it is`);
  }
});

test('a word that is no code has no page, whatever JavaScript calls it', async (t) => {
  const w = await world(t, { model: parrot });
  for (const code of ['constructor', 'no-such-problem']) {
    assert.equal((await w.app.server.inject({ method: 'GET', url: `/problems/${code}` })).status, 404, code);
  }
});
