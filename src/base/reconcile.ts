import { clockDoubt } from './clock-doubt.ts';
import { pause, type Clock } from './clock.ts';
import { errorWords, type Log } from './log.ts';

/**
 * Background work without a queue: look at the tables, move what is due to the intended state, say how much was done.
 * `run` is idempotent and safe beside itself on another node, so a restart or a double start loses and repeats nothing.
 */
export type Reconciler = {
  readonly name: string;
  readonly everyMs: number;
  /** It ends what is past its time: the hourly run does it as well. */
  readonly sweeps?: true;
  /** It ends things by their age, like those that sweep: while the clock is doubted it stands still. */
  readonly byAge?: true;
  run(): Promise<number>;
};

/** Runs each reconciler over and over; one that found work runs again at once. `stop` waits for what is under way. */
export function startReconcilers(
  senses: { clock: Clock; log: Log },
  all: readonly Reconciler[],
): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const isDoubted = clockDoubt(senses.clock);
  const waits = ({ sweeps, byAge }: Reconciler) => (sweeps ?? byAge ?? false) && isDoubted();
  const loops = all.map((one) =>
    loop(senses, { ...one, run: async () => (waits(one) ? 0 : one.run()) }, stopped.signal),
  );
  return {
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

async function loop({ clock, log }: { clock: Clock; log: Log }, one: Reconciler, stopped: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stopped.aborted) {
    const did = await one.run().then(
      (count) => {
        failures = 0;
        return count;
      },
      (error: unknown) => {
        failures = Math.min(failures + 1, 6);
        log('reconciler.failed', { name: one.name, ...errorWords(error) });
        return 0;
      },
    );
    if (did > 0) log('reconciler.ran', { name: one.name, did });
    else await pause(clock, one.everyMs * 2 ** failures, stopped);
  }
}
