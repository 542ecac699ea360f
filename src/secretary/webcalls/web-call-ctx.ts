import type { Transport } from '#adapters/carriers';
import type { CallCtx, CallWatch } from '#secretary/calls';
import type { Switchboard } from './switchboard.ts';

/** What calling from the browser needs: all that answering calls needs, because it answers them too. */
export type WebCallCtx = CallCtx & {
  readonly watch: CallWatch;
  readonly switchboard: Switchboard;
  /** How the emulated carrier reaches the product it is part of. */
  readonly transport: Transport;
};
