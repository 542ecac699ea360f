import { pause, type Ctx } from '#base';
import type { Lines } from '#media';
import type { Server } from '#edge';
import { noLine, type LiveMeans } from '#secretary/calls';

/** The lines once they run, and whether calls are still taken. */
export type Carrying = { lines?: Lines; isDraining: boolean };

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
