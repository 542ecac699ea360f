import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '#base';
import { openTeam, statusesOf, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam(teamRoutes);
});
after(() => team.close());

const day = 24 * 3_600_000;
let guests = 0;
const guest = () => `guest-${(guests += 1)}@example.com`;

const invite = (as: Asker, email: string, role = 'agent', name = 'A Guest') =>
  team.ask(as, 'POST', '/api/v1/invitations', { email, name, role });

/** The token of the newest invitation that was mailed, and to whom. */
async function mailed(organisation: string) {
  const mails = (await team.post(organisation)).filter(({ notice }) => notice.kind === 'invitation');
  const last = mails.at(-1);
  assert.ok(last && last.notice.kind === 'invitation');
  return { to: last.to, notice: last.notice, token: last.notice.url.split('#')[1]! };
}

/** Somebody who has proven that address and belongs nowhere yet but to a firm of their own. */
async function prover(email: string) {
  const { identity } = await team.resident(email);
  return { identity, as: await team.signIn(identity) };
}

const accept = (as: Asker, token: string) => team.ask(as, 'POST', '/api/v1/invitations/accept', { token });

test('a person who is invited joins with the role they were invited to, once', async () => {
  const owner = await team.member('owner');
  const email = guest();
  assert.equal((await invite(owner.as, email, 'agent')).status, 201);
  const { to, notice, token } = await mailed(owner.organisation);
  assert.deepEqual([to, notice.by, notice.days], [email, 'Resident', 7]);
  assert.match(notice.url, /^http:\/\/127\.0\.0\.1:8000\/invitation#[\w-]{43}$/);
  const newcomer = await prover(email);
  const joined = await accept(newcomer.as, token);
  assert.deepEqual(
    [joined.status, joined.json['role'], joined.json['organisation']],
    [200, 'agent', owner.organisation],
  );
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/team');
  const member = json.items?.find(({ id }) => id === joined.json['person']);
  assert.deepEqual(
    [member?.['email'], member?.['name'], member?.['role'], member?.['signsIn']],
    [email, 'A Guest', 'agent', true],
  );
  const again = await accept(newcomer.as, token);
  assert.deepEqual([again.status, again.json.code], [410, 'invitation-over']);
});

test('the same link followed by many at once makes one member', async () => {
  const owner = await team.member('owner');
  const email = guest();
  await invite(owner.as, email);
  const { token } = await mailed(owner.organisation);
  const newcomer = await prover(email);
  const answers = await Promise.all(Array.from({ length: 8 }, () => accept(newcomer.as, token)));
  assert.deepEqual(statusesOf(answers), [200, 410, 410, 410, 410, 410, 410, 410]);
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/team');
  assert.equal(json.items?.length, 2);
});

test('a link that was altered, cut or made up opens nothing and says so alike', async () => {
  const owner = await team.member('owner');
  const email = guest();
  await invite(owner.as, email);
  const { token } = await mailed(owner.organisation);
  const newcomer = await prover(email);
  const turned = token[0] === 'A' ? `B${token.slice(1)}` : `A${token.slice(1)}`;
  for (const wrong of [turned, token.slice(1), `${token}A`, '', 'x'.repeat(43), "' or 1=1 --"]) {
    const { status, json } = await accept(newcomer.as, wrong);
    assert.deepEqual([status, json.code], [404, 'invitation-unknown'], wrong);
  }
  assert.equal((await accept(newcomer.as, token)).status, 200);
});

test('an invitation can be accepted for seven days, and sent again for seven more', async () => {
  const owner = await team.member('owner');
  const email = guest();
  const { json: made } = await invite(owner.as, email);
  const { token } = await mailed(owner.organisation);
  team.ctx.clock.advance(7 * day);
  const { identity } = await prover(email);
  const late = await accept(await team.signIn(identity), token);
  assert.deepEqual([late.status, late.json.code], [410, 'invitation-over']);
  const as = await team.signIn(owner.identity);
  assert.equal((await team.ask(as, 'POST', `/api/v1/invitations/${made.id}/resend`)).status, 204);
  const { token: second } = await mailed(owner.organisation);
  team.ctx.clock.advance(7 * day - 1);
  const newcomer = await team.signIn(identity);
  const old = await accept(newcomer, token);
  assert.deepEqual([old.status, old.json.code], [404, 'invitation-unknown']);
  assert.equal((await accept(newcomer, second)).status, 200);
});

test('an invitation that was withdrawn opens nothing, and nothing about the person is kept', async () => {
  const owner = await team.member('owner');
  const email = guest();
  const { json: made } = await invite(owner.as, email);
  const { token } = await mailed(owner.organisation);
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/invitations/${made.id}`)).status, 204);
  const { status, json } = await accept((await prover(email)).as, token);
  assert.deepEqual([status, json.code], [410, 'invitation-over']);
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/invitations/${made.id}`)).status, 404);
  const row = await team.db.tenant(owner.organisation, (tx) =>
    tx.one(sql`
      select name, email, email_index from app.invitations
      where organisation_id = ${owner.organisation} and id = ${made.id}`),
  );
  assert.deepEqual(row, { name: null, email: null, email_index: null });
});

test('only who has proven the invited address can accept, and hears nothing of that address', async () => {
  const owner = await team.member('owner');
  const email = guest();
  await invite(owner.as, `  ${email.toUpperCase()} `);
  const { token } = await mailed(owner.organisation);
  const thief = await accept((await prover(guest())).as, token);
  assert.deepEqual([thief.status, thief.json.code], [403, 'invitation-for-other']);
  assert.ok(!JSON.stringify(thief.json).toLowerCase().includes(email));
  assert.equal((await accept((await prover(email)).as, token)).status, 200);
});

test('a member is not invited again, however the address is written; neither is who has an open invitation', async () => {
  const owner = await team.member('owner');
  for (const email of [owner.email, owner.email.toUpperCase(), ` ${owner.email} `]) {
    const { status, json } = await invite(owner.as, email);
    assert.deepEqual([status, json.code], [409, 'already-member'], email);
  }
  const email = guest();
  await invite(owner.as, email);
  const again = await invite(owner.as, email);
  assert.deepEqual([again.status, again.json.code], [409, 'already-invited']);
});

test('many invitations to one address at once are one invitation and one mail', async () => {
  const owner = await team.member('owner');
  const email = guest();
  const answers = await Promise.all(Array.from({ length: 6 }, () => invite(owner.as, email)));
  assert.deepEqual(statusesOf(answers), [201, 409, 409, 409, 409, 409]);
  const mails = (await team.post(owner.organisation)).filter(({ notice }) => notice.kind === 'invitation');
  assert.equal(mails.length, 1);
});

test('an address that can be taken for the address of a member is not invited', async () => {
  const owner = await team.member('owner');
  const [local, domain] = owner.email.split('@') as [string, string];
  const alike = [
    `${local.replace('o', 'о')}@${domain}`, // Cyrillic
    `${local.replace('e', 'е')}@${domain}`, // Cyrillic
    `${local}@${domain.replace('l', '1')}`,
    `${local}@${domain.replace('m', 'rn')}`,
    `${local}@${domain.replace('a', 'á')}`,
  ];
  for (const email of alike) {
    assert.notEqual(email, owner.email);
    const { status, json } = await invite(owner.as, email);
    assert.deepEqual([status, json.code], [409, 'address-look-alike'], email);
  }
  assert.equal((await invite(owner.as, `x${owner.email}`)).status, 201);
});

test('an address or a name that could break a mail, or hides something, is refused', async () => {
  const owner = await team.member('owner');
  const bad = [
    'a@b.example\r\nBcc: c@d.example',
    'a b@c.example',
    'a@b',
    '@c.example',
    '"a b"@c.example',
    'a@b@c.example',
    'Ana <a@c.example>',
    'a\u200b@c.example',
    'a\u202e@c.example',
    'a\u3164@c.example',
    'a\ufe0f@c.example',
    `${'a'.repeat(65)}@c.example`,
  ];
  for (const email of bad) {
    const { status, json } = await invite(owner.as, email);
    assert.deepEqual([status, json.code], [400, 'input-invalid'], JSON.stringify(email));
  }
  for (const name of ['', '   ', 'a\r\nb', 'a\u0000', 'a\u202eb', 'x'.repeat(101)]) {
    const { status, json } = await invite(owner.as, guest(), 'agent', name);
    assert.deepEqual([status, json.code], [400, 'input-invalid'], JSON.stringify(name));
  }
});

test('nobody invites to a role that may do more than they, and what a demoted member sent counts for nothing', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const refused = await invite(admin.as, guest(), 'owner');
  assert.deepEqual([refused.status, refused.json.code], [403, 'beyond-your-role']);
  const email = guest();
  assert.equal((await invite(admin.as, email, 'admin')).status, 201);
  const { token } = await mailed(owner.organisation);
  await team.ask(owner.as, 'PUT', `/api/v1/team/${admin.person}/role`, { role: 'viewer' });
  const newcomer = await prover(email);
  const { status, json } = await accept(newcomer.as, token);
  assert.deepEqual([status, json.code], [410, 'invitation-over']);
});

test('what a member sent is withdrawn when they are removed', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const email = guest();
  await invite(admin.as, email, 'admin');
  const { token } = await mailed(owner.organisation);
  const gone = await team.ask(owner.as, 'DELETE', `/api/v1/team/${admin.person}`);
  assert.deepEqual(gone.json, { keysRevoked: 0, invitationsWithdrawn: 1 });
  const { status, json } = await accept((await prover(email)).as, token);
  assert.deepEqual([status, json.code], [410, 'invitation-over']);
});

test('an invitation is not sent again within five minutes', async () => {
  const owner = await team.member('owner');
  const { json: made } = await invite(owner.as, guest());
  const early = await team.ask(owner.as, 'POST', `/api/v1/invitations/${made.id}/resend`);
  assert.deepEqual([early.status, early.json.code], [409, 'already-invited']);
  team.ctx.clock.advance(5 * 60_000);
  assert.equal((await team.ask(owner.as, 'POST', `/api/v1/invitations/${made.id}/resend`)).status, 204);
});

test('an organisation has a hundred open invitations, not more', async () => {
  const owner = await team.member('owner');
  for (let at = 0; at < 100; at++) assert.equal((await invite(owner.as, guest())).status, 201);
  const more = await invite(owner.as, guest());
  assert.deepEqual([more.status, more.json.code], [409, 'already-invited']);
});

test('invitations of another organisation cannot be seen, sent or withdrawn', async () => {
  const [owner, stranger] = [await team.member('owner'), await team.member('owner')];
  const { json: made } = await invite(owner.as, guest());
  const list = await team.ask(stranger.as, 'GET', '/api/v1/invitations');
  assert.deepEqual(list.json.items, []);
  for (const [method, path] of [
    ['POST', `/api/v1/invitations/${made.id}/resend`],
    ['DELETE', `/api/v1/invitations/${made.id}`],
  ] as const) {
    const foreign = await team.ask(stranger.as, method, path);
    assert.deepEqual([foreign.status, foreign.json.code], [404, 'not-found']);
  }
});

test('to withdraw and invite again is no way to fill a mailbox: an organisation invites two hundred times a day', async () => {
  const owner = await team.member('owner');
  const invite = () =>
    team.ask(owner.as, 'POST', '/api/v1/invitations', { email: 'victim@example.net', name: 'Victim', role: 'viewer' });
  for (let times = 0; times < 200; times += 1) {
    const { status, json } = await invite();
    assert.equal(status, 201);
    assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/invitations/${json.id}`)).status, 204);
  }
  const { status, json } = await invite();
  assert.deepEqual([status, json.code], [429, 'rate-limited']);
  const other = await team.member('owner');
  assert.equal(
    (await team.ask(other.as, 'POST', '/api/v1/invitations', { email: 'a@example.net', name: 'A', role: 'viewer' }))
      .status,
    201,
  );
});
