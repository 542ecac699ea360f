import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHttp, Outside, Personal, readConfig, systemClock, type OutsideKind } from '#base';
import type { Mail } from './mail-vendor.ts';
import { mailProcessor, openMail } from './open-mail.ts';
import { postmarkServer } from '../../../test/postmark-server.ts';

const mail: Mail = {
  id: '0198a000-0000-7000-8000-000000000001',
  at: Date.UTC(2026, 10, 23, 15),
  from: 'Sotto, the secretary <sotto@sotto.test>',
  to: new Personal('ana@example.com'),
  subject: 'Código',
  text: 'Hello\n',
  html: '<p>Hello</p>\n',
};

async function open(t: TestContext, env: Readonly<Record<string, string>>) {
  const config = readConfig(env);
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  return openMail({ config, clock: systemClock, http, dial: http.dial });
}

function failed(kind: OutsideKind) {
  return (error: unknown) =>
    error instanceof Outside && error.vendor === 'postmark' && error.kind === kind && !/ana/.test(String(error.cause));
}

test('a mail reaches Postmark as its reference describes it, untracked, in the transactional stream', async (t) => {
  const postmark = await postmarkServer(t);
  const mailer = await open(t, postmark.env);
  assert.deepEqual(await mailer.send(mail), { id: '0a129aee-e1cd-480d-b08d-4f48548ff48d' });
  assert.deepEqual(postmark.mails, [
    {
      From: '"Sotto, the secretary" <sotto@sotto.test>',
      To: 'ana@example.com',
      Subject: 'Código',
      TextBody: 'Hello\n',
      HtmlBody: '<p>Hello</p>\n',
      MessageStream: 'outbound',
      TrackOpens: false,
      TrackLinks: 'None',
      Headers: [
        { Name: 'Message-ID', Value: '<0198a000-0000-7000-8000-000000000001@sotto.test>' },
        { Name: 'X-PM-KeepID', Value: 'true' },
        { Name: 'Auto-Submitted', Value: 'auto-generated' },
      ],
    },
  ]);
});

test('another stream is the one of the settings', async (t) => {
  const postmark = await postmarkServer(t);
  await (await open(t, { ...postmark.env, SOTTO_POSTMARK_STREAM: 'notices' })).send(mail);
  assert.equal(postmark.mails[0]?.['MessageStream'], 'notices');
});

test('what Postmark will never take is refused; what can pass or be mended is worth another try', async (t) => {
  const cases: readonly (readonly [number, number | undefined, OutsideKind])[] = [
    [422, 300, 'refused'],
    [422, 406, 'refused'],
    [401, 10, 'unreachable'],
    [422, 400, 'unreachable'],
    [422, 401, 'unreachable'],
    [422, 405, 'unreachable'],
    [422, 412, 'unreachable'],
    [403, undefined, 'unreachable'],
    [429, 429, 'busy'],
    [500, undefined, 'busy'],
    [503, 100, 'busy'],
  ];
  for (const [status, code, kind] of cases) {
    const postmark = await postmarkServer(t, { refusal: code === undefined ? { status } : { status, code } });
    const mailer = await open(t, postmark.env);
    await assert.rejects(mailer.send(mail), failed(kind), `${status} ${code}`);
    assert.deepEqual(postmark.mails, []);
  }
});

test('a Postmark that does not answer is worth another try', async (t) => {
  const postmark = await postmarkServer(t);
  const mailer = await open(t, { ...postmark.env, SOTTO_POSTMARK_BASE_URL: 'http://127.0.0.1:1' });
  await assert.rejects(mailer.send(mail), failed('unreachable'));
  assert.deepEqual(await mailer.check(), ['Postmark cannot be reached now']);
});

test('a list of recipients is refused before Postmark sees it', async (t) => {
  const postmark = await postmarkServer(t);
  const mailer = await open(t, postmark.env);
  for (const to of ['ana@example.com, eve@example.com', 'Ana <ana@example.com>', '']) {
    await assert.rejects(mailer.send({ ...mail, to: new Personal(to) }), failed('refused'));
  }
  assert.deepEqual(postmark.mails, []);
});

test('a wrong token, and open tracking that a mail cannot switch off, are said when asked', async (t) => {
  const good = await postmarkServer(t);
  assert.deepEqual(await (await open(t, good.env)).check(), []);
  const wrong = await open(t, { ...good.env, SOTTO_POSTMARK_TOKEN: 'other' });
  assert.match((await wrong.check()).join(), /does not accept SOTTO_POSTMARK_TOKEN/);
  const tracking = await postmarkServer(t, { trackOpens: true });
  assert.match((await (await open(t, tracking.env)).check()).join(), /open tracking is on/);
});

test('who carries mail is listed with what it gets to see, and the outbox gives nothing to anybody', async () => {
  const postmark = { SOTTO_MAIL: 'postmark', SOTTO_MAIL_FROM: 'a@b.test', SOTTO_POSTMARK_TOKEN: 'x' };
  const { name, data, hosts } = await mailProcessor(readConfig(postmark));
  assert.deepEqual([name, hosts], ['Postmark', ['api.postmarkapp.com']]);
  assert.ok(data.length > 0);
  const own = await mailProcessor(readConfig({}));
  assert.deepEqual([own.data, own.hosts], [[], []]);
});
