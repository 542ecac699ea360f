import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, newId, Personal, sql, type Db, type Id } from '#base';
import { ensureInstance } from '#safeguards/accounts';
import { listEntries } from '#safeguards/audit';
import { changeTally } from '#safeguards/log';
import { openRepeats } from '#safeguards/repeats';
import { openErasing, type Erasing } from '../../../test/erasing.ts';
import { openAmong, keyIdsOf } from './key-ids.ts';
import { proceed, subjectHash } from './index.ts';

const phone = '+34600111222';
const other = '+34600111333';
const person = (number = phone) => ({ person: new Personal(number) });

/** What is about nobody and is written by whatever happens: the record of it. */
const isRecord = (row: string) =>
  /^(?:audit_entries|audit_details|audit_pending|erasures|erasure_targets|processor_erasures|suppressions) /.test(row);

async function changes(erasing: Erasing, work: () => Promise<unknown>): Promise<{ gone: string[]; came: string[] }> {
  const before = await erasing.dump();
  await work();
  const after = await erasing.dump();
  const lost = [...before].filter((row) => !after.has(row) && !isRecord(row));
  const came = [...after].filter((row) => !before.has(row) && !isRecord(row));
  return { gone: lost, came };
}

/** Changes that no entry covers. */
function unrecorded({ keeping }: Erasing): Promise<object[]> {
  return keeping.archive.prove.find(sql`
    select relation, operation, unrecorded from app.audit_coverage where unrecorded > 0 order by relation, operation`);
}

test('a person is erased row by row, with keys, sound and all that came of their calls, and of nobody else anything changes', async (t) => {
  const erasing = await openErasing(t);
  const { keeping } = erasing;
  const [mine, theirs] = keeping.businesses;
  const left = [await keeping.leave(mine, { isRecorded: true }), await keeping.leave(mine)];
  const others = [await keeping.leave(mine, { phone: other, isRecorded: true }), await keeping.leave(theirs)];
  const readable = await Promise.all(others.map((one) => keeping.readable(one)));
  const targets = {
    recording: [left[0]!.recording!],
    message: left.map(({ message }) => message),
    lead: left.map(({ lead }) => lead),
    appointment: left.map(({ appointment }) => appointment),
    call: left.map(({ call }) => call),
    contact: [left[0]!.contact],
  };
  const keys = await erasing.ctx.db.tenant(mine.organisation, (tx) => keyIdsOf(tx, mine.organisation, targets));
  assert.equal((await openAmong(erasing.ctx, mine.organisation, keys)).length, keys.length);
  assert.ok(keys.length >= 10, String(keys.length));
  const { gone, came } = await changes(erasing, () => erasing.erase(mine, person()));
  const ids = Object.values(targets).flat();
  assert.ok(gone.length > 10);
  for (const row of gone)
    assert.ok(
      ids.some((id) => row.includes(id)),
      row,
    );
  assert.deepEqual(came, []);
  for (const row of await erasing.dump()) {
    if (!isRecord(row)) assert.ok(!ids.some((id) => row.includes(id)), row);
  }
  assert.deepEqual(await openAmong(erasing.ctx, mine.organisation, keys), []);
  assert.deepEqual(await Promise.all(others.map((one) => keeping.readable(one))), readable);
  const names = (await keeping.archive.ctx.objects.list('recordings/')).names;
  assert.ok(names.length > 0 && names.every((name) => name.includes(others[0]!.recording!)));
});

test('an erased person can never be contacted again, and who rings from that number is somebody new', async (t) => {
  const erasing = await openErasing(t);
  const [mine, theirs] = erasing.keeping.businesses;
  const first = await erasing.keeping.leave(mine);
  await erasing.erase(mine, person());
  const suppressed = (organisation: Id) => erasing.isSuppressed(organisation, new Personal(phone));
  assert.deepEqual([await suppressed(mine.organisation), await suppressed(theirs.organisation)], [true, false]);
  const again = await erasing.keeping.leave(mine);
  assert.notEqual(again.contact, first.contact);
  const second = await erasing.erase(mine, person());
  assert.equal(second.text.stores.find(({ store }) => store === 'table app.calls')?.before, 1);
});

test('a number written in any usual way is the same person, and one that nobody knows is certified as that', async (t) => {
  const erasing = await openErasing(t);
  const [mine] = erasing.keeping.businesses;
  await erasing.keeping.leave(mine);
  const asked = await erasing.erase(mine, person('+34 600 11-12-22'));
  assert.equal(asked.text.stores.find(({ store }) => store === 'table app.calls')?.before, 1);
  const unknown = await erasing.erase(mine, person('+34699999999'));
  assert.equal(unknown.text.state, 'final');
  assert.ok(unknown.text.stores.every(({ before, after }) => before === 0 && after === 0));
  assert.deepEqual(unknown.text.keys.destroyed, []);
});

test('a message from another phone goes with the number that was left in it, and the call of the other stays', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const theirs = await keeping.leave(mine, { phone: other });
  const nameless = await keeping.archive.call(false);
  await keeping.archive.hangUp(nameless);
  const [message, hidden] = [
    await erasing.leaveNumber(mine, { call: theirs.call, phone }),
    await erasing.leaveNumber(mine, { call: nameless, phone }),
  ];
  // As those from before there was an index.
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(
      sql`update app.messages set callback_index = null where organisation_id = ${organisation} and id = ${message}`,
    ),
  );
  await ensureInstance(ctx);
  await changeTally(keeping.archive.jobs).run();
  const before = await unrecorded(erasing);
  const { gone } = await changes(erasing, async () => {
    const { text } = await erasing.erase(mine, person());
    assert.ok(
      text.residue.some((one) => one.includes(theirs.call)),
      'what stays in the call of the other is named',
    );
    assert.ok(!text.residue.some((one) => one.includes(nameless)));
  });
  assert.deepEqual(
    gone.map((row) => row.slice(0, row.indexOf(' '))).toSorted((a, b) => (a < b ? -1 : 1)),
    ['calls', 'messages', 'messages'],
    'a call that withheld its number is of whoever left theirs in it',
  );
  assert.ok([message, hidden].every((id) => gone.some((row) => row.includes(id))));
  assert.equal((await keeping.readable(theirs)).message, 'message');
  await changeTally(keeping.archive.jobs).run();
  assert.deepEqual(await unrecorded(erasing), before, 'an entry says that the hash of a number was made up for');
});

test('what somebody left is found by their number for as long as it exists, when nobody knows any more who they were', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  await keeping.keep(mine, { recordings: 1, calls: 1, messages: 60, people: 1 });
  const left = await keeping.leave(mine);
  ctx.clock.advance(3 * 86_400_000);
  await keeping.sweep();
  const { message, lead, appointment } = await keeping.readable(left);
  assert.deepEqual([message, lead, appointment], ['message', 'lead', 'appointment']);
  assert.ok(![...(await erasing.dump())].some((row) => row.startsWith('contacts ')), 'nobody is known');
  await erasing.erase(mine, person());
  const rows = [...(await erasing.dump())].filter((row) => /^(messages|leads|appointments) /.test(row));
  assert.deepEqual(rows, []);
});

test('a call is erased with all that came of it; its caller stays while anything else is known of them, and then goes too', async (t) => {
  const erasing = await openErasing(t);
  const { keeping } = erasing;
  const [mine] = keeping.businesses;
  const [first, second] = [await keeping.leave(mine), await keeping.leave(mine, { isRecorded: true })];
  const one = await changes(erasing, () => erasing.erase(mine, { call: first.call }));
  for (const row of one.gone)
    assert.ok(
      [first.call, first.message, first.lead, first.appointment].some((id) => row.includes(id)),
      row,
    );
  assert.ok(!one.gone.some((row) => row.startsWith('contacts ')));
  const two = await changes(erasing, () => erasing.erase(mine, { call: second.call }));
  assert.ok(two.gone.some((row) => row.startsWith('contacts ')));
  await assert.rejects(erasing.ask(mine, { call: second.call }), { code: 'not-found' });
});

test('the call of another organisation is not found', async (t) => {
  const erasing = await openErasing(t);
  const [mine, theirs] = erasing.keeping.businesses;
  const { call } = await erasing.keeping.leave(theirs);
  await assert.rejects(erasing.ask(mine, { call }), { code: 'not-found' });
});

test('answers kept for repeated requests forget the person, and still keep the request from acting twice', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const left = await keeping.leave(mine);
  const repeats = openRepeats(ctx, mine.organisation);
  const asker = { who: undefined, signedIn: undefined };
  const about = (key: string) => ({ asker, route: 'POST /x', key, target: '/x', body: Buffer.from('{}') });
  const answers = { number: { from: phone }, id: { id: left.message }, other: { from: other } };
  for (const [key, json] of Object.entries(answers)) {
    const begun = await repeats.begin(about(key));
    assert.equal(begun.state, 'new');
    if (begun.state === 'new') await begun.keep({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(json)) });
  }
  const { text } = await erasing.erase(mine, person());
  const states = await Promise.all(Object.keys(answers).map(async (key) => (await repeats.begin(about(key))).state));
  assert.deepEqual(states, ['running', 'running', 'answered']);
  assert.equal(text.stores.find(({ store }) => store === 'table app.repeats')?.before, 2);
  const day = Date.UTC(2026, 10, 25);
  assert.equal(text.times.unrecoverableFromLiveFiles.at, iso(day), 'their key dies a day after the end of its own');
});

test('whoever has something of it on their screen is told to look again, and whose own it was as well', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const left = await keeping.leave(mine);
  const person = newId(ctx);
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(
      sql`update app.calls set assigned_to = ${person} where organisation_id = ${organisation} and id = ${left.call}`,
    ),
  );
  const told: string[] = [];
  const tenant: Db['tenant'] = (of, work) =>
    ctx.db.tenant(of, (tx) => work({ ...tx, tell: (object) => void told.push(object) }));
  const asked = await erasing.ask(mine, { call: left.call });
  await proceed({ ...ctx, db: { ...ctx.db, tenant } }, asked.erasure);
  for (const object of [`call:${left.call}`, `message:${left.message}`, `own:${person}`, `erasure:${asked.erasure.id}`])
    assert.ok(told.includes(object), object);
});

test('neither the audit log nor the log says whose number it was', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  await keeping.leave(mine);
  await erasing.erase(mine, person());
  const entries = await ctx.db.tenant(mine.organisation, (tx) =>
    listEntries(ctx, tx, mine.organisation, { limit: 100 }),
  );
  const told = JSON.stringify(entries.items);
  assert.ok(told.includes('erasure.asked') && told.includes('erasure.done'));
  assert.ok(!`${told}${JSON.stringify(keeping.archive.logged)}`.includes('600111222'));
});

test('the certificate is interim until processors have answered, and then it is final and says what they answered', async (t) => {
  const erasing = await openErasing(t);
  const [mine] = erasing.keeping.businesses;
  const left = await erasing.keeping.leave(mine);
  const asked = await erasing.erase(mine, { call: left.call });
  assert.equal(asked.text.state, 'interim');
  assert.deepEqual(
    asked.text.processors.map(({ processor, state, call }) => [processor, state, call]),
    [['Twilio Inc.', 'waiting', left.call]],
  );
  await erasing.settle(mine, 'confirmed');
  const done = await erasing.goOn(asked);
  const text = await erasing.text(asked);
  assert.deepEqual(
    [done?.state, done?.waitsFor, text.state, text.processors[0]?.state],
    ['done', null, 'final', 'confirmed'],
  );
});

test('whoever has the salt can see whom the certificate is about, and it names nobody', async (t) => {
  const erasing = await openErasing(t);
  const [mine] = erasing.keeping.businesses;
  await erasing.keeping.leave(mine);
  const { text, salt, erasure } = await erasing.erase(mine, person());
  assert.equal(text.subject.hash, subjectHash(Buffer.from(salt, 'hex'), 'person', phone).toString('hex'));
  const note = await erasing.note({ erasure, salt });
  for (const word of [phone, phone.slice(1), salt]) assert.ok(!note.includes(word), word);
});

test('the three times are told apart, and what nobody has said is not known', async (t) => {
  const erasing = await openErasing(t);
  const [mine] = erasing.keeping.businesses;
  const { text } = await erasing.erase(mine, person());
  const now = new Date(erasing.ctx.clock.now()).toISOString();
  assert.deepEqual([text.times.unreadableToProduct.at, text.times.unrecoverableFromLiveFiles.at], [now, now]);
  assert.equal(text.times.unrecoverableFromBackups.at, null);
  assert.match(text.times.unrecoverableFromBackups.how, /nobody has said/);
});

test('the operator says how long backups of the keystore are kept, and the certificate says when they are over', async (t) => {
  const erasing = await openErasing(t, { SOTTO_KEYSTORE_BACKUP_DAYS: '30' });
  const { text } = await erasing.erase(erasing.keeping.businesses[0], person());
  const at = new Date(erasing.ctx.clock.now() + 30 * 86_400_000).toISOString();
  assert.equal(text.times.unrecoverableFromBackups.at, at);
});
