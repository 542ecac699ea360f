import type { WebSocket } from 'ws';
import type { Leg } from './leg.ts';

/** What goes from the carrier to the product over one socket: in order, and late if the call's faults say so. */
export type Outbox = {
  send(text: string): void;
  /** Closes the socket after everything before; a product that never answers the close does not keep it open. */
  close(): void;
};

/** A product that does not take so much is given up. */
const mostBacklog = 4 * 1_024 * 1_024;
const closeWithinMs = 5_000;
const slackMs = 0.001;

export function openOutbox(leg: Leg, socket: WebSocket): Outbox {
  const { clock, speed } = leg.pace;
  const { slowFramesMs = 0, jitterMs = 0 } = leg.options.faults ?? {};
  const late: { readonly at: number; readonly work: () => void }[] = [];

  function inTurn(work: () => void): void {
    if (slowFramesMs + jitterMs === 0) return work();
    const share = jitterMs > 0 ? leg.random.bytes(1)[0]! / 256 : 0;
    // Whatever the delay: nothing overtakes what was sent before it.
    const at = Math.max(late.at(-1)?.at ?? 0, clock.now() + (slowFramesMs + jitterMs * share) / speed);
    if (late.push({ at, work }) === 1) wait();
  }

  function wait(): void {
    const first = late[0];
    if (first) clock.after(Math.max(0, first.at - clock.now()), deliver);
  }

  function deliver(): void {
    while (late[0] && late[0].at <= clock.now() + slackMs) late.shift()?.work();
    wait();
  }

  return {
    send(text) {
      inTurn(() => {
        if (socket.readyState !== socket.OPEN) return;
        socket.send(text);
        if (socket.bufferedAmount <= mostBacklog) return;
        leg.log('socket-given-up');
        socket.terminate();
      });
    },
    close() {
      inTurn(() => socket.close(1_000));
      clock.after(closeWithinMs / speed, () => socket.terminate());
    },
  };
}
