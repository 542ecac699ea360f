import { pause, type Ctx, type Exporter, type Reconciler } from '#base';
import type { Lines } from '#media';
import type { Server } from '#edge';
import { callsRunning, noLine, type LiveMeans } from '#secretary/calls';

/** The lines once they run, and whether calls are still taken. */
export type Carrying = { lines?: Lines; isDraining: boolean; readonly telemetry: Exporter };

/** Whether this node is to be sent calls: it is not about to stop, and what carries live audio is there. */
export function takesCalls({ isDraining, lines }: Carrying): boolean {
  return !isDraining && (lines === undefined || lines.ready());
}

/** How the lines are doing, for whoever watches the installation. */
export function lineWatch(carrying: Carrying): Reconciler {
  return {
    name: 'line-watch',
    everyMs: 5_000,
    async run() {
      const { telemetry } = carrying;
      for (const [line, load] of (carrying.lines?.load() ?? []).entries()) {
        telemetry.set('sotto.calls.live', load.calls, { line });
        telemetry.set('sotto.line.delay_ms', load.delayP50Ms, { line, of: 'p50' });
        telemetry.set('sotto.line.delay_ms', load.delayP99Ms, { line, of: 'p99' });
      }
      return 0;
    },
  };
}

/** A database that does not answer for so long is not waited for: no call goes on without it. */
const unansweredMs = 60_000;
/** A ring may be on its way into the books when the last is taken; by then it is there. */
const lastRingMs = 5_000;

/**
 * Waits until no text relay is open and no call is running that was taken before now, as long as live calls are waited for.
 * A call that is led turn by turn has nothing open between two webhooks; its row tells. `db` is that of the jobs.
 */
export async function untilQuiet(ctx: Ctx, server: Server, hurry: AbortSignal): Promise<void> {
  const { clock, config } = ctx;
  const begun = clock.now();
  const until = begun + config.drainMinutes * 60_000;
  let answeredAt = begun;
  const isRunning = async () => {
    try {
      const count = await callsRunning(ctx, begun + lastRingMs);
      answeredAt = clock.now();
      return count > 0;
    } catch {
      return clock.now() - answeredAt < unansweredMs;
    }
  };
  while (clock.now() < until && !hurry.aborted && (server.openSockets() > 0 || (await isRunning()))) {
    await pause(clock, 200);
  }
}

/** The lines as calls see them; they are started once the desk they report to is there. */
export function liveMeans(ctx: Ctx, carrying: Carrying): LiveMeans {
  return {
    ...noLine(ctx),
    isDraining: () => carrying.isDraining,
    ready: () => carrying.lines?.ready() ?? false,
    close: (call) => void carrying.lines?.order(call, { do: 'close' }),
    take: (arrival, stream) => carrying.lines?.take(arrival, stream) ?? false,
  };
}
