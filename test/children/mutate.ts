import { test, type TestContext } from 'node:test';
import { join } from 'node:path';
import { loadItem } from '#base';
import type { Claim, Means } from '#trust';
import { mutationsOf } from '../mutating/load.ts';
import type { Answer, Task, Told, Unread } from '../mutating/tasks.ts';
import { prove } from '../../src/trust/prove.ts';

const claims = join(import.meta.dirname, '..', '..', 'src', 'trust', 'claims');

/** Plays mutations that it is told of, one after the other, until whoever tells goes away. */
process.on('message', (task: Task) => {
  test('a task', async (t) => {
    process.send?.(await answerTo(task, t));
  });
});

async function answerTo(task: Task, t: TestContext): Promise<Answer> {
  try {
    if ('list' in task) return { listed: (await Promise.all(task.list.map(told))).flat() };
    const mutation = (await mutationsOf(task.claim))[task.at];
    // Alone: one that cannot be loaded is in the way of no other.
    const item = await loadItem<Claim>(claims, task.claim);
    if (!mutation || !item) throw new Error(`no such mutation: ${task.claim}`);
    return { played: await mutation.play(t, (means: Means) => prove(item, means), task.version) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function told(claim: string): Promise<readonly (Told | Unread)[]> {
  try {
    const mutations = await mutationsOf(claim);
    return mutations.map(({ play: _play, ...mutation }, at) => ({ ...mutation, claim, at }));
  } catch (error) {
    return [{ claim, why: error instanceof Error ? error.message : String(error) }];
  }
}
