import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, Outside, sql, type Id } from '#base';
import { changeTally } from '#safeguards/log';
import { setPurposes, type Purpose } from '#safeguards/retention';
import { openSubjectSecret } from '#safeguards/vault';
import { beginRecording } from './begin.ts';
import { endRecording } from './end.ts';
import { recordingFinisher } from './finisher.ts';
import { deleteRecording } from './remove.ts';
import { openArchive, recordTake, type Archive } from '../../../test/archive.ts';

const minute = 60_000;

type Row = {
  readonly id: Id;
  readonly state: string;
  readonly segments: number;
  readonly ms: number;
  readonly enabled: boolean;
};

function rows({ ctx, business: { organisation } }: Archive): Promise<Row[]> {
  return ctx.db.tenant(organisation, (tx) =>
    tx.rows<Row>(sql`
      select id, state, segments, ms, enabled from app.recordings
      where organisation_id = ${organisation} order by id`),
  );
}

async function actions({ ctx, business: { organisation } }: Archive): Promise<string[]> {
  const found = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ action: string }>(sql`
      select action from app.audit_entries
      where organisation_id = ${organisation} and action ~ 'recording' order by at, id`),
  );
  return found.map(({ action }) => action);
}

function begin({ ctx, business: { organisation } }: Archive, id: Id, turn = 1) {
  ctx.clock.advance(1);
  return ctx.db.tenant(organisation, (tx) => beginRecording(ctx, tx, { organisation, id, turn }));
}

async function keyLives({ ctx, business: { organisation } }: Archive, id: Id): Promise<boolean> {
  const row = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ key_id: Buffer }>(sql`
      select key_id from app.recordings where organisation_id = ${organisation} and id = ${id}`),
  );
  try {
    return (await openSubjectSecret(ctx, organisation, row.key_id, 'recording')).length === 32;
  } catch (error) {
    assert.ok(isProblem(error, 'content-erased'));
    return false;
  }
}

const state = async (archive: Archive) => (await rows(archive)).map((row) => [row.state, row.segments, row.ms]);

test('a call whose agent does not record gets no plan, no row, no key and no audit entry', async (t) => {
  const archive = await openArchive(t);
  const made: string[] = [];
  const keys = { ...archive.ctx.keys };
  const spied = {
    ...archive.ctx,
    keys: {
      ...keys,
      async contentKey(subject: Parameters<typeof keys.contentKey>[0]) {
        if (subject.kind === 'recording') made.push(subject.id);
        return keys.contentKey(subject);
      },
    },
  };
  assert.equal(await begin({ ...archive, ctx: spied }, await archive.call(false)), null);
  assert.deepEqual(await rows(archive), []);
  assert.deepEqual(await actions(archive), []);
  const { organisation } = archive.business;
  for (const id of made) assert.equal(await keys.destroy({ organisation, kind: 'recording', id }), 0, 'no key is left');
});

test('a call that may not be recorded leaves no change without an entry', async (t) => {
  const archive = await openArchive(t);
  assert.equal(await begin(archive, await archive.call(false)), null);
  await changeTally(archive.jobs).run();
  const found = await archive.prove.find(sql`
    select operation from app.audit_coverage where relation = 'recordings' and unrecorded > 0`);
  assert.deepEqual(found, []);
});

test('a stream of a call that is recorded gets one plan, with a key of its own', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  const first = await begin(archive, call);
  const second = await begin(archive, call, 2);
  const [row] = await rows(archive);
  assert.equal(first?.prefix, `recordings/${archive.business.organisation}/${row?.id}`);
  assert.equal(Buffer.from(first?.key ?? '', 'base64').length, 32);
  assert.notEqual(first?.key, second?.key);
  assert.equal(await begin(archive, call), null, 'a stream that joins twice is not recorded over itself');
  assert.deepEqual(await actions(archive), ['recording.begun', 'recording.begun']);
  assert.equal((await rows(archive)).length, 2);
});

test('whether the agent records is what the database saw, whatever is written', async (t) => {
  const archive = await openArchive(t);
  const { organisation } = archive.business;
  const call = await archive.call(false);
  await archive.ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      insert into app.recordings (organisation_id, id, call_id, stream, key_id, enabled, state, started_at)
      values (${organisation}, ${call}, ${call}, 1, ${Buffer.alloc(16)}, true, 'open', now())`);
    await tx.run(sql`update app.recordings set enabled = true where organisation_id = ${organisation}`);
  });
  assert.equal((await rows(archive))[0]?.enabled, false);
});

test('a recording that came to its end is closed once, however often that is told', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await recordTake(archive, call, { ms: 7_000 });
  assert.deepEqual(await state(archive), [['closed', 2, 7_000]]);
  const { organisation } = archive.business;
  const again = { segments: 9, ms: 1, announced: true };
  await archive.ctx.db.tenant(organisation, (tx) =>
    endRecording(archive.ctx, tx, { organisation, id: call, turn: 1 }, again),
  );
  assert.deepEqual(await state(archive), [['closed', 2, 7_000]]);
  assert.deepEqual(await actions(archive), ['recording.begun', 'recording.ended']);
});

test('a recording of which nothing may be kept loses its key at once and its objects soon after', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  const id = await recordTake(archive, call, { ms: 7_000, end: 'stored' });
  const { organisation } = archive.business;
  await archive.ctx.db.tenant(organisation, (tx) =>
    endRecording(archive.ctx, tx, { organisation, id: call, turn: 1 }, { segments: 0, ms: 0, announced: false }),
  );
  assert.equal(await keyLives(archive, id), false);
  await archive.hangUp(call, 2 * minute);
  assert.equal(await recordingFinisher(archive.jobs).run(), 1);
  assert.deepEqual(await state(archive), [['lost', 0, 0]]);
  assert.deepEqual((await archive.ctx.objects.list('')).names, []);
});

test('what a line that died has left is counted and kept as lost, a minute after the call', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await recordTake(archive, call, { ms: 12_000, end: 'never' });
  const finisher = recordingFinisher(archive.jobs);
  assert.equal(await finisher.run(), 0, 'the call is live');
  await archive.hangUp(call);
  assert.equal(await finisher.run(), 0, 'the line may still be at it');
  archive.ctx.clock.advance(minute);
  assert.equal(await finisher.run(), 1);
  assert.deepEqual(await state(archive), [['lost', 2, 10_000]]);
  assert.equal(await finisher.run(), 0);
  assert.deepEqual(await actions(archive), ['recording.begun', 'recording.ended']);
});

test('a recording whose end is stored and was never told is closed as the whole it is', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await recordTake(archive, call, { ms: 12_340, end: 'stored' });
  await archive.hangUp(call, minute);
  await recordingFinisher(archive.jobs).run();
  assert.deepEqual(await state(archive), [['closed', 3, 12_340]]);
});

test('a recording with a hole counts up to the hole, and one with a broken end up to the break', async (t) => {
  const archive = await openArchive(t);
  for (const broken of ['000001.seg', '000002.seg']) {
    const call = await archive.call();
    const id = await recordTake(archive, call, { ms: 12_000, end: 'stored' });
    const name = `recordings/${archive.business.organisation}/${id}/${broken}`;
    if (broken === '000001.seg') await archive.ctx.objects.delete(name);
    else await archive.ctx.objects.put(name, Buffer.alloc(350));
    await archive.hangUp(call, minute);
  }
  assert.equal(await recordingFinisher(archive.jobs).run(), 2);
  assert.deepEqual(await state(archive), [
    ['lost', 1, 5_000],
    ['lost', 2, 10_000],
  ]);
});

test('a recording that never had a segment ends as lost, without a key', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await begin(archive, call);
  await archive.hangUp(call, minute);
  await recordingFinisher(archive.jobs).run();
  assert.deepEqual(await state(archive), [['lost', 0, 0]]);
  assert.equal(await keyLives(archive, (await rows(archive))[0]!.id), false);
});

test('a store that fails puts its recordings off and is asked again later', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await recordTake(archive, call, { ms: 6_000, end: 'stored' });
  await archive.hangUp(call, minute);
  const finisher = recordingFinisher(archive.jobs);
  archive.ctx.objects.isDown = true;
  assert.equal(await finisher.run(), 0);
  assert.ok(archive.logged.some(({ event }) => event === 'reconciler.failed'));
  archive.ctx.objects.isDown = false;
  assert.equal(await finisher.run(), 0, 'not at once');
  archive.ctx.clock.advance(5 * minute);
  assert.equal(await finisher.run(), 1);
  assert.deepEqual(await state(archive), [['closed', 2, 6_000]]);
});

test('two finishers at once close a recording once', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await recordTake(archive, call, { ms: 6_000, end: 'stored' });
  await archive.hangUp(call, minute);
  const did = await Promise.all([recordingFinisher(archive.jobs).run(), recordingFinisher(archive.jobs).run()]);
  assert.equal(did[0] + did[1], 1);
  assert.deepEqual(await actions(archive), ['recording.begun', 'recording.ended']);
});

test('a recording that is deleted is gone: key, objects and row, and the record says so', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  const kept = await recordTake(archive, call, { ms: 6_000, turn: 1 });
  const gone = await recordTake(archive, call, { ms: 26_000, turn: 2 });
  const { organisation } = archive.business;
  const { keys, objects } = archive.ctx;
  archive.ctx.clock.advance(1);
  assert.equal(await deleteRecording(archive.ctx, { organisation, id: gone }), true);
  assert.equal(await keys.destroy({ organisation, kind: 'recording', id: gone }), 0, 'its key went with it');
  assert.deepEqual((await objects.list(`recordings/${organisation}/${gone}/`)).names, []);
  assert.deepEqual(
    (await rows(archive)).map(({ id }) => id),
    [kept],
  );
  assert.equal(await keyLives(archive, kept), true);
  assert.equal((await objects.list(`recordings/${organisation}/${kept}/`)).names.length, 2);
  assert.equal(await deleteRecording(archive.ctx, { organisation, id: gone }), false);
  assert.equal((await actions(archive)).at(-1), 'recording.deleted');
});

test('a deletion that the store breaks off is unreadable already, and can be done again', async (t) => {
  const archive = await openArchive(t);
  const id = await recordTake(archive, await archive.call(), { ms: 6_000 });
  const { organisation } = archive.business;
  archive.ctx.objects.isDown = true;
  await assert.rejects(deleteRecording(archive.ctx, { organisation, id }), Outside);
  assert.equal(await keyLives(archive, id), false);
  archive.ctx.objects.isDown = false;
  assert.equal(await deleteRecording(archive.ctx, { organisation, id }), true);
  assert.deepEqual((await archive.ctx.objects.list('')).names, []);
});

test('without an agreement to recordings nothing is recorded, whatever the agent says', async (t) => {
  const archive = await openArchive(t);
  const { ctx, business } = archive;
  const { organisation } = business;
  const agree = (agreed: readonly Purpose[]) =>
    ctx.db.tenant(organisation, (tx) => setPurposes(ctx, tx, { organisation, agreed }));
  await agree(['appointments', 'leads']);
  assert.equal(await begin(archive, await archive.call()), null);
  assert.deepEqual([await rows(archive), await actions(archive)], [[], []]);
  await agree(['recordings']);
  assert.notEqual(await begin(archive, await archive.call()), null);
});

test('a recording of a call that ended under a clock that was ahead is closed once it is right', async (t) => {
  const archive = await openArchive(t);
  const call = await archive.call();
  await recordTake(archive, call, { ms: 7_000, end: 'never' });
  const yearMs = 365 * 24 * 60 * minute;
  await archive.hangUp(call, -yearMs);
  const { organisation } = archive.business;
  await archive.ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.recordings set next_try_at = ${new Date(archive.ctx.clock.now() + yearMs)}
      where organisation_id = ${organisation}`),
  );
  assert.equal(await recordingFinisher(archive.jobs).run(), 1);
  assert.equal((await state(archive))[0]?.[0], 'lost');
});
