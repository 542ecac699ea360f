import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openServer } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { listReports, securityTxt, workOnReport } from '#safeguards/disclosure';
import { newestMails } from '#safeguards/notices';
import { setProfile } from '#safeguards/profiles';
import { trustRoutes } from '#trust';
import { always } from '../../../test/edge.ts';
import { openProvingGround, type ProvingGround } from '../../../test/proving.ts';

const origin = 'https://phone.harbour.example';
const formType = 'application/x-www-form-urlencoded';

let ground: ProvingGround;
let server: Awaited<ReturnType<typeof openServer>>;
const sees = { drafts: false };
before(async () => {
  ground = await openProvingGround();
  const routes = trustRoutes({
    ...ground.ctx,
    publicUrl: () => origin,
    maySeeDrafts: () => Promise.resolve(sees.drafts),
  });
  const identify = () => Promise.resolve(undefined);
  server = await openServer(ground.ctx, { routes, identify, admit: always });
});
after(async () => {
  await server.close();
  await ground.close();
});

const publish = () =>
  ground.ctx.db.tenant(instanceId, (tx) =>
    setProfile(ground.ctx, tx, {
      organisation: instanceId,
      change: {
        legalName: 'Harbour Dental LLC',
        privacyContact: 'privacy@harbour.example',
        supportContact: 'help@harbour.example',
        securityContact: 'security@harbour.example',
      },
    }),
  );

const get = (url: string) => server.inject({ method: 'GET', url });
const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  server.inject({
    method: 'POST',
    url: '/trust/security?lang=pt',
    headers: { 'content-type': formType, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

async function form(): Promise<string> {
  const { body } = await get('/trust/security');
  return /name="form" value="([\w-]+)"/.exec(body)?.[1] ?? assert.fail('there is no form');
}

test('while nobody can be written to, strangers find neither the file nor the form', async () => {
  assert.equal((await get('/.well-known/security.txt')).status, 404);
  assert.equal((await get('/trust/security')).status, 404);
  const post = await server.inject({
    method: 'POST',
    url: '/trust/security/reports',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'a', details: 'b' }),
  });
  assert.match(post.body, /trust-not-published/);
  assert.deepEqual(await listReports(ground.ctx), []);
});

test('a report is sent without script, and its receipt opens where it stands', async () => {
  await publish();
  const page = await get('/trust/security');
  assert.equal(page.status, 200);
  assert.equal(page.headers['cache-control'], 'no-store');
  assert.match(String(page.headers['content-security-policy']), /form-action 'self'/);
  assert.doesNotMatch(page.body, /<script/);
  const fields = { title: 'A door', details: 'It stands\r\nopen.', contact: '', form: await form() };
  const sent = await send(fields);
  assert.equal(sent.status, 303);
  assert.equal(sent.headers['referrer-policy'], 'no-referrer');
  const location = String(sent.headers['location']);
  assert.match(location, /^\/trust\/security\/report\/[\w-]{43}\?lang=pt$/);
  assert.equal((await send(fields)).headers['location'], location, 'sent again, it is the same report');
  const [report, ...others] = await listReports(ground.ctx);
  assert.ok(report && others.length === 0);
  await workOnReport(ground.ctx, { id: report.id, by: 'command:reports', step: { do: 'reply', text: 'Thank <you>.' } });
  const shown = await get(location);
  assert.equal(shown.status, 200);
  assert.equal(shown.headers['cache-control'], 'no-store');
  assert.match(shown.body, /<html lang="pt">/);
  assert.match(shown.body, /Thank &lt;you&gt;\./);
  assert.doesNotMatch(shown.body, /A door|stands/);
});

test('what is wrong with a form is said on the page, with all that was typed and nothing of it as markup', async () => {
  const before = (await listReports(ground.ctx)).length;
  const own = await form();
  const typed = { title: '', details: '</textarea><script>alert(1)</script>', contact: '"><b>', form: own };
  const empty = await send(typed);
  assert.equal(empty.status, 400);
  assert.doesNotMatch(empty.body, /<script|"><b>/);
  assert.match(empty.body, /&lt;\/textarea&gt;/);
  assert.ok(empty.body.includes(`value="${own}"`), 'it is still the same report');
  const stranger = await send({ ...typed, title: 'A door', contact: 'nobody' });
  assert.match(stranger.body, /endereço de e-mail/);
  const old = await send({ ...typed, title: 'A door', contact: '', form: 'x' });
  assert.match(old.body, /Envie de novo/);
  assert.doesNotMatch(old.body, /value="x"/);
  assert.equal((await listReports(ground.ctx)).length, before);
});

test('a form that another site sends is refused', async () => {
  const fields = { title: 'A door', details: 'b', contact: '', form: await form() };
  const { status, body } = await send(fields, { 'sec-fetch-site': 'cross-site' });
  assert.equal(status, 403);
  assert.match(body, /cross-site-refused/);
});

test('a program sends a report, and reads where it stands', async () => {
  const { status, body } = await server.inject({
    method: 'POST',
    url: '/trust/security/reports',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'A window', details: 'It is ajar.' }),
  });
  assert.equal(status, 201);
  const { receipt, page } = JSON.parse(body) as { receipt: string; page: string };
  const state = await get(receipt.slice(origin.length));
  const { clocks, answers } = JSON.parse(state.body) as { clocks: { what: string }[]; answers: unknown[] };
  assert.deepEqual([clocks.map(({ what }) => what), answers], [['acknowledgement', 'assessment'], []]);
  assert.equal((await get(page.slice(origin.length))).status, 200);
  assert.equal((await get(`${receipt.slice(origin.length, -1)}_`)).status, 404);
});

test('whoever reports is told of each step in the language of the form, or in that which their program asks for', async () => {
  const fields = { title: 'A wall', details: 'It leans.', contact: 'pt@reporter.example', form: await form() };
  assert.equal((await send(fields)).status, 303);
  const sent = await server.inject({
    method: 'POST',
    url: '/trust/security/reports',
    headers: { 'content-type': 'application/json', 'accept-language': 'hi-IN' },
    body: JSON.stringify({ title: 'A roof', details: 'It leaks.', contact: 'hi@reporter.example' }),
  });
  assert.equal(sent.status, 201);
  for (const { id } of await listReports(ground.ctx))
    await workOnReport(ground.ctx, { id, by: 'command:reports', step: { do: 'acknowledge' } });
  const mails = await newestMails(ground.ctx, { most: 20, by: 'command:outbox', origin });
  const to = (address: string) => mails.find((mail) => mail.to === address)?.subject;
  assert.equal(to('pt@reporter.example'), 'Novidades sobre o que você nos relatou');
  assert.equal(to('hi@reporter.example'), 'आपने हमें जो बताया, उसकी ख़बर');
});

test('no answer of these pages and no line of the log holds the form of somebody else', async () => {
  const [one, two] = [await form(), await form()];
  assert.notEqual(one, two);
  const { body } = await get('/trust/security.json');
  assert.ok(!body.includes('"form"'));
  assert.match(body, /"standing":\{"acknowledgement":null/);
});

/** RFC 9116 §4, written out from the grammar. Returns the fields, or what is wrong. */
function parsed(text: string): Map<string, string[]> {
  const grammar = {
    'Acknowledgments': /^https:\/\/[\x21-\x7e]+$/,
    'Canonical': /^https:\/\/[\x21-\x7e]+$/,
    'Contact': /^(https:\/\/|mailto:|tel:)[\x21-\x7e]+$/,
    'Encryption': /^(https:\/\/|dns:|openpgp4fpr:)[\x21-\x7e]+$/,
    'Expires': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    'Hiring': /^https:\/\/[\x21-\x7e]+$/,
    'Policy': /^https:\/\/[\x21-\x7e]+$/,
    'Preferred-Languages': /^[a-z]{2,3}(-[A-Za-z0-9]+)*(, *[a-z]{2,3}(-[A-Za-z0-9]+)*)*$/,
  } as Readonly<Record<string, RegExp>>;
  assert.ok(text.endsWith('\n'), 'the last line ends');
  const fields = new Map<string, string[]>();
  for (const line of text.split('\n').slice(0, -1)) {
    assert.ok(line.endsWith('\r'), 'every line ends in CRLF');
    const [, name = '', value = ''] = /^([^:\s]+): (.*)\r$/.exec(line) ?? assert.fail(`no field: ${line}`);
    assert.match(value, grammar[name] ?? assert.fail(`no such field: ${name}`));
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  for (const once of ['Expires', 'Preferred-Languages']) assert.ok((fields.get(once)?.length ?? 0) <= 1, once);
  assert.equal(fields.get('Expires')?.length, 1);
  assert.ok(fields.has('Contact'));
  return fields;
}

test('security.txt is as RFC 9116 wants it, and expires within a year', async () => {
  await publish();
  const { status, headers, body } = await get('/.well-known/security.txt');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
  const fields = parsed(body);
  assert.deepEqual(fields.get('Contact'), [`${origin}/trust/security`, 'mailto:security@harbour.example']);
  assert.deepEqual(fields.get('Canonical'), [`${origin}/.well-known/security.txt`]);
  assert.deepEqual(fields.get('Preferred-Languages'), ['en, es, pt, hi']);
  const days = (Date.parse(fields.get('Expires')![0]!) - ground.ctx.clock.now()) / 86_400_000;
  assert.ok(days > 170 && days < 365, `${days} days`);
  const old = await get('/security.txt');
  assert.deepEqual([old.status, old.headers['location']], [308, '/.well-known/security.txt']);
});

test('without https nothing of the web is named, and an address stays one address', () => {
  const now = Date.UTC(2026, 1, 28);
  const plain = parsed(
    securityTxt({ origin: 'http://127.0.0.1:8080', contact: 'a+b@x.example', now, languages: ['en'] }),
  );
  assert.deepEqual([...plain.keys()], ['Contact', 'Expires', 'Preferred-Languages']);
  assert.deepEqual(plain.get('Contact'), ['mailto:a%2Bb@x.example']);
  const page = securityTxt({ origin, contact: 'https://x.example/security', now, languages: ['en'] });
  assert.deepEqual(parsed(page).get('Contact'), [`${origin}/trust/security`, 'https://x.example/security']);
});
