import test from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isProblem } from './problems.ts';
import { pageOf, pageQuery, readCursor } from './page.ts';
import { sql } from './sql.ts';

const id = '01890000-0000-7000-8000-00000000000a';

test('a cursor names the last row of the page, and there is none after the last page', async () => {
  const rows = [3, 2, 1].map((at) => ({ id, at }));
  const read = { at: (row: { at: number }) => row.at, view: (row: { at: number }) => row.at };
  const first = await pageOf(rows, 2, read);
  assert.deepEqual(first.items, [3, 2]);
  assert.deepEqual(readCursor(first.next!), { at: 2, id });
  assert.equal((await pageOf(rows, 3, read)).next, null);
  assert.deepEqual(await pageOf([], 3, read), { items: [], next: null });
});

test('text that is no cursor of ours is refused, never searched with', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.stringMatching(/^[\w-]{29,31}$/)), (text) => {
      try {
        const { at, id: found } = readCursor(text);
        return at <= 253_402_300_799_999 && /^[0-9a-f-]{36}$/.test(found) && text.length === 30;
      } catch (error) {
        return isProblem(error, 'cursor-invalid');
      }
    }),
  );
  for (const text of ['', '0', `${'A'.repeat(30)}=`, '/'.repeat(30), '_'.repeat(30)]) {
    assert.throws(
      () => readCursor(text),
      (error) => isProblem(error, 'cursor-invalid'),
    );
  }
});

test('a page holds from one to a hundred rows', () => {
  assert.equal(pageQuery(sql`created_at`, { limit: 100 }).take, 101);
  for (const limit of [0, -1, 101, 1.5, Number.NaN]) {
    assert.throws(
      () => pageQuery(sql`created_at`, { limit }),
      (error) => isProblem(error, 'input-invalid'),
    );
  }
});
