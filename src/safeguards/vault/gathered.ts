import { turnEnd } from '#base';

const mostAtOnce = 500;

export type Gathered<Ask, Answer> = {
  ask(ask: Ask): Promise<Answer>;
  /** Resolves when nothing is waiting any more. */
  settled(): Promise<void>;
};

/**
 * Group commit: what is asked for in one turn of the event loop, and while a round is at work, is done in one
 * round, because each round costs a write to the disk. `work` answers in the order asked; when it throws, everyone
 * in that round is told so. Waiting asks are bounded by the requests in flight.
 */
export function gathered<Ask, Answer>(
  work: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
): Gathered<Ask, Answer> {
  type Waiting = { ask: Ask; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  const waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  const round = async (batch: readonly Waiting[]) => {
    try {
      const answers = await work(batch.map(({ ask }) => ask));
      batch.forEach(({ resolve }, at) => resolve(answers[at]!));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const run = async () => {
    while (waiting.length > 0) {
      await turnEnd();
      await round(waiting.splice(0, mostAtOnce));
    }
    running = undefined;
  };
  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        waiting.push({ ask, resolve, reject });
        running ??= run();
      }),
    settled: async () => running,
  };
}
