import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, Personal, readConfig, seededRandom, sql, systemClock, type Id, type KeySubject } from '#base';
import { openSenses, type Senses } from '#app';
import { addPerson } from '#safeguards/accounts';
import { approveHold, askHold } from '#safeguards/holds';
import { seal } from '#safeguards/vault';
import { readCall } from '#secretary/calls';
import { freePort, sotto, startProduct, type Env } from './product.ts';
import { makeBusiness, makeCall, type Business } from './rows.ts';

const day = 86_400_000;
const oldOnes = 400;
const youngOnes = 20;

export type PurgeReport = { readonly rounds: number; readonly broken: number };

type Planted = {
  readonly business: Business;
  readonly old: readonly Id[];
  readonly young: readonly Id[];
  readonly held: Id;
};

/**
 * Rounds of starting the product with calls whose time is over, and killing it at a random moment of what it then does.
 * Whatever it got done, the next process ends what is due and nothing else: no call is half emptied, what is held is
 * there, and what is in its time can be read. Throws when not.
 */
export async function purgeRounds(options: {
  readonly rounds: number;
  readonly seed: string;
  readonly tell?: (line: string) => void;
}): Promise<PurgeReport> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-purge-'));
  const env: Env = { SOTTO_DATA_DIR: dataDir, SOTTO_PORT: String(await freePort()) };
  const random = seededRandom(options.seed);
  let broken = 0;
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const planted = await inside(env, (senses) => plant(senses));
      const product = await startProduct(env);
      await pause(systemClock, random.bytes(2).readUInt16BE() % 1_500);
      await product.kill();
      const left = await inside(env, (senses) => stillThere(senses, planted));
      if (left > 0 && left < oldOnes) broken += 1;
      // The next process makes up for it: whether it finds something overdue is told by its exit code.
      const { code, stderr } = await sotto(env, 'retention', 'run', '--json');
      assert.ok(code === 0 || code === 1, stderr);
      await inside(env, (senses) => verify(senses, planted));
      options.tell?.(`round ${round + 1}/${options.rounds}: ${oldOnes - left} of ${oldOnes} had ended`);
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return { rounds: options.rounds, broken };
}

async function inside<T>(env: Env, work: (senses: Senses) => Promise<T>): Promise<T> {
  const senses = await openSenses(readConfig(env), () => {});
  try {
    return await work(senses);
  } finally {
    await senses.close();
  }
}

async function plant({ ctx }: Senses): Promise<Planted> {
  const business = await makeBusiness(ctx.db);
  const made = async (count: number, agoMs: number) => {
    const ids: Id[] = [];
    for (let at = 0; at < count; at += 1) ids.push(await plantCall(ctx, business, agoMs + at));
    return ids;
  };
  const [old, young] = [await made(oldOnes, 100 * day), await made(youngOnes, day)];
  const held = old[7]!;
  await hold(ctx, business, held);
  return { business, old, young, held };
}

async function plantCall(ctx: Senses['ctx'], business: Business, agoMs: number): Promise<Id> {
  const { organisation } = business;
  const id = await makeCall(ctx.db, business);
  const subject = subjectOf(organisation, id);
  const put = (column: string, text: string) => seal(ctx, subject, { table: 'calls', row: id, column }, text);
  const [conversation, summary] = [await put('conversation', '{}'), await put('summary', `about ${id}`)];
  const heard = await seal(ctx, subject, { table: 'call_entries', row: `${id}/1`, column: 'heard' }, 'word');
  const endedAt = new Date(ctx.clock.now() - agoMs);
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      update app.calls set carrier = 'emulator', state = 'ended', ended_at = ${endedAt}, finished_at = ${endedAt},
        conversation = ${conversation}, summary = ${summary}
      where organisation_id = ${organisation} and id = ${id}`);
    await tx.run(sql`
      insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, heard)
      values (${organisation}, ${id}, 1, ${endedAt}, 'caller', 'speech', ${heard})`);
  });
  return id;
}

async function hold(ctx: Senses['ctx'], { organisation }: Business, call: Id): Promise<void> {
  const person = async (role: 'owner' | 'admin') => {
    const email = new Personal(`${role}@${organisation}.example`);
    const given = { organisation, role, name: new Personal('Somebody'), email };
    const id = await ctx.db.tenant(organisation, (tx) => addPerson(ctx, tx, given));
    return { who: { organisation, actor: `person:${id}` as const }, sender: {} };
  };
  const until = ctx.clock.now() + 30 * day;
  const reason = new Personal('A claim at law.');
  const id = await askHold(ctx, await person('owner'), { target: { call }, reason, until });
  await approveHold(ctx, await person('admin'), id);
}

function subjectOf(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'call', id };
}

/** How many of the old calls have content. */
async function stillThere({ ctx }: Senses, { business: { organisation }, old, held }: Planted): Promise<number> {
  const { left } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ left: number }>(sql`
      select count(*) as left from app.calls
      where organisation_id = ${organisation} and id = any (${[...old]}) and id <> ${held} and emptied_at is null`),
  );
  return left;
}

async function verify({ ctx }: Senses, planted: Planted): Promise<void> {
  const { business, old, young, held } = planted;
  const { organisation } = business;
  assert.equal(await stillThere({ ctx } as Senses, planted), 0, 'everything that is due has ended');
  const due = old.filter((id) => id !== held);
  assert.equal(await ctx.keys.count(due.map((id) => subjectOf(organisation, id))), 0, 'and its keys are gone');
  assert.equal(await ctx.keys.count([subjectOf(organisation, held)]), 1, 'what is held is there');
  await ctx.db.tenant(organisation, async (tx) => {
    const { words } = await tx.one<{ words: number }>(sql`
      select count(*) as words from app.call_entries
      where organisation_id = ${organisation} and call_id = any (${due})`);
    assert.equal(words, 0, 'no call is half emptied');
    for (const id of young) {
      const call = await readCall(ctx, tx, organisation, { id, contents: 'all' });
      assert.equal(call?.summary?.reveal(), `about ${id}`);
      assert.deepEqual(
        call.transcript?.map(({ heard }) => heard?.reveal()),
        ['word'],
      );
    }
  });
}
