import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import { ensureInstance, instanceId } from '#safeguards/accounts';
import { setProfile } from '#safeguards/profiles';
import { openOffice, type Office } from '../../../test/office.ts';
import {
  listReports,
  newForm,
  operatorWeek,
  openReport,
  receiveReport,
  reportByReceipt,
  reportKeptMs,
  reportStanding,
  reportSweeper,
  reportWatch,
  workOnReport,
  type Step,
} from './index.ts';

const hour = 3_600_000;
const day = 24 * hour;
const by = 'command:reports';

let office: Office;
before(async () => {
  office = await openOffice();
  await ensureInstance(office.ctx);
  await office.db.tenant(instanceId, (tx) =>
    setProfile(office.ctx, tx, {
      organisation: instanceId,
      change: {
        securityContact: 'security@harbour.example',
        acknowledgement: 'business-day',
        timeZone: 'Europe/Madrid',
      },
    }),
  );
});
after(() => office.close());

const given = { title: 'A door', details: 'It stands open.', language: 'en' };

async function receive(contact = '', form?: string) {
  // The list is in the order of time.
  office.ctx.clock.advance(1);
  const token = await receiveReport(office.ctx, {
    ...given,
    contact: new Personal(contact),
    ...(form !== undefined && { form }),
  });
  const [newest] = await listReports(office.ctx);
  assert.ok(newest);
  return { token, id: newest.id, report: newest };
}

const work = (id: Id, step: Step) => workOnReport(office.ctx, { id, by, step });
const clocks = async (token: string) => (await reportByReceipt(office.ctx, token))?.clocks ?? [];
const kinds = async () =>
  (
    await office.db.tenant(instanceId, (tx) =>
      tx.rows<{ kind: string }>(sql`select kind from app.mails where organisation_id = ${instanceId} order by id`),
    )
  ).map(({ kind }) => kind);

test('a report is sealed with whoever wrote it, and what opens it is kept nowhere', async () => {
  const { token, id } = await receive('finder@outside.example');
  const row = await office.db.tenant(instanceId, (tx) =>
    tx.one<{ all: string }>(sql`
      select r::text || (select string_agg(m::text, ' ') from app.mails m where m.organisation_id = ${instanceId}) as all
      from app.vulnerability_reports r where r.organisation_id = ${instanceId} and r.id = ${id}`),
  );
  for (const secret of ['It stands open', 'A door', 'finder@', token]) {
    assert.ok(!row.all.includes(secret), secret);
    assert.ok(!row.all.includes(Buffer.from(secret).toString('hex')), secret);
  }
  const opened = await openReport(office.ctx, { id, by });
  assert.deepEqual([opened?.title, opened?.details], [given.title, given.details]);
  assert.equal(opened?.contact, 'finder@outside.example');
});

test('the clocks begin when it comes: a business day by the clock of the operator, and 72 hours', async () => {
  // Monday 5 January 2026, 09:00 in Madrid.
  const { report } = await receive();
  const spans = Object.fromEntries(report.clocks.map(({ what, from, due }) => [what, due - from]));
  assert.deepEqual(spans, { acknowledgement: 24 * hour, assessment: 72 * hour });
});

test('the receipt opens its own report, and nothing else does', async () => {
  const { token, id } = await receive();
  assert.equal((await reportByReceipt(office.ctx, token))?.id, id);
  assert.equal(await reportByReceipt(office.ctx, token.slice(0, -1)), undefined);
  assert.equal(await reportByReceipt(office.ctx, id), undefined);
  const opened = await reportByReceipt(office.ctx, token);
  assert.ok(!JSON.stringify(opened).includes('stands open'), 'what was reported is not shown again');
});

test('a form that is sent twice is one report with one receipt', async () => {
  const form = newForm(office.ctx);
  const before = (await listReports(office.ctx)).length;
  const [first, second] = await Promise.all([receive('', form), receive('', form)]);
  assert.equal(first.token, second.token);
  assert.equal((await listReports(office.ctx)).length, before + 1);
});

for (const [say, change] of [
  ['made up', () => 'A'.repeat(51)],
  ['altered', (form: string) => `${form.slice(0, -2)}${form.endsWith('AA') ? 'BB' : 'AA'}`],
] as const) {
  test(`a form that was ${say} is refused`, async () => {
    await assert.rejects(receive('', change(newForm(office.ctx))), (error) => isProblem(error, 'input-invalid'));
  });
}

test('a form that lay open for more than a day is refused', async () => {
  const form = newForm(office.ctx);
  office.ctx.clock.advance(day + 1);
  await assert.rejects(receive('', form), (error) => isProblem(error, 'input-invalid'));
});

test('a contact that no mail can go to is refused', async () => {
  await assert.rejects(receive('call me'), (error) => isProblem(error, 'input-invalid'));
});

test('each step stops its clock and those before it, is audited, and whoever reported is told', async () => {
  const { token, id } = await receive('finder@outside.example');
  office.ctx.clock.advance(hour);
  await work(id, { do: 'assess', severity: 'high' });
  const [ack, assessment, fix] = await clocks(token);
  assert.ok(ack?.doneAt && assessment?.doneAt && fix, 'the first two are done, and the third runs');
  assert.deepEqual([fix.doneAt, fix.due - fix.from], [null, 7 * day]);
  await work(id, { do: 'reply', text: 'Thank you.' });
  await work(id, { do: 'fixed' });
  await work(id, { do: 'fixed' });
  await work(id, { do: 'close', reason: 'fixed' });
  await assert.rejects(work(id, { do: 'acknowledge' }), (error) => isProblem(error, 'report-closed'));
  const seen = await reportByReceipt(office.ctx, token);
  assert.ok(seen);
  assert.deepEqual(
    [seen.severity, seen.reason, seen.replies.map(({ text }) => text)],
    ['high', 'fixed', ['Thank you.']],
  );
  assert.ok(seen.clocks.every(({ doneAt }) => doneAt !== null));
  assert.deepEqual(
    (await kinds()).slice(-5),
    ['report-received', ...Array.from({ length: 4 }, () => 'report-step')],
    'intake is told to the operator, each of four steps to the finder, and none twice',
  );
});

test('assessed anew, a fix that is promised already gets no more time', async () => {
  const { token, id } = await receive();
  await work(id, { do: 'assess', severity: 'critical' });
  const promised = (await clocks(token)).find(({ what }) => what === 'fix')?.due;
  office.ctx.clock.advance(2 * day);
  await work(id, { do: 'assess', severity: 'high' });
  assert.equal((await clocks(token)).find(({ what }) => what === 'fix')?.due, promised);
  await work(id, { do: 'assess', severity: 'low' });
  assert.equal(
    (await clocks(token)).some(({ what }) => what === 'fix'),
    false,
  );
  await work(id, { do: 'close', reason: 'known' });
});

test('the security contact is told once before each time is over, and once when it was', async () => {
  const { id } = await receive();
  const watch = reportWatch(office.ctx);
  await watch.run();
  const since = (await kinds()).length;
  const news = async () => (await kinds()).slice(since).toSorted();
  const settle = async () => {
    await watch.run();
    await watch.run();
  };
  office.ctx.clock.advance(13 * hour);
  await settle();
  assert.deepEqual(await news(), ['report-due']);
  office.ctx.clock.advance(12 * hour);
  await settle();
  assert.deepEqual(await news(), ['report-due', 'report-missed']);
  await work(id, { do: 'close', reason: 'unwanted' });
  office.ctx.clock.advance(10 * day);
  await settle();
  const others = (await listReports(office.ctx, { open: true })).length;
  assert.ok((await news()).length <= 2 + 2 * others, 'of what is closed nobody is told');
});

test('of fewer than five reports nothing is told but that they are too few', async (t) => {
  const own = await openOffice();
  t.after(() => own.close());
  await ensureInstance(own.ctx);
  for (let count = 0; count < 5; count += 1) {
    const standing = await reportStanding(own.ctx);
    assert.deepEqual(standing, { acknowledgement: null, assessment: null, fix: null });
    await receiveReport(own.ctx, { ...given, contact: new Personal('') });
    own.ctx.clock.advance(count * hour);
    const [{ id } = assert.fail()] = await listReports(own.ctx);
    if (count < 4) await workOnReport(own.ctx, { id, by, step: { do: 'acknowledge' } });
  }
  // The fifth is late.
  own.ctx.clock.advance(3 * day);
  const { acknowledgement, assessment } = await reportStanding(own.ctx);
  assert.deepEqual(acknowledgement, { kept: 4, missed: 1, medianMs: 2 * hour });
  assert.equal(assessment?.medianMs ?? null, null);
});

test('a flood is refused, and what was refused leaves no key', async (t) => {
  const own = await openOffice();
  t.after(() => own.close());
  await ensureInstance(own.ctx);
  const send = () => receiveReport(own.ctx, { ...given, contact: new Personal('') });
  for (let count = 0; count < 200; count += 1) await send();
  const epoch = async () => (await own.ctx.keys.epochs()).filter(({ kind }) => kind === 'report');
  const before = await epoch();
  await assert.rejects(send(), (error) => isProblem(error, 'rate-limited'));
  assert.deepEqual(await epoch(), before);
});

test('what was written ends a year after it was closed, its key first; the times stay', async () => {
  const { token, id } = await receive('finder@outside.example');
  await work(id, { do: 'reply', text: 'Thank you.' });
  await work(id, { do: 'close', reason: 'known' });
  const sweeper = reportSweeper(office.ctx);
  office.ctx.clock.advance(reportKeptMs - hour);
  await sweeper.run();
  assert.equal((await openReport(office.ctx, { id, by }))?.title, given.title);
  office.ctx.clock.advance(2 * hour);
  assert.ok((await sweeper.run()) > 0);
  assert.equal(await sweeper.run(), 0);
  const subject = { organisation: instanceId, kind: 'report', id } as const;
  assert.equal(await office.ctx.keys.count([subject]), 0);
  const opened = await openReport(office.ctx, { id, by });
  assert.deepEqual([opened?.title, opened?.contact, opened?.replies], [null, null, []]);
  await assert.rejects(work(id, { do: 'reply', text: 'Once more.' }), (error) => isProblem(error, 'report-closed'));
  assert.equal(await office.ctx.keys.count([subject]), 0, 'nothing is written that nobody ends');
  assert.equal((await clocks(token)).length, 2);
});

test('business days are those of the first business here, unless the profile says another zone', async (t) => {
  const own = await openOffice();
  t.after(() => own.close());
  await ensureInstance(own.ctx);
  assert.deepEqual(await operatorWeek(own.ctx), { timeZone: 'Europe/Madrid', weekend: [6, 7] });
  await own.db.tenant(instanceId, (tx) =>
    setProfile(own.ctx, tx, { organisation: instanceId, change: { timeZone: 'Asia/Kolkata' } }),
  );
  assert.equal((await operatorWeek(own.ctx)).timeZone, 'Asia/Kolkata');
});
