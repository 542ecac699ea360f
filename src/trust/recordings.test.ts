import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId, seededRandom, sql, type Id } from '#base';
import { sealSegment } from '#media';
import { beginRecording, deleteRecording } from '#secretary/recordings';
import type { Reach } from './claim.ts';
import sealed from './claims/recordings-are-sealed.ts';
import enabled from './claims/recordings-only-when-enabled.ts';
import { reachOf, rolledBack } from './means.ts';
import { faultIn } from './sealed-sound.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall } from '../../test/rows.ts';

const random = seededRandom('stored sound');
const key = random.bytes(32);

function segment(plain: Buffer): Buffer {
  return sealSegment(key, { prefix: 'recordings/a/b', index: 0 }, { plain, last: false }, random);
}

/** Something like speech: loud and quiet stretches of a tone, companded as µ-law is (ITU-T G.711, rough). */
function speech(bytes: number): Buffer {
  const sound = Buffer.alloc(bytes, 0xff);
  for (let at = 0; at < bytes; at += 1) {
    const loud = Math.abs(Math.sin(at / 9_000));
    const level = Math.round(Math.sin(at / 7) * 60 * loud);
    sound[at] = level >= 0 ? 0xff - level : 0x7f + level;
  }
  return sound;
}

describe('what tells sound from sealed sound', () => {
  test('a sealed segment of any length and content passes', () => {
    for (const frames of [0, 1, 12, 13, 100, 250]) {
      for (const plain of [Buffer.alloc(frames * 320, 0xff), speech(frames * 320)]) {
        assert.equal(faultIn(segment(plain)), undefined, `${frames} frames`);
      }
    }
  });

  test('silence, speech and text do not, even behind the head of a sealed segment', () => {
    const head = segment(Buffer.alloc(0)).subarray(0, 30);
    const silent = Buffer.concat([head, Buffer.alloc(320, 0xff)]);
    assert.equal(faultIn(silent), 'a piece of a recording holds a run of equal bytes');
    const equal = 'a piece of a recording holds a run of equal bytes';
    assert.equal(faultIn(Buffer.concat([head, speech(80_000)])), equal);
    assert.equal(faultIn(speech(80_030)), 'a piece of a recording is not of the sealed form');
    const text = Buffer.from('one two three four five six seven '.repeat(3_000)).subarray(0, 80_000);
    assert.equal(faultIn(Buffer.concat([head, text])), 'a piece of a recording is not evenly spread');
  });

  test('a segment that is too long, too short or half a frame is not of the form', () => {
    const whole = segment(speech(80_000));
    for (const bytes of [
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.alloc(320)]),
      Buffer.of(1, 0),
      Buffer.alloc(0),
    ]) {
      assert.equal(faultIn(bytes), 'a piece of a recording is not of the sealed form');
    }
  });
});

describe('the claims about recordings, on a real installation', () => {
  let ground: ProvingGround;
  before(async () => {
    ground = await openProvingGround();
  });
  after(() => ground.close());

  const look = <T>(work: (reach: Reach) => Promise<T>): Promise<T> =>
    rolledBack(ground.means.prove, (tx) => work(reachOf(ground.means, tx)));

  /** A recording with one segment, as the product makes it. */
  async function record(plain = speech(80_000)): Promise<{ organisation: Id; id: Id; object: string }> {
    const { ctx } = ground;
    const business = await makeBusiness(ctx.db);
    const { organisation } = business;
    const call = await makeCall(ctx.db, business);
    await ctx.db.tenant(organisation, async (tx) => {
      await tx.run(sql`update app.agents set record = true where organisation_id = ${organisation}`);
      await tx.run(
        sql`update app.calls set started_at = ${new Date(ctx.clock.now())} where organisation_id = ${organisation}`,
      );
    });
    const plan = await ctx.db.tenant(organisation, (tx) =>
      beginRecording(ctx, tx, { organisation, id: call, turn: 1 }),
    );
    assert.ok(plan);
    const object = `${plan.prefix}/000000.seg`;
    await ground.objects.put(object, segment(plain));
    return { organisation, id: plan.prefix.slice(-36), object };
  }

  test('recordings that the business wanted are no fault, and are counted', async () => {
    const { object } = await record();
    assert.deepEqual((await look(enabled.probe)).faults, []);
    const found = await look(sealed.probe);
    assert.deepEqual(found.faults, []);
    assert.ok(found.checked >= 1);
    await ground.objects.delete(object);
  });

  test('two pieces under one nonce are found, though each is sealed', async () => {
    const { object } = await record();
    const stranger = newId(ground.ctx);
    const twin = `recordings/${stranger}/${stranger}/000000.seg`;
    await ground.objects.plant(twin, (await ground.objects.get(object)) ?? Buffer.alloc(0));
    const { faults } = await look(sealed.probe);
    assert.deepEqual(
      faults.map(({ what }) => what),
      ['a piece of a recording has the nonce of another'],
    );
    await ground.objects.delete(twin);
    await ground.objects.delete(object);
  });

  test('calls that were not to be recorded are what the first claim counts', async () => {
    const { checked } = await look(enabled.probe);
    const business = await makeBusiness(ground.ctx.db);
    await makeCall(ground.ctx.db, business);
    await ground.ctx.db.tenant(business.organisation, (tx) =>
      tx.run(sql`
        update app.calls set started_at = ${new Date(ground.ctx.clock.now())}
        where organisation_id = ${business.organisation}`),
    );
    assert.equal((await look(enabled.probe)).checked, checked + 1);
  });

  test('a segment that no recording explains is found, whatever its name', async () => {
    const stranger = `recordings/${newId(ground.ctx)}/${newId(ground.ctx)}/000000.seg`;
    for (const name of [stranger, 'audio/call.ulaw', 'recordings/loose.seg']) {
      await ground.objects.plant(name, segment(speech(320)));
      const { faults } = await look(enabled.probe);
      assert.deepEqual(faults, [{ what: 'an object belongs to no recording', where: name }]);
      await ground.objects.delete(name);
    }
  });

  test('a new segment is found behind hundreds of others', async () => {
    const { organisation, id, object } = await record();
    await Promise.all(
      Array.from({ length: 600 }, (_, at) => ground.objects.plant(`a/${String(at).padStart(6, '0')}`, Buffer.of(0))),
    );
    const stray = `recordings/${organisation}/${newId(ground.ctx)}/000000.seg`;
    await ground.objects.put(stray, segment(speech(320)));
    const { faults } = await look(enabled.probe);
    assert.ok(faults.some(({ where }) => where.startsWith('a/')));
    await Promise.all(
      Array.from({ length: 600 }, (_, at) => ground.objects.delete(`a/${String(at).padStart(6, '0')}`)),
    );
    assert.deepEqual(
      (await look(enabled.probe)).faults.map(({ where }) => where),
      [stray],
    );
    await ground.objects.delete(stray);
    assert.ok(object.includes(id));
    await ground.objects.delete(object);
  });

  test('a recording that is deleted while it is looked at is no fault', async () => {
    const { organisation, id } = await record();
    const { ctx, means, objects } = ground;
    let isDeleted = false;
    const racing: Reach['objects'] = {
      get: objects.get,
      async list(prefix, page) {
        const listed = await objects.list(prefix, page);
        if (!isDeleted) {
          isDeleted = true;
          await deleteRecording({ ...ctx, objects }, { organisation, id });
        }
        return listed;
      },
    };
    const found = await rolledBack(means.prove, (tx) => enabled.probe(reachOf({ ...means, objects: racing }, tx)));
    assert.deepEqual(found.faults, []);
    assert.ok(isDeleted);
  });

  test('sound that lies in the clear in the place of a sealed segment is found', async () => {
    const { object } = await record();
    await ground.objects.put(object, Buffer.concat([segment(Buffer.alloc(0)).subarray(0, 30), speech(80_000)]));
    const { faults } = await look(sealed.probe);
    assert.deepEqual(faults, [{ what: 'a piece of a recording holds a run of equal bytes', where: object }]);
    await ground.objects.delete(object);
  });
});
