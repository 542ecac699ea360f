import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noSessionCookie, sessionCookie, sessionTokensIn } from './cookie.ts';

const secure = 'https://phone.example.com';
const plain = 'http://127.0.0.1:8080';
const token = 'a'.repeat(43);

test('the cookie of a session is out of reach for scripts, other hosts and plain connections', () => {
  const until = Date.UTC(2026, 10, 21, 12);
  assert.equal(
    sessionCookie(secure, token, until),
    `__Host-sotto=${token}; Path=/; HttpOnly; SameSite=Lax; Secure; Expires=Sat, 21 Nov 2026 12:00:00 GMT`,
  );
  assert.equal(noSessionCookie(secure), '__Host-sotto=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
});

test('on plain loopback, and nowhere else, it goes without the prefix that browsers refuse there', () => {
  assert.match(sessionCookie(plain, token, 0), /^sotto=a+; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
  assert.doesNotMatch(noSessionCookie(plain), /Secure|__Host/);
});

test('nothing can be written into the header beside the token', () => {
  for (const bad of ['', 'short', `${token}; Domain=evil.test`, `${token}\r\nset-cookie: a=b`, 'ä'.repeat(43)])
    assert.throws(() => sessionCookie(secure, bad, 0), TypeError, bad);
});

test('all tokens of a request are seen, of our very name alone', () => {
  assert.deepEqual(sessionTokensIn(secure, undefined), []);
  assert.deepEqual(sessionTokensIn(secure, 'theme=dark;__Host-sotto=one;  lang=es'), ['one']);
  assert.deepEqual(sessionTokensIn(secure, '__Host-sotto=one; __Host-sotto=two'), ['one', 'two']);
  assert.deepEqual(sessionTokensIn(secure, 'sotto=one; x__Host-sotto=two; __host-sotto=three'), []);
  assert.deepEqual(sessionTokensIn(plain, '__Host-sotto=one; sotto=two'), ['two']);
});
