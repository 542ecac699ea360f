import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import {
  addDocument,
  isInDate,
  kindsInDate,
  listDocuments,
  publicFile,
  removeDocument,
  type NewDocument,
} from './documents.ts';
import { openProvingGround, type ProvingGround } from '../../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

const report: NewDocument = {
  kind: 'soc2-report',
  title: 'SOC 2 Type 2',
  issuer: 'Auditors LLP',
  about: null,
  issuedOn: '2026-03-01',
  untilOn: '2027-02-28',
  isPublic: true,
  file: Buffer.from('%PDF-1.7 of the report'),
  mediaType: 'application/pdf',
};
const add = (change: Partial<NewDocument> = {}) => addDocument(ground.ctx, 'command:attest', { ...report, ...change });

function audited(): Promise<{ action: string }[]> {
  return ground.ctx.db.tenant(instanceId, (tx) =>
    tx.rows(sql`
      select action from app.audit_entries where organisation_id = ${instanceId} and action like 'attestation.%' order by at, id`),
  );
}

test('a document is kept with its hash and its file, and both ways of it are audited', async () => {
  const added = await add();
  assert.equal(added.sha256, createHash('sha256').update(report.file).digest('hex'));
  assert.deepEqual(await listDocuments(ground.ctx), [added]);
  assert.deepEqual(await publicFile(ground.ctx, added.id), { file: report.file, mediaType: 'application/pdf' });
  ground.ctx.clock.advance(1);
  await removeDocument(ground.ctx, 'command:attest', added.id);
  assert.deepEqual(await listDocuments(ground.ctx), []);
  assert.equal(await publicFile(ground.ctx, added.id), undefined);
  await assert.rejects(removeDocument(ground.ctx, 'command:attest', added.id), { code: 'not-found' });
  assert.deepEqual(
    (await audited()).map(({ action }) => action),
    ['attestation.added', 'attestation.removed'],
  );
});

test('the file of one that is given on request goes to nobody', async () => {
  const added = await add({ isPublic: false });
  assert.equal(await publicFile(ground.ctx, added.id), undefined);
  assert.equal(await publicFile(ground.ctx, 'no-id'), undefined);
});

test('a document is in date from its issue to the end of its last day', () => {
  const dates = { issuedOn: '2026-03-01', untilOn: '2026-03-31' };
  assert.equal(isInDate(dates, Date.UTC(2026, 1, 28, 23, 59, 59, 999)), false);
  assert.equal(isInDate(dates, Date.UTC(2026, 2, 1)), true);
  assert.equal(isInDate(dates, Date.UTC(2026, 2, 31, 23, 59, 59, 999)), true);
  assert.equal(isInDate(dates, Date.UTC(2026, 3, 1)), false);
});

test('of one kind one document in date is enough', () => {
  const one = { id: 'a', sha256: '', bytes: 1, addedAt: 0, ...report };
  const over = { ...one, untilOn: '2026-03-02' };
  const now = Date.UTC(2026, 10, 20);
  assert.deepEqual(kindsInDate([over, one, one], now), ['soc2-report']);
  assert.deepEqual(kindsInDate([over], now), []);
});

for (const [name, change, at] of [
  ['a day that there is not', { issuedOn: '2026-02-30' }, '/issued'],
  ['no day', { untilOn: 'soon' }, '/until'],
  ['an end before its issue', { untilOn: '2026-02-28' }, '/until'],
  ['no title', { title: ' ' }, '/title'],
  ['too long an issuer', { issuer: 'x'.repeat(201) }, '/issuer'],
  ['an empty file', { file: Buffer.alloc(0) }, '/file'],
  ['no provider that it is about', { kind: 'provider-report' }, '/about'],
] as const) {
  test(`a document with ${name} is refused`, async () => {
    await assert.rejects(add(change), (error: { code?: string; mistakes?: { at: string }[] }) => {
      assert.equal(error.code, 'input-invalid');
      assert.ok(error.mistakes?.some((mistake) => mistake.at === at));
      return true;
    });
  });
}

test('a title says no more than a document of its kind backs', async () => {
  const stated = { kind: 'operator-statement', about: 'gdpr' } as const;
  for (const change of [
    { title: '100 % guaranteed' },
    { kind: 'penetration-test', title: 'ISO 27001 certified' },
    { ...stated, title: 'GDPR compliant' },
    { kind: 'provider-report', about: 'Twilio', title: 'Guaranteed by Twilio' },
  ] as const) {
    await assert.rejects(add(change), { code: 'boast-unbacked' }, change.title);
  }
  await add({ kind: 'iso27001-certificate', title: 'ISO/IEC 27001 certificate' });
  await add({ kind: 'provider-report', about: 'Twilio', title: 'ISO/IEC 27018 certificate of Twilio' });
  await add({ ...stated, title: 'What our people do under the GDPR' });
});
