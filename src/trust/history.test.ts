import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { openingOf } from '#safeguards/log';
import { addDocument, removeDocument } from './attestations/documents.ts';
import type { Status } from './claim.ts';
import { keepEvidence } from './evidence.ts';
import { claimHistory } from './history.ts';
import { evidenceKeeper, leafLooks } from './leaf-looks.ts';
import type { RecordedLook } from './look.ts';
import { trustState } from './state.ts';
import { insistPlain } from './typed-texts.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

const claim = 'audit-refuses-change';
const minute = 60_000;

let ground: ProvingGround;
function onGround(promise: string, work: () => Promise<void>): void {
  test(promise, async (t) => {
    ground = await openProvingGround();
    t.after(() => ground.close());
    await work();
  });
}

async function look(status: Status, of = claim): Promise<void> {
  ground.ctx.clock.advance(minute);
  const at = ground.ctx.clock.now();
  await keepEvidence(ground.ctx, {
    claim: of,
    status,
    checked: 3,
    why: `Seen ${status}.`,
    canFail: true,
    at,
    tookMs: 1,
  });
}

type Entry = { readonly id: string; readonly looks: readonly RecordedLook[] };

/** The entries that commit to looks, with what they commit to. */
function entries(): Promise<readonly Entry[]> {
  return ground.ctx.db.tenant(instanceId, async (tx) => {
    const rows = await tx.rows<{ id: string }>(sql`
      select id from app.audit_entries where organisation_id = ${instanceId} and action = 'claims.looked' order by at, id`);
    return Promise.all(
      rows.map(async ({ id }) => {
        const opening = await openingOf(ground.ctx, tx, instanceId, id);
        return { id, looks: opening!.details['looks'] as unknown as readonly RecordedLook[] };
      }),
    );
  });
}

function unrecorded(): Promise<number> {
  return ground.ctx.db.tenant(instanceId, async (tx) => {
    const { count } = await tx.one<{ count: number }>(sql`
      select count(*) as count from app.evidence where organisation_id = ${instanceId} and entry_id is null`);
    return count;
  });
}

onGround('the turns of a claim are told newest first, page after page, and none is told twice', async () => {
  for (const status of ['unknown', 'proven', 'proven', 'failing', 'failing', 'proven'] as const) await look(status);
  const first = await claimHistory(ground.ctx, claim, { limit: 3 });
  assert.deepEqual(
    first.items.map(({ status }) => status),
    ['proven', 'failing', 'proven'],
  );
  assert.equal(first.items[0]!.until, null);
  assert.equal(first.items[1]!.until, first.items[0]!.at);
  assert.equal(first.items[1]!.why, 'Seen failing.');
  const rest = await claimHistory(ground.ctx, claim, { limit: 3, before: first.next! });
  assert.deepEqual([rest.items.map(({ status }) => status), rest.next], [['unknown'], null]);
  assert.deepEqual((await claimHistory(ground.ctx, 'leads-are-kept', { limit: 3 })).items, []);
});

onGround(
  'a look that changes the status is committed to at once, with all that waited; others by the next minute',
  async () => {
    await look('proven');
    assert.equal(await unrecorded(), 0);
    await look('proven');
    await look('proven');
    assert.equal(await unrecorded(), 2);
    await look('failing', 'leads-are-kept');
    assert.equal(await unrecorded(), 0);
    await look('proven');
    assert.equal(await evidenceKeeper(ground.ctx).run(), 1);
    assert.equal(await evidenceKeeper(ground.ctx).run(), 0);
    assert.deepEqual(
      (await entries()).map(({ looks }) => looks.length),
      [1, 3, 1],
    );
  },
);

onGround('looks that a crash left without an entry get one, each in one entry alone, whoever is quicker', async () => {
  await look('proven');
  for (let count = 0; count < 450; count += 1) await look('proven');
  const broken = ground.ctx.db.tenant(instanceId, async (tx) => {
    await leafLooks(ground.ctx, tx);
    throw new Error('the process died here');
  });
  await assert.rejects(broken, /died here/);
  assert.equal(await unrecorded(), 450);
  const keeper = evidenceKeeper(ground.ctx);
  await Promise.all([keeper.run(), keeper.run(), keeper.run()]);
  while ((await keeper.run()) > 0);
  const all = (await entries()).flatMap(({ looks }) => looks.map(({ id }) => id));
  assert.equal(all.length, 451);
  assert.equal(new Set(all).size, 451);
});

onGround('a claim that a document backs is shown as such while it is in date, and as not claimed before', async () => {
  const stateOf = async () => (await trustState(ground.ctx)).claims.find(({ id }) => id === 'soc2-report-in-date')!;
  const before = await stateOf();
  assert.deepEqual([before.status, before.say.en], ['not-claimed', 'There is no SOC 2 report, so none is claimed.']);
  const { id } = await addDocument(ground.ctx, 'command:attest', {
    kind: 'soc2-report',
    title: 'SOC 2 Type 2',
    issuer: 'Auditors LLP',
    about: null,
    issuedOn: '2026-01-01',
    untilOn: '2026-11-20',
    isPublic: false,
    file: Buffer.from('%PDF'),
    mediaType: 'application/pdf',
  });
  const during = await stateOf();
  assert.equal(during.status, 'attested');
  assert.match(during.say.en, /lies here and is in date/);
  ground.ctx.clock.advance(12 * 60 * minute);
  assert.equal((await stateOf()).status, 'attestation-expired');
  await removeDocument(ground.ctx, 'command:attest', id);
  assert.equal((await stateOf()).status, 'not-claimed');
});

onGround('a text for a public page says no more than a document in date backs', async () => {
  const { ctx } = ground;
  await insistPlain(ctx, { legalName: 'Harbour Dental LLC', address: null, noticeDays: 30 });
  const boasting = { legalName: 'Harbour, ISO 27001 certified' };
  await assert.rejects(insistPlain(ctx, boasting), { code: 'boast-unbacked' });
  await insistPlain(ctx, { slug: 'springfield-certified-accountants' });
  await assert.rejects(insistPlain(ctx, { slug: 'gdpr-compliant' }), { code: 'boast-unbacked' });
  await addDocument(ctx, 'command:attest', {
    kind: 'iso27001-certificate',
    title: 'ISO/IEC 27001',
    issuer: 'Body',
    about: null,
    issuedOn: '2026-01-01',
    untilOn: '2026-11-20',
    isPublic: false,
    file: Buffer.from('%PDF'),
    mediaType: 'application/pdf',
  });
  await insistPlain(ctx, boasting);
  ground.ctx.clock.advance(12 * 60 * minute);
  await assert.rejects(insistPlain(ctx, boasting), { code: 'boast-unbacked' });
});

onGround('a claim whose next look is overdue is said to be late', async () => {
  const stateOf = async () => (await trustState(ground.ctx)).claims.find(({ id }) => id === claim)!;
  assert.equal((await stateOf()).late, false);
  await look('proven');
  const { late, every, budgetMs } = await stateOf();
  assert.deepEqual([late, budgetMs], [false, 20_000]);
  ground.ctx.clock.advance(every! + 1);
  assert.equal((await stateOf()).late, true);
});
