import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { News, Order } from './talk.ts';

/** One end of the load, in a process of its own. */
export type Child<Report> = {
  readonly pid: number;
  readonly port: number;
  /** Sends an order and waits until it is carried out; `open` when the socket is open. Rejects when the process ends. */
  order(order: Order): Promise<void>;
  report(): Promise<Report>;
  stop(): Promise<void>;
};

/** Starts `bench/media/children/<name>.ts` and waits until it is ready. */
export async function startChild<Report>(
  name: string,
  { args = [], flags = [] }: { readonly args?: readonly string[]; readonly flags?: readonly string[] } = {},
): Promise<Child<Report>> {
  const file = join(import.meta.dirname, 'children', `${name}.ts`);
  const child = fork(file, args, { serialization: 'advanced', execArgv: [...flags] });
  const waiting = new Set<Waiting<Report>>();
  child.on('message', (news: News<Report>) => {
    for (const one of waiting) if (one.take(news)) waiting.delete(one);
  });
  child.on('exit', (code) => {
    for (const one of waiting) one.fail(new Error(`${name} ended with ${code}`));
    waiting.clear();
  });
  const wait = <T>(read: (news: News<Report>) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.add({
        take(news) {
          const found = read(news);
          if (found instanceof Error) reject(found);
          else if (found !== undefined) resolve(found);
          return found !== undefined;
        },
        fail: reject,
      });
    });
  const { port } = await wait((news) => ('ready' in news ? news.ready : undefined));
  return {
    pid: child.pid ?? 0,
    port,
    async order(order) {
      const done = wait((news) => (order.do === 'open' ? openedOf(news, order.leg.number) : doneOf(news, order.do)));
      child.send(order);
      await done;
    },
    async report() {
      const told = wait((news) => ('report' in news ? news.report : undefined));
      child.send({ do: 'report' } satisfies Order);
      return told;
    },
    stop: () => ended(child),
  };
}

type Waiting<Report> = { take(news: News<Report>): boolean; fail(error: Error): void };

function openedOf<Report>(news: News<Report>, number: number): true | Error | undefined {
  if ('failed' in news && news.failed === number) return new Error(`call ${number} got no stream: ${news.why}`);
  return 'opened' in news && news.opened === number ? true : undefined;
}

function doneOf<Report>(news: News<Report>, what: Order['do']): true | undefined {
  return 'done' in news && news.done === what ? true : undefined;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await gone;
}
