import type { Peer } from '#base';
import type { StreamDialect } from '#adapters/carriers';
import type { Happening, LinePlan, Order } from '../desk.ts';

/** What a live call is given: its socket, how the carrier speaks over it, and what the desk has planned for it. */
export type LiveStream = {
  readonly peer: Peer;
  readonly dialect: StreamDialect;
  readonly streamId: string;
  readonly plan: LinePlan;
  /** Tells the desk. After `closed` nothing more is told. */
  tell(happening: Happening): void;
};

/** A call while its audio runs. */
export type LiveCall = {
  /** One message of the carrier, as it came; the buffer is only lent. What is thrown ends the socket (1011). */
  frame(message: Buffer): void;
  /** The carrier's socket is gone. The call finishes what it has begun and tells `closed`, within 30 s. */
  closed(code: number): void;
  /** A result that nothing waits for is no mistake: after a lost link the desk repeats itself. */
  order(order: Order): void;
};

/** Makes the live call of a stream that was let in. */
export type Carry = (stream: LiveStream) => LiveCall;
