import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openFrontDoor } from '../../../test/front-door.ts';
import { listPeople } from '#safeguards/accounts';

async function open(t: TestContext) {
  const door = await openFrontDoor();
  t.after(() => door.close());
  const browser = await door.signedIn('own@example.com');
  const own = async () => (await browser.send('GET', '/api/v1/session')).json;
  return { door, browser, own };
}

test('a new name is the name everywhere they belong, and what is not named stays', async (t) => {
  const { door, browser, own } = await open(t);
  const before = await own();
  assert.equal((await browser.send('PATCH', '/api/v1/session', { name: ' Mara Lindqvist ' })).status, 204);
  const after = await own();
  assert.deepEqual([after['name'], after['language']], ['Mara Lindqvist', before['language']]);
  const organisation = String(after['organisation']);
  const { items } = await door.ctx.db.tenant(organisation, (tx) =>
    listPeople(door.ctx, tx, organisation, { limit: 5 }),
  );
  assert.deepEqual(
    items.map(({ name }) => name?.reveal()),
    ['Mara Lindqvist'],
  );
  await browser.send('PATCH', '/api/v1/session', { language: 'es' });
  const last = await own();
  assert.deepEqual([last['name'], last['language']], ['Mara Lindqvist', 'es']);
  assert.equal((await door.recorded()).filter((action) => action === 'identity.changed').length, 2);
});

test('a name that could change a mail or a page is refused, and so is a language that is none', async (t) => {
  const { browser, own } = await open(t);
  const before = await own();
  for (const change of [
    { name: 'Mara\r\nBcc: all@example.com' },
    { name: '   ' },
    { language: 'x' },
    { role: 'owner' },
  ])
    assert.equal(
      (await browser.send('PATCH', '/api/v1/session', change)).code,
      'input-invalid',
      JSON.stringify(change),
    );
  assert.deepEqual(await own(), before);
});

test('whoever is signed in has a link mailed to their own address, and to no other', async (t) => {
  const { door, browser } = await open(t);
  assert.equal((await browser.post('/api/v1/session/address/link')).status, 202);
  assert.match(await door.linkFor('own@example.com'), /^[\w-]{43}$/);
});

test('a session says when and how it began, and with what browser', async (t) => {
  const { browser, own } = await open(t);
  const { begunAt, by } = await own();
  assert.match(String(begunAt), /^\d{4}-\d\d-\d\dT/);
  assert.equal(by, 'link');
  const { items } = (await browser.send('GET', '/api/v1/sessions')).json as { items: Record<string, unknown>[] };
  assert.deepEqual([items[0]?.['browser'], items[0]?.['system']], [null, null]);
});
