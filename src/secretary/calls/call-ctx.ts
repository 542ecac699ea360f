import type { Socket } from 'node:net';
import type { Clock, Ctx, Id, Item, Telemetry } from '#base';
import type { Carrier } from '#adapters/carriers';
import type { TextModel } from '#adapters/models';
import type { Admit } from '#edge';
import type { Arrival, CallName } from '#media';
import type { Region } from '#rules';
import type { Credentials } from '#safeguards/accounts';
import { openBreakers, type Breakers } from './breakers.ts';
import type { CallWatch } from './call-watch.ts';

/** What answering calls needs besides the senses: the catalogues, loaded once at start. */
export type CallCtx = Ctx & {
  readonly carriers: readonly Item<Carrier>[];
  readonly models: readonly Item<TextModel>[];
  readonly regions: readonly Item<Region>[];
  /** Verification keys of carriers, open for a moment. */
  readonly credentials: Credentials;
  readonly telemetry: Telemetry;
  /** Counts webhooks against the limits of the organisation that they are for. */
  readonly admit: Admit;
  /** Where live audio goes. */
  readonly live: LiveMeans;
  /** Who looks on at calls that this process conducts. */
  readonly watch?: CallWatch;
  /** Origin that carriers call and sign, without a slash at the end. */
  readonly publicUrl: () => string;
};

/** The process that carries live audio, and whether a speech model can be relied on. */
export type LiveMeans = {
  /** Whether a new stream could be taken now. */
  ready(): boolean;
  /** Gives the socket away; false when no line could take it. */
  take(arrival: Arrival, socket: Socket): boolean;
  /** Closes a stream that is live, wherever it came from; one that is not is closed already. */
  close(call: CallName): void;
  readonly breakers: Breakers;
  /** Whether this process finishes its last calls and takes no new ones. */
  isDraining(): boolean;
};

/** An installation that carries no live audio: every call is held by text. */
export function noLine(senses: { readonly clock: Clock }): LiveMeans {
  return { ready: () => false, take: () => false, close() {}, isDraining: () => false, breakers: openBreakers(senses) };
}

/** A call and whose it is. */
export type CallRef = { readonly organisation: Id; readonly id: Id };
