import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import PostalMime from 'postal-mime';
import { openHttp, Outside, Personal, readConfig, systemClock, watchSockets, type OutsideKind } from '#base';
import { openMail, mailProcessor } from './open-mail.ts';
import type { Mail } from './mail-vendor.ts';
import { here, mailServer } from '../../../test/mail-server.ts';

const mail: Mail = {
  id: '0198a000-0000-7000-8000-000000000001',
  at: Date.UTC(2026, 10, 23, 15),
  from: 'Sotto <sotto@sotto.test>',
  to: new Personal('ana@example.com'),
  subject: 'Your sign-in link',
  text: 'Hello\n',
  html: '<p>Hello</p>\n',
};

async function open(t: TestContext, env: Readonly<Record<string, string>>) {
  const config = readConfig(env);
  const http = openHttp({ config, log: () => {}, lookup: here });
  t.after(() => http.close());
  const mailer = await openMail({ config, clock: systemClock, http, dial: http.dial });
  return { mailer, http, config };
}

function failed(kind: OutsideKind) {
  return (error: unknown) => error instanceof Outside && error.vendor === 'smtp' && error.kind === kind;
}

test('what the recipient decodes is what was written: letters of every language, long lines, dots, odd endings', async (t) => {
  const server = await mailServer(t);
  const { mailer } = await open(t, server.env());
  const text = `Café «señal» 電話 🔔\n.\n..dot\n${'word '.repeat(400)}\n${'x'.repeat(2_500)}\n=3D trailing space \n`;
  const html = `<p title="a &amp; b">${text.replaceAll('\n', '<br>')}</p>\n`;
  const { id } = await mailer.send({ ...mail, subject: 'Código de acceso — 電話', text, html });
  const [got] = server.received;
  assert.ok(got);
  const parsed = await PostalMime.parse(got.raw);
  // The parser ends every part with a line of its own.
  assert.equal(parsed.text, `${text}\n`);
  assert.equal(parsed.html, `${html}\n`);
  assert.equal(parsed.subject, 'Código de acceso — 電話');
  assert.deepEqual(parsed.from, { name: 'Sotto', address: 'sotto@sotto.test' });
  assert.deepEqual(parsed.to, [{ name: '', address: 'ana@example.com' }]);
  assert.equal(parsed.messageId, '<0198a000-0000-7000-8000-000000000001@sotto.test>');
  assert.equal(id, parsed.messageId);
  assert.equal(parsed.date, '2026-11-23T15:00:00.000Z');
  assert.deepEqual([got.from, got.to, got.isSecure], ['sotto@sotto.test', ['ana@example.com'], true]);
});

test('a mail says nothing of the machine it comes from, nor of the program', async (t) => {
  const server = await mailServer(t);
  const { mailer } = await open(t, server.env());
  await mailer.send(mail);
  const { headers } = await PostalMime.parse(server.received[0]!.raw);
  const names = headers.map(({ key }) => key).toSorted();
  const usual = ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'];
  assert.deepEqual(names, ['auto-submitted', ...usual]);
  assert.match(server.plainCommands[0] ?? '', /^EHLO sotto\.test$/);
});

test('the mail server is signed in to, over TLS alone, from the start or by STARTTLS', async (t) => {
  for (const isSecure of [false, true]) {
    const server = await mailServer(t, { isSecure, login: { user: 'me@sotto.test', password: 'p/w @:%' } });
    const { mailer } = await open(t, server.env('me%40sotto.test:p%2Fw%20%40%3A%25@'));
    assert.deepEqual(await mailer.check(), []);
    await mailer.send(mail);
    assert.deepEqual(
      server.received.map(({ user, isSecure: secure }) => [user, secure]),
      [['me@sotto.test', true]],
    );
    assert.deepEqual(
      server.plainCommands,
      isSecure ? [] : ['EHLO sotto.test', 'STARTTLS', 'EHLO sotto.test', 'STARTTLS'],
    );
  }
});

test('a server whose STARTTLS was taken away gets neither password nor mail', async (t) => {
  const server = await mailServer(t, { hasStarttls: false, login: { user: 'me', password: 'secret' } });
  const { mailer } = await open(t, server.env('me:secret@'));
  await assert.rejects(mailer.send(mail), failed('unreachable'));
  assert.deepEqual([server.received, server.logins], [[], []]);
  assert.doesNotMatch(server.plainCommands.join('\n'), /AUTH|MAIL|RCPT|secret|ana/);
  assert.match((await mailer.check()).join(), /TLS/);
});

test('a certificate that is not trusted, or is for another name, gets neither password nor mail', async (t) => {
  for (const wrong of [{ isTrusted: false }, { certifiedFor: 'other.sotto.test' }]) {
    for (const isSecure of [false, true]) {
      const server = await mailServer(t, { ...wrong, isSecure, login: { user: 'me', password: 'secret' } });
      const { mailer } = await open(t, server.env('me:secret@'));
      await assert.rejects(mailer.send(mail), failed('unreachable'), JSON.stringify(wrong));
      assert.deepEqual([server.received, server.logins], [[], []]);
    }
  }
});

test('only on this machine itself may mail go to the server in the clear', async (t) => {
  const server = await mailServer(t, { hasStarttls: false });
  const { mailer } = await open(t, { ...server.env(), SOTTO_SMTP_URL: `smtp://127.0.0.1:${server.port}` });
  await mailer.send(mail);
  assert.equal(server.received.length, 1);
  assert.equal(server.received[0]?.isSecure, false);
});

test('a wrong password is for the operator to mend, and is said without the password', async (t) => {
  const server = await mailServer(t, { login: { user: 'me', password: 'right' } });
  const { mailer } = await open(t, server.env('me:wrong@'));
  await assert.rejects(mailer.send(mail), failed('unreachable'));
  const said = (await mailer.check()).join();
  assert.match(said, /user and password of SOTTO_SMTP_URL/);
  assert.doesNotMatch(said, /wrong/);
  assert.equal(server.received.length, 0);
});

test('4xx is worth another try and 5xx is not, whether the recipient or the mail is meant', async (t) => {
  for (const [reply, kind] of [
    [450, 'busy'],
    [421, 'busy'],
    [550, 'refused'],
    [552, 'refused'],
  ] as const) {
    const strict = await mailServer(t, { recipientReply: reply });
    await assert.rejects((await open(t, strict.env())).mailer.send(mail), failed(kind), `RCPT ${reply}`);
    const late = await mailServer(t, { fate: () => ({ reply }) });
    await assert.rejects((await open(t, late.env())).mailer.send(mail), failed(kind), `DATA ${reply}`);
  }
});

test('a server that is gone amid a mail is worth another try', async (t) => {
  const server = await mailServer(t, { fate: (before) => (before === 0 ? 'gone-amid' : 'take') });
  const { mailer } = await open(t, server.env());
  await assert.rejects(mailer.send(mail), failed('unreachable'));
  assert.equal(server.received.length, 0);
  await mailer.send(mail);
  assert.equal(server.received.length, 1);
});

test('a recipient that is more than one address is refused before anything is dialled', async (t) => {
  const server = await mailServer(t);
  const { mailer, http } = await open(t, server.env());
  const odd = ['', 'ana', 'a@b@c.de', 'ana@example.com, eve@example.com', 'ana@example.com\r\nBcc: eve@example.com'];
  const odder = [
    'Ana <ana@example.com>',
    '"ana x"@example.com',
    'ana@exa mple.com',
    '<ana@example.com>',
    'a\u0000@b.de',
  ];
  for (const to of [...odd, ...odder]) {
    await assert.rejects(mailer.send({ ...mail, to: new Personal(to) }), failed('refused'), JSON.stringify(to));
  }
  assert.deepEqual(http.ledger(), []);
  await mailer.send({ ...mail, to: new Personal('ana+tag@exámple.com') });
  assert.deepEqual(server.received[0]?.to, ['ana+tag@exámple.com']);
});

test('a subject cannot bring headers of its own', async (t) => {
  const server = await mailServer(t);
  const { mailer } = await open(t, server.env());
  await mailer.send({ ...mail, subject: 'One\r\nBcc: eve@example.com\r\n\r\nBody' });
  const [got] = server.received;
  const { headers, text } = await PostalMime.parse(got!.raw);
  assert.deepEqual(
    headers.filter(({ key }) => key === 'bcc'),
    [],
  );
  assert.equal(text, `${mail.text}\n`);
  assert.deepEqual(got!.to, ['ana@example.com']);
});

test('every connection of mail is one that the way out accounts for, and the server is the one listed', async (t) => {
  const server = await mailServer(t);
  const { mailer, http, config } = await open(t, server.env());
  const watch = watchSockets({ isEgress: http.opened });
  t.after(() => watch.stop());
  await mailer.send(mail);
  const { egress, unexpected } = await watch.ledger();
  assert.deepEqual([egress, unexpected], [1, []]);
  const { hosts } = await mailProcessor(config);
  assert.deepEqual(hosts, [`${server.host}:${server.port}`]);
  assert.deepEqual(http.ledger(), [{ vendor: 'smtp', host: hosts[0], sent: 1, refused: 0, failed: 0, unlisted: 0 }]);
});
