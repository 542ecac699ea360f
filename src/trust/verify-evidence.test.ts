import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDb, type Db } from '#base';
import { sequenceAll, logKeys } from '#safeguards/log';
import { instanceId } from '#safeguards/accounts';
import { noteKey, noteSigners, parseProof, proofText, signNote, checkpointText, type NoteKey } from '#tlog';
import { evidenceFile, type EvidenceFile } from './evidence-file.ts';
import { keepEvidence } from './evidence.ts';
import { evidenceKeeper } from './leaf-looks.ts';
import { verifyEvidence } from './verify-evidence.ts';
import { testDerive } from '../../test/cluster.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
let file: EvidenceFile;
let keys: readonly NoteKey[];
let jobs: Db;
before(async () => {
  ground = await openProvingGround();
  const connection = ground.database.connection('jobs');
  jobs = openDb({ connection, role: 'jobs', tenantKey: testDerive('tenant-token'), poolSize: 2 });
  await look('failing', 'audit-refuses-change');
  for (const claim of ['calls-are-answered', 'audit-refuses-change', 'leads-are-kept']) await look('proven', claim);
  await sequence();
  file = await evidenceFile(ground.ctx, 'audit-refuses-change');
  keys = (await logKeys(ground.ctx)).map((key) => noteKey(key)!);
});
after(async () => {
  await jobs.close();
  await ground.close();
});

async function look(status: 'proven' | 'failing', claim: string): Promise<void> {
  ground.ctx.clock.advance(1_000);
  const at = ground.ctx.clock.now();
  await keepEvidence(ground.ctx, { claim, status, checked: 7, why: 'Seen.', canFail: true, at, tookMs: 12 });
}

async function sequence(): Promise<void> {
  ground.ctx.clock.advance(61_000);
  await evidenceKeeper({ ...ground.ctx, db: jobs }).run();
  for (let turn = 0; turn < 2; turn += 1) {
    await sequenceAll({ ...ground.ctx, db: jobs, installation: instanceId }, 'all', true);
    ground.ctx.clock.advance(61_000);
  }
}

const bytes = (one: unknown) => Buffer.from(JSON.stringify(one), 'utf8');
const whyOf = (one: unknown, by = keys) => {
  const read = verifyEvidence(bytes(one), by);
  return read.isGood ? 'good' : read.why;
};

test('the last proof of a claim is confirmed with the public keys alone', () => {
  const read = verifyEvidence(bytes(file), keys);
  assert.ok(read.isGood);
  assert.deepEqual([read.look.claim, read.look.status, read.look.checked], ['audit-refuses-change', 'proven', 7]);
  assert.ok(read.global.size > 0 && read.log.size > 0);
});

test('a look in which anything was changed is refused', () => {
  for (const change of [{ status: 'failing' }, { at: '2026-11-20T11:00:00.000Z' }, { checked: 70 }, { why: 'Else.' }]) {
    assert.equal(whyOf({ ...file, look: { ...file.look, ...change } }), 'look-differs');
  }
  const looks = file.details.looks.map((one) => ({ ...one, status: 'proven', checked: 99 }));
  assert.equal(whyOf({ ...file, details: { looks } }), 'details-differ');
  assert.equal(whyOf({ ...file, salt: '00'.repeat(32) }), 'details-differ');
  assert.equal(whyOf({ ...file, claim: 'leads-are-kept' }), 'look-differs');
});

test('an entry that was changed or is about something else is refused', () => {
  assert.equal(whyOf({ ...file, leaf: file.leaf.replace('claims.looked', 'claim.checked') }), 'leaf-malformed');
  assert.equal(whyOf({ ...file, leaf: file.leaf.replace('"actor":"system"', '"actor":"caller"') }), 'not-in-log');
  assert.equal(whyOf({ ...file, leaf: '' }), 'leaf-malformed');
});

test('a proof that leads elsewhere, or a head that is not in the tree of heads, is refused', () => {
  const proof = parseProof(file.proof)!;
  assert.equal(whyOf({ ...file, proof: proofText({ ...proof, index: proof.index + 1 }) }), 'not-in-log');
  assert.equal(whyOf({ ...file, proof: file.global }), 'not-in-log');
  assert.equal(whyOf({ ...file, head: file.head.replace('"v":1', '"v":2') }), 'not-in-global');
  assert.equal(whyOf({ ...file, global: file.proof }), 'not-in-global');
});

test('a head that others signed, or only one of the two keys, is refused', () => {
  const proof = parseProof(file.proof)!;
  const [origin = ''] = proof.checkpoint.split('\n', 1);
  const [size, root] = proof.checkpoint.split('\n').slice(1, 3);
  const text = checkpointText({ origin, size: Number(size), root: Buffer.from(root!, 'base64') });
  const others = noteSigners(origin, { ed25519: Buffer.alloc(32, 1), mldsa44: Buffer.alloc(32, 2) });
  assert.equal(whyOf({ ...file, proof: proofText({ ...proof, checkpoint: signNote(text, others) }) }), 'head-unsigned');
  const one = proof.checkpoint.slice(0, proof.checkpoint.lastIndexOf('— '));
  assert.equal(whyOf({ ...file, proof: proofText({ ...proof, checkpoint: one }) }), 'head-unsigned');
  assert.equal(whyOf(file, []), 'head-unsigned');
});

test('what is no file of evidence is refused', () => {
  for (const one of [null, 7, {}, { ...file, look: null }, { ...file, v: 2 }]) assert.equal(whyOf(one), 'no-evidence');
  const huge = JSON.parse(JSON.stringify(file).replaceAll('"checked":7', '"checked":1e300')) as unknown;
  assert.equal(whyOf(huge), 'no-evidence');
  const read = verifyEvidence(Buffer.from('{'), keys);
  assert.ok(!read.isGood && read.why === 'no-evidence');
});

test('a claim nobody looked at has no evidence yet', async () => {
  await assert.rejects(evidenceFile(ground.ctx, 'canaries-stay-strangers'), { code: 'not-found' });
});
