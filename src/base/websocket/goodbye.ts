import { isUtf8 } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { Cancel, Clock } from '../clock.ts';
import { closePayload, controlFrame, opcodes } from './frame.ts';

/** How a WebSocket ends (RFC 6455 §7). */
export type Goodbye = {
  /** Messages may still be sent and handed on. */
  isOpen(): boolean;
  /** Our side wants to end. */
  begin(code: number, why?: string): void;
  /** The close frame of the other side: answered if it is the first, and the end of the connection. */
  answer(payload: Buffer): void;
  /** The other side broke the protocol: it is told `code`, and nothing it says counts any more. */
  broken(code: number): void;
  /** The other side sends nothing more. */
  ended(): void;
  /** The connection is gone; returns the code to be told. */
  over(): number;
};

type GoodbyeOptions = {
  readonly stream: Duplex;
  readonly nextKey: () => number | undefined;
  readonly clock: Clock;
};

/** How long a peer has to answer a close frame and to end the connection. */
const goodbyeMs = 2_000;

const noCode = 1005;
const noGoodbye = 1006;

export function goodbyeOf({ stream, nextKey, clock }: GoodbyeOptions): Goodbye {
  let isOpen = true;
  let isLast = false;
  let told = noGoodbye;
  let giveUp: Cancel = () => {};
  const begin = (code: number, why = '') => {
    if (!isOpen) return;
    isOpen = false;
    const payload = code === noCode ? Buffer.alloc(0) : closePayload(code, why);
    stream.write(controlFrame(opcodes.close, payload, nextKey()));
    giveUp = clock.after(goodbyeMs, () => stream.destroy());
  };
  const last = (code: number) => {
    if (isLast) return;
    begin(code);
    isLast = true;
    told = code;
    stream.end();
  };
  return {
    isOpen: () => isOpen,
    begin,
    answer: (payload) => last(codeIn(payload)),
    broken: last,
    ended() {
      if (!isLast) stream.destroy();
    },
    over() {
      isOpen = false;
      giveUp();
      return told;
    },
  };
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
