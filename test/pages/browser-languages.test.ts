import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserLanguages } from '../../web/words/browser-languages.ts';

test('names of languages that only the system understands break no page', () => {
  const read = browserLanguages(['en-US@posix', 'de_DE.UTF-8', 'C', 'es-MX', '', 'x y', 'EN-gb']);
  assert.deepEqual(read, ['en-US', 'de-DE', 'es-MX', 'en-GB']);
  for (const tag of read) assert.doesNotThrow(() => new Intl.DateTimeFormat(tag));
});
