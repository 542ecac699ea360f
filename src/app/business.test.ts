import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { isProblem, Personal } from '#base';
import { idsFor, planFromFile, setUpBusiness } from '#app';
import { addressIndex, awaitedPeople, carrierAccount, lineCandidates, organisation } from '#safeguards/accounts';
import { loadAgent } from '#secretary/agent';
import { parrot } from '../../test/parrot.ts';
import { world } from '../../test/world.ts';
import { plain } from './plain.ts';

const token = () => Promise.resolve('0123456789abcdef0123456789abcdef');
const example = async () =>
  parse(await readFile(join(import.meta.dirname, '../../docs/guides/business.example.yaml'), 'utf8')) as Record<
    string,
    object
  >;

test('the example file sets up a business whose line is found, and running it again changes what changed', async (t) => {
  const w = await world(t, { model: parrot });
  const plan = await planFromFile(await example(), token);
  const ids = idsFor(w.ctx.keys, plan.lines[0]?.accountSid ?? '');
  await setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, plan);
  await setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, { ...plan, name: 'Another Name' });
  const [line] = await lineCandidates(w.ctx, 'twilio', {
    account: plan.lines[0]?.accountSid ?? '',
    dialled: plan.lines[0]?.number,
  });
  assert.equal(line?.organisation, ids.organisation);
  await w.ctx.db.tenant(ids.organisation, async (tx) => {
    assert.equal((await organisation(tx, ids.organisation)).name, 'Another Name');
    assert.equal((await loadAgent(tx, ids.organisation, ids.agent)).hours.sat.length, 0);
  });
});

test('a business is brought up to date without its token file; one that was never handed over is asked for', async (t) => {
  const w = await world(t, { model: parrot });
  const first = await planFromFile(await example(), token);
  const again = await planFromFile(await example(), () => Promise.resolve(undefined));
  const account = first.lines[0]?.accountSid ?? '';
  const ids = idsFor(w.ctx.keys, account);
  await assert.rejects(setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, again), (error) => {
    assert.ok(isProblem(error, 'input-invalid'));
    assert.deepEqual(
      error.mistakes.map(({ at }) => at),
      ['/twilio/authTokenFile'],
    );
    return true;
  });
  await setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, first);
  await setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, again);
  const [line] = await lineCandidates(w.ctx, 'twilio', { account, dialled: first.lines[0]?.number });
  const stands = { organisation: ids.organisation, accountId: line?.accountId ?? '' };
  const stored = await carrierAccount(w.ctx, stands, { for: 'test' });
  assert.equal(stored.authToken.reveal(), await token());
});

test('the owner whom a file names is awaited once, however often it is run; an address that is none is refused', async (t) => {
  const w = await world(t, { model: parrot });
  const file = { ...(await example()), owner: { name: 'Ana', email: 'ana-of-the-file@example.com' } };
  const plan = await planFromFile(file, token);
  const ids = idsFor(w.ctx.keys, 'owned');
  await setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, plan);
  await setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, plan);
  const index = await addressIndex(w.ctx, new Personal('Ana-of-the-file@example.com'));
  const awaited = await awaitedPeople(w.ctx, index);
  assert.deepEqual(
    awaited.map(({ organisation: of }) => of),
    [ids.organisation],
  );
  await assert.rejects(planFromFile({ ...file, owner: { name: ' ', email: 'ana' } }, token), (error) => {
    assert.ok(isProblem(error, 'input-invalid'));
    assert.deepEqual(error.mistakes.map(({ at }) => at).toSorted(), ['/owner/email', '/owner/name']);
    return true;
  });
});

test('a misspelt field of a business file is no field', async () => {
  const file = await example();
  const misspelt = { ...file, agent: { ...file['agent'], transfersTo: '+15005550010' }, twillio: {} };
  await assert.rejects(planFromFile(misspelt, token), (error) => {
    assert.ok(isProblem(error, 'input-invalid'));
    assert.deepEqual(error.mistakes.map(({ at }) => at).toSorted(), ['/agent/transfersTo', '/twillio']);
    return true;
  });
});

test('every mistake of a business file is named with its place, and the token is never repeated', async () => {
  const wrong = { business: { name: '' }, agent: 'x', twilio: { accountSid: 7, authTokenFile: 'token.txt' } };
  await assert.rejects(
    planFromFile(wrong, () => Promise.resolve('secret with spaces')),
    (error) => {
      assert.ok(isProblem(error, 'input-invalid'));
      const places = error.mistakes.map(({ at }) => at).toSorted();
      assert.deepEqual(places, [
        '/business/name',
        '/business/region',
        '/business/timeZone',
        '/twilio/accountSid',
        '/twilio/authTokenFile',
        '/twilio/number',
      ]);
      assert.ok(!JSON.stringify(error).includes('secret'));
      return true;
    },
  );
  await assert.rejects(planFromFile(null, token), (error) => isProblem(error, 'input-invalid'));
});

test('hours, numbers and models that make no sense are refused before anything is stored', async (t) => {
  const w = await world(t, { model: parrot });
  const file = await example();
  const bad = {
    ...file,
    agent: {
      ...file['agent'],
      hours: { mon: [{ from: '18:00', to: '09:00' }] },
      visitMinutes: 3,
      transferTo: '12',
    },
  };
  const plan = await planFromFile(bad, token);
  const ids = idsFor(w.ctx.keys, 'bad');
  await assert.rejects(setUpBusiness(w.ctx, { ...ids, kind: 'customer' }, plan), (error) => {
    assert.ok(isProblem(error, 'input-invalid'));
    assert.ok(error.mistakes.length >= 3, JSON.stringify(error.mistakes));
    return true;
  });
});

test('a view becomes plain: personal values as text, instants as ISO 8601, the rest as it is', () => {
  const view = {
    id: 'x',
    startedAt: 0,
    endedAt: null,
    seq: 3,
    from: new Personal('+1'),
    list: [{ at: 1, heard: null }],
  };
  assert.deepEqual(plain(view), {
    id: 'x',
    startedAt: '1970-01-01T00:00:00.000Z',
    endedAt: null,
    seq: 3,
    from: '+1',
    list: [{ at: '1970-01-01T00:00:00.001Z', heard: null }],
  });
});
