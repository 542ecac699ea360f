import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { accountCandidates, accountVersion, addCarrierAccount, carrierAccount, dropToken } from './carrier-accounts.ts';
import { listEntries } from '#safeguards/audit';
import { openCredentials, type Credentials } from './credentials.ts';
import { addLine, lineAccount, lineCandidates, lineNumber } from './lines.ts';
import { makeOrganisation, organisation as load } from './organisations.ts';
import { addPerson } from './people.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const other = () =>
  makeOrganisation(office.ctx, { kind: 'customer', name: 'Other', timeZone: 'Etc/UTC', language: 'en', region: 'US' });

const connect = (organisation: Id, accountSid: string, token: string) =>
  office.db.tenant(organisation, (tx) =>
    addCarrierAccount(office.ctx, tx, { organisation, carrier: 'twilio', accountSid, authToken: new Personal(token) }),
  );

const open = (organisation: Id, accountId: Id) =>
  carrierAccount(office.ctx, { organisation, accountId }, { for: 'test' });

const notFound = (error: unknown) => isProblem(error, 'not-found');

test('a carrier token is sealed in the database and opens for its own organisation only', async () => {
  const { organisation } = office.business;
  const id = await connect(organisation, 'AC-sealed', 'planted-token');
  const opened = await open(organisation, id);
  assert.deepEqual([opened.accountSid, opened.authToken.reveal()], ['AC-sealed', 'planted-token']);
  const row = await office.db.tenant(organisation, (tx) =>
    tx.one<{ auth_token: Buffer }>(sql`
      select auth_token from app.carrier_accounts where organisation_id = ${organisation} and id = ${id}`),
  );
  assert.ok(!row.auth_token.includes('planted-token'));
  await assert.rejects(open(await other(), id), notFound);
});

test('connecting an account again replaces its token and keeps its id', async () => {
  const { organisation } = office.business;
  const first = await connect(organisation, 'AC-again', 'old');
  assert.equal(await connect(organisation, 'AC-again', 'new'), first);
  assert.equal((await open(organisation, first)).authToken.reveal(), 'new');
});

test('everyone who claims an account is a candidate, nobody else is', async () => {
  const [one, two] = [await other(), await other()];
  const ids = [await connect(one, 'AC-shared', 'a'), await connect(two, 'AC-shared', 'b')];
  const found = await accountCandidates(office.ctx, 'twilio', 'AC-shared');
  assert.deepEqual(found.map(({ accountId }) => accountId).toSorted(), ids.toSorted());
  assert.deepEqual(await accountCandidates(office.ctx, 'emulator', 'AC-shared'), []);
  assert.deepEqual(await accountCandidates(office.ctx, 'twilio', 'AC-unknown'), []);
});

/** As a webhook asks: with the version that it has just read. */
const verify = async (credentials: Credentials, organisation: Id, id: Id) =>
  (await credentials.get(await accountVersion(office.ctx, organisation, id))).authToken.reveal();

test('an open credential is kept for a minute and opened once for many', async () => {
  const { organisation } = office.business;
  const id = await connect(organisation, 'AC-kept', 'first');
  const credentials = openCredentials(office.ctx);
  const token = () => verify(credentials, organisation, id);
  assert.deepEqual(await Promise.all([token(), token(), token()]), ['first', 'first', 'first']);
  assert.equal(credentials.openings(), 1);
  office.ctx.clock.advance(59_999);
  await token();
  assert.equal(credentials.openings(), 1);
  office.ctx.clock.advance(1);
  await token();
  assert.equal(credentials.openings(), 2);
});

test('a token that was replaced is followed by every process with the next webhook, and none is verified with once revoked', async () => {
  const { organisation } = office.business;
  const id = await connect(organisation, 'AC-rotating', 'first');
  const [here, there] = [openCredentials(office.ctx), openCredentials(office.ctx)];
  for (const one of [here, there]) assert.equal(await verify(one, organisation, id), 'first');
  await connect(organisation, 'AC-rotating', 'second');
  for (const one of [here, there]) assert.equal(await verify(one, organisation, id), 'second');
  await office.db.tenant(organisation, (tx) => dropToken(office.ctx, tx, organisation, id));
  for (const one of [here, there]) await assert.rejects(verify(one, organisation, id), notFound);
  assert.deepEqual(await accountCandidates(office.ctx, 'twilio', 'AC-rotating'), []);
  await assert.rejects(open(organisation, id), notFound);
});

test('every opening is in the audit log, and of verification keys how often each was used', async () => {
  const { organisation } = office.business;
  const id = await connect(organisation, 'AC-counted', 'token');
  const credentials = openCredentials(office.ctx);
  const entries = async () =>
    (await office.db.tenant(organisation, (tx) => listEntries(office.ctx, tx, organisation, { limit: 100 }))).items
      .filter(({ action, object }) => action === 'credential.opened' && object === `credential:${id}`)
      .map(({ details }) => details);
  for (let round = 0; round < 5; round++) await verify(credentials, organisation, id);
  office.ctx.clock.advance(60_000);
  await verify(credentials, organisation, id);
  office.ctx.clock.advance(1);
  await open(organisation, id);
  assert.deepEqual(await entries(), [
    { for: 'test' },
    { for: 'verification', uses: 5 },
    { for: 'verification', uses: 0 },
  ]);
});

test('at most so many credentials stay open; the oldest goes first; a failed opening is not kept', async () => {
  const { organisation } = office.business;
  const ids = [
    await connect(organisation, 'AC-1', 'a'),
    await connect(organisation, 'AC-2', 'b'),
    await connect(organisation, 'AC-3', 'c'),
  ];
  const credentials = openCredentials(office.ctx, { most: 2 });
  for (const id of ids) await verify(credentials, organisation, id);
  await verify(credentials, organisation, ids[2]!);
  await verify(credentials, organisation, ids[1]!);
  assert.equal(credentials.openings(), 3);
  await verify(credentials, organisation, ids[0]!);
  assert.equal(credentials.openings(), 4);
  const nobody = { organisation, accountId: '00000000-0000-7000-8000-00000000dead', version: 1 };
  await assert.rejects(credentials.get(nobody), notFound);
  await assert.rejects(credentials.get(nobody), notFound);
  assert.equal(credentials.openings(), 6);
});

test('a line is found by carrier, account and number together, and never by one of them alone', async () => {
  const { organisation, agentId } = office.business;
  const accountId = await connect(organisation, 'AC-line', 'a');
  const e164 = '+14155550100';
  const lineId = await office.db.tenant(organisation, (tx) =>
    addLine(office.ctx, tx, { organisation, carrier: 'twilio', accountId, e164, agentId }),
  );
  const look = (carrier: string, account: string, dialled: string | undefined) =>
    lineCandidates(office.ctx, carrier, { account, dialled });
  assert.deepEqual(await look('twilio', 'AC-line', e164), [{ organisation, lineId, accountId, version: 1, agentId }]);
  for (const wrong of [
    look('emulator', 'AC-line', e164),
    look('twilio', 'AC-other', e164),
    look('twilio', 'AC-line', '+14155550101'),
    look('twilio', 'AC-line', undefined),
  ]) {
    assert.deepEqual(await wrong, []);
  }
  assert.equal(await office.db.tenant(organisation, (tx) => lineNumber(tx, organisation, lineId)), e164);
  assert.equal(await office.db.tenant(organisation, (tx) => lineAccount(tx, organisation, lineId)), accountId);
});

test('adding a line again moves it to the new account; a foreign account, carrier or number is refused', async () => {
  const { organisation, agentId } = office.business;
  const [first, second] = [await connect(organisation, 'AC-from', 'a'), await connect(organisation, 'AC-to', 'b')];
  const foreign = await connect(await other(), 'AC-foreign', 'c');
  const add = (accountId: Id, e164 = '+14155550102', carrier = 'twilio') =>
    office.db.tenant(organisation, (tx) =>
      addLine(office.ctx, tx, { organisation, carrier, accountId, e164, agentId }),
    );
  const lineId = await add(first);
  assert.equal(await add(second), lineId);
  assert.equal(await office.db.tenant(organisation, (tx) => lineAccount(tx, organisation, lineId)), second);
  await assert.rejects(add(foreign), notFound);
  await assert.rejects(add(first, '+14155550103', 'emulator'), notFound);
  for (const e164 of ['4155550102', '+0123456789', '+1 415 555 0102', '']) {
    await assert.rejects(add(first, e164), (error: unknown) => isProblem(error, 'input-invalid'), e164);
  }
});

test('a team member is sealed, and the same address written otherwise is the same person', async () => {
  const { organisation } = office.business;
  const add = (email: string) =>
    office.db.tenant(organisation, (tx) =>
      addPerson(office.ctx, tx, {
        organisation,
        role: 'owner',
        name: new Personal('Planted Name'),
        email: new Personal(email),
      }),
    );
  const id = await add('Someone@Example.test');
  assert.equal(await add(' someone@example.test'), id);
  assert.notEqual(await add('someone.else@example.test'), id);
  const row = await office.db.tenant(organisation, (tx) =>
    tx.one<{ name: Buffer; email: Buffer }>(sql`
      select name, email from app.people where organisation_id = ${organisation} and id = ${id}`),
  );
  assert.ok(!row.name.includes('Planted') && !row.email.includes('xample'));
});

test('an organisation comes back as it was made, making it again changes nothing, and others do not see it', async () => {
  const given = {
    kind: 'demo',
    name: 'First name',
    timeZone: 'America/New_York',
    language: 'en-US',
    region: 'US-NY',
  } as const;
  const id = await makeOrganisation(office.ctx, given);
  assert.equal(await makeOrganisation(office.ctx, { ...given, id, name: 'Second name' }), id);
  assert.deepEqual(await office.db.tenant(id, (tx) => load(tx, id)), { id, ...given });
  await assert.rejects(
    office.db.tenant(office.business.organisation, (tx) => load(tx, id)),
    notFound,
  );
});

test('an organisation with a time zone, language or region that does not exist is refused with all mistakes', async () => {
  const given = {
    kind: 'customer',
    name: 'X',
    timeZone: 'Mars/Olympus',
    language: 'not a tag',
    region: 'Spain',
  } as const;
  await assert.rejects(makeOrganisation(office.ctx, given), (error: unknown) => {
    assert.ok(isProblem(error, 'input-invalid'));
    assert.deepEqual(
      error.mistakes.map(({ at }) => at),
      ['/timeZone', '/language', '/region'],
    );
    return true;
  });
});

test('credentials, lines and people leave an audit entry in the organisation they belong to', async () => {
  const actions = new Set(await office.audited());
  for (const action of ['credential.added', 'line.added', 'person.added']) assert.ok(actions.has(action), action);
});
