import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late this thread's event loop was since the last look, in milliseconds. */
export type LoopDelay = { readonly p50Ms: number; readonly p99Ms: number };

const everyMs = 10;

/** Watches how late a timer of this thread is that should fire every 10 ms: what work waits for. */
export function watchLoopDelay(): { look(): LoopDelay; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: everyMs });
  histogram.enable();
  // The histogram holds nanoseconds between two firings, so a loop that is never late shows the interval itself.
  const late = (percentile: number) => Math.max(0, histogram.percentile(percentile) / 1e6 - everyMs);
  return {
    look() {
      const delay = histogram.count > 0 ? { p50Ms: late(50), p99Ms: late(99) } : { p50Ms: 0, p99Ms: 0 };
      histogram.reset();
      return delay;
    },
    stop: () => void histogram.disable(),
  };
}
