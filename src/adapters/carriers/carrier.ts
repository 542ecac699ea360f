import type { Config, Ctx, Personal, Processor, VendorCheck, VendorProcessor } from '#base';
import type { StreamDialect } from './stream.ts';

/** A webhook as it arrived. `url` is the public address it was signed for, built from configuration, never from headers. */
export type SignedRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
};

/** What an unverified webhook says of itself. A hint where to look for the verification key, nothing more. */
export type Hint = { readonly account: string; readonly dialled: string | undefined };

/**
 * Which of our URLs was called: the last segment of its path. A carrier cannot always tell by the fields
 * (a gather that heard nothing posts no field of its own), so whoever routed the request says it.
 */
export type WebhookKind = 'voice' | 'heard' | 'next' | 'relay-ended' | 'transfer-ended' | 'status';

/** A verified webhook in our words. `callId` is the carrier's name for the call. */
export type CarrierEvent = { readonly callId: string } & (
  | {
      readonly type: 'ringing';
      readonly from: Personal | undefined;
      readonly to: string;
      readonly direction: 'inbound' | 'outbound';
    }
  | { readonly type: 'heard'; readonly speech: Personal | undefined; readonly digits: Personal | undefined }
  /** What there was has been played; what comes next? */
  | { readonly type: 'next' }
  /**
   * The text relay or the media stream ended: by us (then `reason` is what our `end` said), because the call is over,
   * or by failure. Of a stream the carrier does not tell a failure from an end: both are `completed`.
   */
  | { readonly type: 'relay-ended'; readonly how: 'completed' | 'hung-up' | 'failed'; readonly reason?: string }
  /** A transfer came back. */
  | { readonly type: 'transfer-ended'; readonly how: 'answered' | 'busy' | 'no-answer' | 'failed' }
  | {
      readonly type: 'status';
      readonly status: 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';
      readonly sequence: number;
    }
);

/** What the caller is to experience next, in order. The carrier file turns it into its dialect. */
export type Answer = readonly Step[];
export type Step =
  | { readonly do: 'say'; readonly text: string; readonly language: string }
  /** Sounds keys (DTMF): `0-9 * # A-D`, and `w` for half a second of silence. */
  | { readonly do: 'press'; readonly digits: string }
  /** Opens the text relay: the carrier transcribes and speaks, we exchange text over a socket. */
  | {
      readonly do: 'relay';
      readonly socketUrl: string;
      readonly token: string;
      readonly language: string;
      /** Called when the relay ends for whatever reason. */
      readonly thenUrl: string;
    }
  /** Opens the media stream: the carrier sends what it hears as audio and plays the audio we send. */
  | {
      readonly do: 'stream';
      readonly socketUrl: string;
      readonly token: string;
      /** Called when the stream ends for whatever reason. */
      readonly thenUrl: string;
    }
  /** Listens once without a socket; what was heard is posted to `thenUrl`, silence as well. */
  | {
      readonly do: 'gather';
      readonly thenUrl: string;
      readonly language: string;
      readonly expect: 'speech' | 'digits';
      readonly waitS: number;
    }
  /** Asks `thenUrl` what comes next as soon as everything before has been played. */
  | { readonly do: 'ask-next'; readonly thenUrl: string }
  /** Blind transfer to a person; the outcome is posted to `thenUrl`. */
  | {
      readonly do: 'transfer';
      readonly to: string;
      readonly callerId: string;
      readonly thenUrl: string;
      readonly waitS: number;
    }
  | { readonly do: 'hang-up' }
  | { readonly do: 'reject'; readonly reason: 'rejected' | 'busy' };

/** A text relay message from the carrier. `unknown` is ignored: carriers add message types. */
export type RelayEvent =
  | { readonly type: 'setup'; readonly callId: string; readonly token: string | undefined }
  | { readonly type: 'prompt'; readonly text: Personal; readonly language: string | undefined; readonly last: boolean }
  | { readonly type: 'digit'; readonly digit: Personal }
  /** The caller spoke over us. `heard` is what had been spoken until then. */
  | { readonly type: 'interrupt'; readonly heard: Personal }
  /** Words that have been played to the caller, where the carrier tells. */
  | { readonly type: 'played'; readonly text: Personal }
  | { readonly type: 'error' }
  | { readonly type: 'unknown' };

export type RelayCommand =
  | { readonly do: 'say'; readonly text: string; readonly language: string; readonly interruptible: boolean }
  /** Sounds keys: `0-9 * #`, and `w` for half a second of silence. Letters are not carried. */
  | { readonly do: 'press'; readonly digits: string }
  | { readonly do: 'language'; readonly language: string }
  /** Ends the relay; the carrier then asks `thenUrl` what comes next. */
  | { readonly do: 'end'; readonly reason: string };

/** Credentials of one account at the carrier; opened only for the request that needs them. */
export type CarrierAccount = { readonly accountSid: string; readonly authToken: Personal };

/** Where a carrier sends what happens on a number; null where it sends nothing. */
export type CarrierAddress = { readonly url: string | null; readonly method: string | null };

/** One of an account's numbers, as the carrier has it set up. */
export type CarrierNumber = {
  /** The carrier's name for it. */
  readonly id: string;
  /** False for a number that takes messages or faxes alone. */
  readonly takesCalls: boolean;
  readonly voice: CarrierAddress;
  readonly status: CarrierAddress;
  /** What takes its calls at the carrier, so that `voice` is never asked; undefined when nothing does. */
  readonly divertedTo: 'application' | 'trunk' | undefined;
};

/** What the carrier said when it was asked about a number. With `ok`, no number means: not in this account. */
export type NumberLook =
  | { readonly result: 'ok'; readonly number: CarrierNumber | undefined }
  | { readonly result: Exclude<VendorCheck, 'ok'> };

/** Wants a number's calls and their status sent to these addresses, and nothing in between. */
export type Pointing = { readonly numberId: string; readonly voiceUrl: string; readonly statusUrl: string };

/** Something that lies at a carrier, by the carrier's own name for it. A call stands for all that was made of it there. */
export type HeldThere = { readonly item: 'call' | 'message'; readonly name: string };

/**
 * What came of having something deleted. `gone`: it was looked for, and nothing of it is there. `asked`: something was
 * there and its deletion was taken; only another look tells whether it is gone. `too-early`: the carrier is not done with
 * it itself. Anything else is trouble, in which nothing is known.
 */
export type Erasing = {
  readonly result: 'gone' | 'asked' | 'too-early' | Exclude<VendorCheck, 'ok'>;
  /** How many things it took the deletion of. */
  readonly removed: number;
  /** HTTP status of its last answer; undefined when there was none. */
  readonly status: number | undefined;
  /** How long it wants to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
};

/**
 * One carrier: how it signs, what it posts, what it understands. Adding a carrier is adding one file to `vendors/`.
 * Everything but `hangUp` and `redirect` is pure. There is no way to skip `verify`.
 */
export type Carrier = {
  readonly processor: VendorProcessor;
  /** The processor as this installation dials it: a base URL set in the configuration adds its host. */
  processorFor(config: Config): Processor;
  /** Reads the hint; undefined when the request does not even look like this carrier's. */
  hint(request: SignedRequest): Hint | undefined;
  /** True only when the signature over the exact URL and body was made with `secret`. Constant time. */
  verify(request: SignedRequest, secret: Personal): boolean;
  /** The same for a WebSocket handshake: the signature covers the wss URL alone. */
  verifyUpgrade(request: Pick<SignedRequest, 'url' | 'headers'>, secret: Personal): boolean;
  /** Call only after `verify`. Throws `body-malformed` when a due field is missing or not what it should be. */
  read(request: SignedRequest, kind: WebhookKind): CarrierEvent;
  /** The reply to a webhook, in the carrier's dialect. */
  render(answer: Answer): { readonly contentType: string; readonly body: string };
  /** Throws `frame-malformed` (code, no content) on anything that is no message of the relay. */
  readRelay(text: string): RelayEvent;
  writeRelay(command: RelayCommand): string;
  /** How it speaks over the socket of a media stream. */
  readonly stream: StreamDialect;
  /** Asks the carrier, with one request that changes nothing, what the account is worth. Throws nothing of the carrier's. */
  check?(ctx: Pick<Ctx, 'http' | 'config'>, account: CarrierAccount): Promise<VendorCheck>;
  /** Asks how a number is set up, with requests that change nothing. Throws nothing of the carrier's. */
  lookUp?(ctx: Pick<Ctx, 'http' | 'config'>, account: CarrierAccount, e164: string): Promise<NumberLook>;
  /** Points a number that `lookUp` found. Answers how that went; throws nothing of the carrier's. */
  point?(ctx: Pick<Ctx, 'http' | 'config'>, account: CarrierAccount, pointing: Pointing): Promise<VendorCheck>;
  /**
   * Looks for what lies at the carrier and has what it finds deleted. Can be done again at any time; only `gone` says that
   * a look found nothing. Absent where nothing is held. Throws our own refusals alone, as `check` does.
   */
  erase?(ctx: Pick<Ctx, 'http' | 'config'>, account: CarrierAccount, held: HeldThere): Promise<Erasing>;
  /** Ends a call from outside any webhook. A call that is already over counts as done. */
  hangUp(ctx: Pick<Ctx, 'http' | 'config'>, account: CarrierAccount, callId: string): Promise<void>;
  /** Replaces what a live call is doing (hand-over, transfer) from outside any webhook. */
  redirect(ctx: Pick<Ctx, 'http' | 'config'>, account: CarrierAccount, callId: string, answer: Answer): Promise<void>;
};
