import { isUtf8 } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { Cancel, Clock } from '../clock.ts';
import { closePayload, controlFrame, opcodes } from './frame.ts';

type GoodbyeOptions = {
  readonly stream: Duplex;
  readonly nextKey: () => number | undefined;
  readonly clock: Clock;
};

/** How long a peer has to answer a close frame and to end the connection. */
const goodbyeMs = 2_000;

const noCode = 1005;
const noGoodbye = 1006;

/** How a WebSocket ends (RFC 6455 §7). */
export class Goodbye {
  readonly #options: GoodbyeOptions;
  #isOpen = true;
  #isLast = false;
  #told = noGoodbye;
  #giveUp: Cancel = () => {};
  constructor(options: GoodbyeOptions) {
    this.#options = options;
  }
  /** Messages may still be sent and handed on. */
  get isOpen(): boolean {
    return this.#isOpen;
  }
  /** Our side wants to end. */
  begin(code: number, why = ''): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { stream, nextKey, clock } = this.#options;
    const payload = code === noCode ? Buffer.alloc(0) : closePayload(code, why);
    stream.write(controlFrame(opcodes.close, payload, nextKey()));
    this.#giveUp = clock.after(goodbyeMs, () => stream.destroy());
  }
  /** The close frame of the other side: answered if it is the first, and the end of the connection. */
  answer(payload: Buffer): void {
    this.broken(codeIn(payload));
  }
  /** The other side broke the protocol: it is told `code`, and nothing it says counts any more. */
  broken(code: number): void {
    if (this.#isLast) return;
    this.begin(code);
    this.#isLast = true;
    this.#told = code;
    this.#options.stream.end();
  }
  /** The other side sends nothing more. */
  ended(): void {
    if (!this.#isLast) this.#options.stream.destroy();
  }
  /** The connection is gone; returns the code to be told. */
  over(): number {
    this.#isOpen = false;
    this.#giveUp();
    return this.#told;
  }
}

/** The code of a close frame; 1005 when it has none, and what the sender must be told of one that may not be. */
function codeIn(payload: Buffer): number {
  if (payload.length === 0) return noCode;
  if (payload.length === 1) return 1002;
  const code = payload.readUInt16BE(0);
  const isLawful =
    (code >= 1000 && code <= 1014 && ![1004, noCode, noGoodbye].includes(code)) || isOfApplications(code);
  if (!isLawful) return 1002;
  return isUtf8(payload.subarray(2)) ? code : 1007;
}

/** Codes of libraries and applications (RFC 6455 §7.4.2). */
function isOfApplications(code: number): boolean {
  return code >= 3000 && code <= 4999;
}
