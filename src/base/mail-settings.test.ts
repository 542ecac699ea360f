import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeConfig, readConfig } from './config.ts';
import { isProblem } from './problems.ts';

function mistakesIn(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    assert.ok(isProblem(error, 'config-invalid'));
    return error.mistakes.map(({ at }) => at);
  }
}

test('everything that a way of sending mail lacks is named at once', () => {
  assert.deepEqual(mistakesIn({}), []);
  assert.deepEqual(mistakesIn({ SOTTO_MAIL: 'smtp' }), ['SOTTO_MAIL_FROM', 'SOTTO_SMTP_URL']);
  assert.deepEqual(mistakesIn({ SOTTO_MAIL: 'postmark' }), ['SOTTO_MAIL_FROM', 'SOTTO_POSTMARK_TOKEN']);
  assert.deepEqual(mistakesIn({ SOTTO_MAIL: 'pigeon' }), ['SOTTO_MAIL']);
  const wrong = { SOTTO_MAIL: 'smtp', SOTTO_MAIL_FROM: 'nobody', SOTTO_SMTP_URL: 'https://mail.example.com' };
  assert.deepEqual(mistakesIn(wrong), ['SOTTO_MAIL_FROM', 'SOTTO_SMTP_URL']);
});

test('a mail server is named with its port, and its password is never shown', () => {
  const urls = {
    'smtp://SMTP.example.com': 'smtp://smtp.example.com:587',
    'smtps://a%40b:p%2Fw@smtp.example.com/': 'smtps://a%40b:p%2Fw@smtp.example.com:465',
    'smtp://[::1]:2525': 'smtp://[::1]:2525',
  };
  for (const [given, kept] of Object.entries(urls)) {
    const config = readConfig({ SOTTO_SMTP_URL: given });
    assert.equal(config.smtpUrl, kept);
    const shown = describeConfig(config, {}).find(({ name }) => name === 'SOTTO_SMTP_URL');
    assert.equal(shown?.value, '(secret)');
  }
});

test('what is no mail server, no sender and no stream is refused', () => {
  const servers = ['smtp.example.com', 'smtp://', 'smtp://h/path', 'smtp://user@h', 'smtp://h?pool=true', 'smtp://h h'];
  for (const url of servers) assert.deepEqual(mistakesIn({ SOTTO_SMTP_URL: url }), ['SOTTO_SMTP_URL'], url);
  const senders = ['a', 'a@', 'a@b c', 'A <a@b.example', 'a@b.example, c@d.example', 'A\r\nBcc: x <a@b.example>', '<>'];
  for (const from of senders) assert.deepEqual(mistakesIn({ SOTTO_MAIL_FROM: from }), ['SOTTO_MAIL_FROM'], from);
  for (const from of ['a@b.example', 'Café Sotto <a+x@b.example>', '<a@localhost>']) {
    assert.deepEqual(mistakesIn({ SOTTO_MAIL_FROM: from }), [], from);
  }
  assert.deepEqual(mistakesIn({ SOTTO_POSTMARK_STREAM: 'a b' }), ['SOTTO_POSTMARK_STREAM']);
});
