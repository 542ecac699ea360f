import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childEnvironment, readConfig } from '#base';

const given = {
  SOTTO_DATA_DIR: '/var/lib/sotto',
  SOTTO_PORT: '8443',
  SOTTO_ALLOW_HOSTS: 'localhost,10.0.0.7:9000',
  SOTTO_MAX_SOCKETS: '77',
  SOTTO_DATABASE_URL: 'postgres://app:word@db.example/sotto',
  SOTTO_ROOT_KEY: 'ab'.repeat(32),
};

test('a process that we start reads the same settings, and no secret that was not named', () => {
  const config = readConfig(given);
  assert.deepEqual(readConfig(childEnvironment(config)), { ...config, databaseUrl: undefined, rootKey: undefined });
  assert.deepEqual(readConfig(childEnvironment(config, ['databaseUrl'])), { ...config, rootKey: undefined });
});

test('a process that is not given the secrets of mail starts all the same, and sends none', () => {
  const smtp = { SOTTO_MAIL: 'smtp', SOTTO_MAIL_FROM: 'a@b.test', SOTTO_SMTP_URL: 'smtp://me:word@h.test' };
  const config = readConfig({ ...given, ...smtp });
  const child = readConfig(childEnvironment(config));
  assert.deepEqual([child.mail, child.smtpUrl], ['outbox', undefined]);
  assert.equal(readConfig(childEnvironment(config, ['smtpUrl'])).mail, 'smtp');
});

test('a process that we start gets nothing of our environment but settings and surroundings', () => {
  const names = Object.keys(childEnvironment(readConfig(given)));
  const foreign = names.filter(
    (name) => !/^(SOTTO_|NODE_|SSL_CERT_|PATH$|HOME$|TE?MP|SystemRoot$|LANG$|LC_ALL$|TZ$)/.test(name),
  );
  assert.deepEqual(foreign, []);
  assert.ok(!names.includes('SOTTO_ROOT_KEY'));
});
