import { join } from 'node:path';
import type { Shared } from '../cluster-server.ts';
import type { Played } from '../mutations/mutation.ts';
import { openPlayer, type Play, type Player } from './player.ts';
import { scratchCopy } from './scratch.ts';
import type { Answer, Told, Unread } from './tasks.ts';

const root = join(import.meta.dirname, '..', '..');

/** One mutation that was tried. */
export type Tried = {
  readonly claim: string;
  readonly breaks: string;
  readonly isCaught: boolean;
  /** What the claim's evidence said, or why nothing can be told. */
  readonly why: string;
  readonly tookMs: number;
};

export type MutationRun = {
  /** Ids of claims. */
  readonly claims: readonly string[];
  /** How many are tried at the same time. */
  readonly jobs: number;
  /** For one play, in milliseconds. */
  readonly limitMs?: number;
  readonly isQuickOnly?: boolean;
  readonly tell?: (one: Tried) => void;
};

/**
 * Tries the mutations of the claims on databases cloned from one template. Those that change source are played twice, by
 * the checkout and by a copy. What goes wrong with one is told of that one.
 */
export async function tryMutations(run: MutationRun, cluster: Shared): Promise<readonly Tried[]> {
  const play = { cluster, limitMs: run.limitMs ?? 120_000 };
  const listed = await list(run.claims, play);
  const wanted = listed.filter((one) => 'why' in one || one.isQuick || run.isQuickOnly !== true);
  return tryAll(wanted, run, play);
}

async function list(claims: readonly string[], play: Play): Promise<readonly (Told | Unread)[]> {
  const player = openPlayer(root, play);
  const answer = await player.play({ list: claims });
  await player.stop();
  if ('listed' in answer) return answer.listed;
  throw new Error('error' in answer ? answer.error : 'nothing was listed');
}

async function tryAll(mutations: readonly (Told | Unread)[], run: MutationRun, play: Play): Promise<readonly Tried[]> {
  const waiting = [...mutations];
  const tried: Tried[] = [];
  const work = async () => {
    const player = openPlayer(root, play);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const one = 'why' in next ? unread(next) : await tryOne(next, player, play);
      tried.push(one);
      run.tell?.(one);
    }
    await player.stop();
  };
  await Promise.all(Array.from({ length: Math.min(run.jobs, mutations.length) }, work));
  return tried;
}

function unread({ claim, why }: Unread): Tried {
  return { claim, breaks: 'nothing', isCaught: false, why: `could not be tried: ${why}`, tookMs: 0 };
}

async function tryOne(mutation: Told, player: Player, play: Play): Promise<Tried> {
  const { claim, at, breaks, edits } = mutation;
  const startedMs = performance.now();
  const answers = [await player.play({ claim, at, version: 'whole' })];
  if (edits.length > 0) answers.push(await playEdited(mutation, play));
  return { claim, breaks, ...judge(mutation, answers), tookMs: Math.round(performance.now() - startedMs) };
}

async function playEdited({ claim, at, edits }: Told, play: Play): Promise<Answer> {
  try {
    const { folder, remove } = await scratchCopy(edits);
    const player = openPlayer(folder, play);
    try {
      return await player.play({ claim, at, version: 'edited' });
    } finally {
      await player.stop();
      await remove();
    }
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Caught is only what fails with the mutation, says what and where, and does not fail without it. */
export function judge({ found }: Pick<Told, 'found'>, answers: readonly Answer[]): Pick<Tried, 'isCaught' | 'why'> {
  const missed = (why: string) => ({ isCaught: false, why });
  const wrong = answers.find((answer) => 'error' in answer);
  if (wrong) return missed(`could not be tried: ${wrong.error}`);
  const plays = answers.flatMap((answer) => ('played' in answer ? [answer.played] : []));
  const { whole, broken } = plays.reduce<Played>((all, one) => ({ ...all, ...one }), {});
  if (!whole || !broken) return missed('could not be tried: it was not looked at twice');
  if (whole.status !== 'proven' && whole.status !== 'not-exercised')
    return missed(`says nothing: the claim is ${whole.status} without it: ${whole.why}`);
  if (broken.status !== 'failing') return missed(`not noticed: ${broken.status}: ${broken.why}`);
  return found.test(broken.why)
    ? { isCaught: true, why: broken.why }
    : missed(`noticed for another reason: ${broken.why}`);
}
