import { Readable } from 'node:stream';
import { problem, type Cancel, type Clock } from '#base';
import type { EdgeLimits } from './limits.ts';

/**
 * One of the events that a server sends (WHATWG HTML §9.2). Without `data` nobody hears of it, and only `id`, which a
 * client names when it comes back, and `retryMs`, after which it does, are taken over.
 */
export type ServerEvent = {
  readonly event?: string;
  readonly data?: string;
  readonly id?: string;
  readonly retryMs?: number;
};

/** Makes the events of one stream until there are no more, or until `over`: the reader left, or the server stops. */
export type Events = (over: AbortSignal) => AsyncIterable<ServerEvent>;

/** All streams of events of a server. */
export type Streams = {
  /** Throws `busy` when there are too many. */
  open(events: Events): Readable;
  count(): number;
  /** Ends them all. */
  end(): void;
};

type StreamsOptions = {
  readonly clock: Clock;
  readonly limits: EdgeLimits;
  /** Told of what the source of a stream throws. */
  readonly failed: (error: unknown) => void;
};

/** Keeps the book of streams, so that a closing server waits for none. */
export function openStreams(options: StreamsOptions): Streams {
  const open = new Map<Readable, () => void>();
  return {
    open(events) {
      if (open.size >= options.limits.streams) {
        throw problem('busy', `${options.limits.streams} streams of events are open, and no more can be.`);
      }
      const over = new AbortController();
      const stream = eventStream(events, over, options);
      open.set(stream, () => over.abort());
      return stream.once('close', () => open.delete(stream));
    },
    count: () => open.size,
    end() {
      for (const end of open.values()) end();
    },
  };
}

/**
 * Events as bytes. The next one is asked for once the reader has taken those before, so nothing piles up here, and a
 * reader that takes nothing for a while is cut off. A comment now and then keeps what is in between from hanging up.
 */
function eventStream(events: Events, over: AbortController, { clock, limits, failed }: StreamsOptions): Readable {
  let taken: (() => void) | undefined;
  let behind: Promise<void> | undefined;
  let stopBeating: Cancel = () => {};
  const stream = new Readable({
    highWaterMark: limits.streamBytes,
    read: () => taken?.(),
    destroy(error, done) {
      stopBeating();
      over.abort();
      done(error);
    },
  });
  over.signal.addEventListener('abort', () => taken?.());
  const push = (text: string) => {
    if (over.signal.aborted || stream.push(text)) return;
    const tooLate = clock.after(limits.unreadMs, () => void stream.destroy());
    behind = new Promise((resolve) => {
      taken = () => {
        tooLate();
        behind = undefined;
        resolve();
      };
    });
  };
  const send = async (text: string) => {
    await behind;
    push(text);
    await behind;
  };
  const beat = () => {
    stopBeating = clock.after(limits.beatMs, beat);
    if (!behind) push(':\n\n');
  };
  stopBeating = clock.after(limits.beatMs, beat);
  sendAll(events(over.signal), send).then(
    () => stream.push(null),
    (error: unknown) => {
      failed(error);
      stream.destroy();
    },
  );
  return stream;
}

async function sendAll(events: AsyncIterable<ServerEvent>, send: (text: string) => Promise<void>): Promise<void> {
  for await (const event of events) await send(textOf(event));
}

/** One line a field, one line a line of data, an empty one at the end (§9.2.5). */
function textOf({ event, data, id, retryMs }: ServerEvent): string {
  const lines = [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(retryMs === undefined ? [] : [`retry: ${retryMs}`]),
    ...(data === undefined ? [] : data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`)),
  ];
  return `${lines.join('\n')}\n\n`;
}
