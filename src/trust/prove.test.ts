import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql, type Item } from '#base';
import type { TrustDocument } from './attestations/documents.ts';
import { canary, plantCall } from './canary.ts';
import type { Claim, Proven, Reach } from './claim.ts';
import { usualBudgetMs } from './means.ts';
import { prove } from './prove.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

const said = { en: 'A sentence.', es: 'Una frase.', pt: 'Una frase.', hi: 'Una frase.' };
const broken = { kind: 'senses', broken: (reach: Reach) => ({ ...reach, origin: 'broken' }) } as const;

/** A claim that holds as long as the origin is not called broken. */
function claimOf(change: Partial<Proven> = {}): Item<Claim> {
  const probe: Proven['probe'] = async ({ origin }) => ({
    checked: 3,
    faults: origin === 'broken' ? [{ what: 'the origin is broken', where: 'origin' }] : [],
  });
  const proven: Proven = {
    kind: 'proven',
    kept: [claimOf],
    how: said,
    yourself: said,
    every: 60_000,
    probe,
    counterexample: broken,
    ...change,
  };
  return { id: 'a-claim', item: { fulfils: ['OURS-01'], group: 'trust', say: said, ...proven } };
}

test('a claim whose probe was seen red, found nothing and had something to look at is proven', async () => {
  const verdict = await prove(claimOf(), ground.means);
  assert.deepEqual(verdict, {
    claim: 'a-claim',
    status: 'proven',
    checked: 3,
    why: 'Nothing broken was found.',
    canFail: true,
    at: ground.ctx.clock.now(),
    tookMs: 0,
  });
});

test('a probe that always says yes is found out', async () => {
  const verdict = await prove(claimOf({ probe: async () => ({ checked: 9, faults: [] }) }), ground.means);
  assert.equal(verdict.status, 'failing');
  assert.equal(verdict.canFail, false);
  assert.match(verdict.why, /^This check does not work/);
});

test('a probe that had nothing to look at is never green', async () => {
  const probe = async (reach: Reach) => ({
    checked: 0,
    faults: reach.origin === 'broken' ? [{ what: 'broken', where: 'here' }] : [],
  });
  assert.equal((await prove(claimOf({ probe }), ground.means)).status, 'not-exercised');
});

test('a probe that finds faults fails, and says what and where', async () => {
  const faults = Array.from({ length: 7 }, (_, at) => ({ what: 'bare', where: `row ${at}` }));
  const verdict = await prove(claimOf({ probe: async () => ({ checked: 7, faults }) }), ground.means);
  assert.equal(verdict.status, 'failing');
  assert.equal(verdict.checked, 7);
  assert.equal(verdict.why, 'bare (row 0); bare (row 1); bare (row 2); bare (row 3); bare (row 4); and 2 more');
});

test('a probe that cannot look leaves the claim unknown, and the words of its error stay inside', async () => {
  const probe = async ({ origin }: Reach) => {
    if (origin !== 'broken') throw Object.assign(new Error('the row of +15005550006'), { code: '42P01' });
    return { checked: 1, faults: [{ what: 'broken', where: 'here' }] };
  };
  const verdict = await prove(claimOf({ probe }), ground.means);
  assert.equal(verdict.status, 'unknown');
  assert.match(verdict.why, /^The check could not look: 42P01/);
  assert.doesNotMatch(verdict.why, /1500/);
});

test('a counterexample that cannot be planted leaves the claim unknown', async () => {
  const plant = async () => {
    throw new Error('no room');
  };
  const verdict = await prove(claimOf({ counterexample: { kind: 'rows', plant } }), ground.means);
  assert.equal(verdict.status, 'unknown');
  assert.match(verdict.why, /^The counterexample could not be tried: Error/);
});

test('what a look finds is told although its counterexample cannot be planted', async () => {
  const plant = async () => {
    throw new Error('no room');
  };
  const probe = async () => ({ checked: 2, faults: [{ what: 'the guard is gone', where: 'the gate' }] });
  const verdict = await prove(claimOf({ probe, counterexample: { kind: 'rows', plant } }), ground.means);
  assert.deepEqual([verdict.status, verdict.checked, verdict.canFail], ['failing', 2, false]);
  assert.equal(verdict.why, 'the guard is gone (the gate)');
});

test('a look that takes too long counts as none', async () => {
  const begun = Promise.withResolvers<void>();
  const released = Promise.withResolvers<{ checked: number; faults: [] }>();
  const probe = () => {
    begun.resolve();
    return released.promise;
  };
  const pending = prove(claimOf({ probe }), ground.means);
  await begun.promise;
  ground.ctx.clock.advance(usualBudgetMs);
  const verdict = await pending;
  assert.equal(verdict.status, 'unknown');
  assert.match(verdict.why, /took-too-long/);
  // Whoever never answers keeps no connection: a stop would wait for it for ever.
  const [{ open } = { open: -1 }] = await ground.means.prove.open((tx) =>
    tx.rows<{ open: number }>(sql`
      select count(*) as open from pg_stat_activity
      where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and xact_start is not null`),
  );
  assert.equal(open, 0);
  released.resolve({ checked: 1, faults: [] });
});

test('planted rows turn the probe red and are gone afterwards', async () => {
  const looks: number[] = [];
  const probe = async ({ look }: Reach) => {
    const { calls } = await look.one<{ calls: number }>(sql`select count(*) as calls from app.calls`);
    looks.push(calls);
    return { checked: 1, faults: calls > 0 ? [{ what: 'a call', where: 'app.calls' }] : [] };
  };
  const plant: (tx: Reach['look'], reach: Pick<Reach, 'clock' | 'random'>) => Promise<void> = async (tx, reach) => {
    await plantCall(tx, reach, { state: 'live', startedAt: 0 });
  };
  const verdict = await prove(claimOf({ probe, counterexample: { kind: 'rows', plant } }), ground.means);
  assert.equal(verdict.status, 'proven');
  assert.deepEqual(looks, [1, 0]);
});

test('a counterexample cannot be planted in an organisation of a customer', async () => {
  const plant = (tx: Reach['look']) =>
    tx
      .run(sql`update app.organisations set name = 'Taken' where kind = 'instance'`)
      .then((changed) => assert.equal(changed, 0));
  const intruder = async (tx: Reach['look']) => {
    await plant(tx);
    await tx.run(sql`
      insert into app.suppressions (organisation_id, id, phone_index, reason, created_at)
      select id, id, '\\x00', 'planted', now() from app.organisations where kind = 'instance'`);
  };
  const verdict = await prove(claimOf({ counterexample: { kind: 'rows', plant: intruder } }), ground.means);
  assert.equal(verdict.status, 'unknown');
  assert.match(verdict.why, /42501/);
});

test('a probe cannot write what it looks at', async () => {
  const probe = async ({ look, origin }: Reach) => {
    if (origin !== 'broken') await look.run(sql`update app.organisations set name = name where id = ${canary}`);
    return { checked: 1, faults: origin === 'broken' ? [{ what: 'broken', where: 'here' }] : [] };
  };
  const verdict = await prove(claimOf({ probe }), ground.means);
  assert.match(verdict.why, /25006/);
});

test('what a probe tries as the application is rolled back', async () => {
  const probe = async ({ as, origin }: Reach) => {
    const checked = await as(canary, (tx) =>
      tx.run(sql`update app.organisations set name = 'Tried' where id = ${canary}`),
    );
    return { checked, faults: origin === 'broken' ? [{ what: 'broken', where: 'here' }] : [] };
  };
  assert.equal((await prove(claimOf({ probe }), ground.means)).checked, 1);
  const row = await ground.ctx.db.tenant(canary, (tx) =>
    tx.one<{ name: string }>(sql`select name from app.organisations where id = ${canary}`),
  );
  assert.equal(row.name, 'First canary');
});

const structural = claimOf({
  async probe({ look }) {
    const { forced } = await look.one<{ forced: boolean }>(
      sql`select relforcerowsecurity as forced from pg_class where oid = 'app.calls'::regclass`,
    );
    return { checked: 1, faults: forced ? [] : [{ what: 'not forced', where: 'app.calls' }] };
  },
  counterexample: { kind: 'structure', change: (tx) => tx.run(sql`alter table app.calls no force row level security`) },
});

test('a structural counterexample is undone', async () => {
  assert.equal((await prove(structural, ground.means)).status, 'proven');
  assert.equal((await prove(structural, ground.means)).canFail, true);
});

test("without an owner's rights a structural check counts once it was seen failing here, and not before", async () => {
  const { structure: _structure, ...serving } = ground.means;
  const unseen = await prove(structural, serving);
  assert.deepEqual([unseen.status, unseen.canFail], ['unknown', false]);
  const seen = await prove(structural, serving, { lastTry: 'noticed' });
  assert.deepEqual([seen.status, seen.canFail], ['proven', false]);
});

const report: TrustDocument = {
  id: '0193430c-0000-7000-8000-000000000001',
  kind: 'penetration-test',
  title: 'Penetration test',
  issuer: 'Somebody',
  about: null,
  issuedOn: '2026-01-01',
  untilOn: '2026-11-20',
  sha256: '00'.repeat(32),
  bytes: 1,
  isPublic: false,
  addedAt: 0,
};

test('what no probe decides follows from the claim, the documents and the day', async () => {
  const base = { fulfils: ['TRU-08'], group: 'trust', say: said } as const;
  const attested = { ...base, kind: 'attested', document: 'penetration-test', otherwise: said } as const;
  const statusOf = async (item: Claim, documents: readonly TrustDocument[] = []) =>
    (await prove({ id: 'a', item }, ground.means, { documents })).status;
  assert.equal(await statusOf(attested, [report]), 'attested');
  assert.equal(await statusOf(attested, [{ ...report, untilOn: '2026-11-19' }]), 'attestation-expired');
  assert.equal(
    await statusOf(attested, [{ ...report, issuedOn: '2026-11-21', untilOn: '2027-11-21' }]),
    'attestation-expired',
  );
  assert.equal(await statusOf(attested, [{ ...report, kind: 'soc2-report' }]), 'not-claimed');
  assert.equal(await statusOf(attested), 'not-claimed');
  assert.equal(await statusOf({ ...base, kind: 'declined', why: said }), 'not-claimed');
  assert.equal(await statusOf({ ...base, kind: 'roadmap' }), 'roadmap');
});

test('a process is in force until a deadline passes', async () => {
  const base = { fulfils: ['AUD-06'], group: 'trust', say: said, kind: 'process', how: said, every: 60_000 } as const;
  const late = { what: 'acknowledged too late', where: 'report:1' };
  const statusOf = async (probe: Proven['probe']) =>
    (await prove({ id: 'a', item: { ...base, probe } }, ground.means)).status;
  assert.equal(await statusOf(async () => ({ checked: 1, faults: [] })), 'in-force');
  assert.equal(await statusOf(async () => ({ checked: 0, faults: [] })), 'not-exercised');
  assert.equal(await statusOf(async () => ({ checked: 1, faults: [late] })), 'overdue');
  assert.equal(await statusOf(() => Promise.reject(new Error('gone'))), 'unknown');
});

test('a process whose check does not notice a deadline that passed is found out', async () => {
  const base = { fulfils: ['AUD-06'], group: 'trust', say: said, kind: 'process', how: said, every: 60_000 } as const;
  const probe = async () => ({ checked: 1, faults: [] });
  const verdict = await prove({ id: 'a', item: { ...base, probe, counterexample: broken } }, ground.means);
  assert.deepEqual([verdict.status, verdict.canFail], ['failing', false]);
});
