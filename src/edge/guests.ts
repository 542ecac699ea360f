import type { Duplex } from 'node:stream';
import { newId, type Cancel, type Id } from '#base';
import type { EdgeLimits } from './limits.ts';
import type { EdgeCtx } from './server.ts';
import type { Running } from './wire.ts';

/** One socket from its upgrade request to its end; `running` once the session has begun. */
export type Guest = { readonly id: Id; running?: Running; cut(): void; leave(): void };

/** Everyone who holds a socket or waits for one. */
export type Guests = {
  arrive(stream: Duplex): Guest;
  count(): number;
  /** Says goodbye (1001) to those inside and waits until all have gone. */
  dismiss(): Promise<void>;
  /** Ends at once who has not gone. */
  cut(): void;
};

/** Keeps the book of sockets and asks each for a sign of life, once per interval. */
export function openGuests(ctx: Pick<EdgeCtx, 'clock' | 'random'>, limits: EdgeLimits): Guests {
  const guests = new Set<Guest>();
  let whenEmpty: (() => void) | undefined;
  let stopSweep: Cancel = () => {};
  const sweep = () => {
    for (const guest of guests) guest.running?.probe();
    stopSweep = ctx.clock.after(limits.pingMs, sweep);
  };
  stopSweep = ctx.clock.after(limits.pingMs, sweep);
  return {
    arrive(stream) {
      const guest: Guest = {
        id: newId(ctx),
        cut: () => (guest.running ? guest.running.cut() : void stream.destroy()),
        leave() {
          guests.delete(guest);
          if (guests.size === 0) whenEmpty?.();
        },
      };
      guests.add(guest);
      return guest;
    },
    count: () => guests.size,
    async dismiss() {
      stopSweep();
      for (const guest of guests) guest.running?.close(1001, 'shutting-down');
      if (guests.size > 0) await new Promise<void>((resolve) => (whenEmpty = resolve));
    },
    cut() {
      for (const guest of guests) {
        guest.cut();
        // Its session may never end; the server does not wait for it.
        guest.leave();
      }
    },
  };
}
