import { pause, type Ctx, type Exporter, type Reconciler } from '#base';
import type { Lines } from '#media';
import type { Server } from '#edge';
import { noLine, type LiveMeans } from '#secretary/calls';

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

/** Waits until no text relay is open any more, as long as live calls are waited for. */
export async function untilQuiet({ clock, config }: Ctx, server: Server, hurry: AbortSignal): Promise<void> {
  const until = clock.now() + config.drainMinutes * 60_000;
  while (server.openSockets() > 0 && clock.now() < until && !hurry.aborted) await pause(clock, 200);
}

/** The lines as calls see them; they are started once the desk they report to is there. */
export function liveMeans(ctx: Ctx, carrying: Carrying): LiveMeans {
  return {
    ...noLine(ctx),
    isDraining: () => carrying.isDraining,
    ready: () => carrying.lines?.ready() ?? false,
    take: (arrival, stream) => carrying.lines?.take(arrival, stream) ?? false,
  };
}
