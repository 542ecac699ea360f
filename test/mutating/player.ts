import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { clusterVariable, type Shared } from '../cluster-server.ts';
import type { Answer, Task } from './tasks.ts';

/** A process of its own that plays mutations with the source of one folder. */
export type Player = {
  /** Never throws: what goes wrong is the answer. After its time limit it begins anew with the next task. */
  play(task: Task): Promise<Answer>;
  stop(): Promise<void>;
};

/** With which database it plays, and how long at the most, in milliseconds. */
export type Play = { readonly cluster: Shared; readonly limitMs: number };

export function openPlayer(folder: string, { cluster, limitMs }: Play): Player {
  const told = JSON.stringify({ admin: cluster.admin, template: cluster.template } satisfies Shared);
  let child: ChildProcess | undefined;
  return {
    play(task) {
      child = child?.connected ? child : start(folder, told);
      return answerOf(child, task, limitMs);
    },
    async stop() {
      if (!child?.connected) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function start(folder: string, told: string): ChildProcess {
  return fork(join(folder, 'test', 'children', 'mutate.ts'), {
    cwd: folder,
    // Not those of a run of tests, whose report it would write into.
    execArgv: [],
    env: { ...process.env, [clusterVariable]: told },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
}

async function answerOf(child: ChildProcess, task: Task, limitMs: number): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>();
  let said = '';
  const hear = (text: Buffer) => void (said += text.toString());
  const hung = () => {
    child.kill('SIGKILL');
    answer.resolve({ error: `took longer than ${Math.round(limitMs / 1_000)} s` });
  };
  const gone = () => answer.resolve({ error: `its process ended: ${said.slice(-2_000)}` });
  const timer = setTimeout(hung, limitMs);
  child.stderr?.on('data', hear);
  child.once('exit', gone).once('message', answer.resolve);
  try {
    child.send(task);
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    child.stderr?.off('data', hear);
    child.off('exit', gone).off('message', answer.resolve);
  }
}
