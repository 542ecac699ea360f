import { pause, type Clock } from './clock.ts';
import type { KnownTime } from './keystore.ts';
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

/** While the clock is doubted it is asked so often whether it still is. */
const lookMs = 60_000;

type Senses = { clock: Clock; log: Log; keys: { time: Pick<KnownTime, 'doubt'> } };

/** Runs each reconciler over and over; one that found work runs again at once. `stop` waits for what is under way. */
export function startReconcilers(senses: Senses, all: readonly Reconciler[]): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const loops = all.map((one) => loop(senses, one, stopped.signal));
  return {
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(senses: Senses, one: Reconciler, stopped: AbortSignal): Promise<void> {
  const { clock, log } = senses;
  let failures = 0;
  while (!stopped.aborted) {
    const did = await runOnce(senses, one, stopped).then(
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

/** What ends by age waits here as long as the clock is doubted: what runs hourly does not wait another hour afterwards. */
async function runOnce({ clock, keys }: Senses, one: Reconciler, stopped: AbortSignal): Promise<number> {
  if (!one.sweeps && !one.byAge) return one.run();
  while (!stopped.aborted && (await keys.time.doubt())) await pause(clock, Math.min(one.everyMs, lookMs), stopped);
  return stopped.aborted ? 0 : one.run();
}
