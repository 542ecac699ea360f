import type { Socket } from 'node:net';
import { closedHeaders, type Ctx } from '#base';
import type { StreamDialect } from '#adapters/carriers';
import type { Arrival, CallName, Order } from '../desk.ts';
import { streamName } from './messages.ts';
import { takeStream, type Stream, type StreamMeans } from './stream.ts';

/** All media sockets of a line. */
export type Streams = {
  /** Takes a socket that was handed over; when there are too many it is told so, before the handshake. */
  arrive(arrival: Arrival, socket: Socket): void;
  order(call: CallName, order: Order): void;
  /** Calls that were let in and have not ended. */
  live(): readonly CallName[];
  /** Sockets and calls, those not let in yet included. */
  count(): number;
  dismiss(): void;
};

export type StreamsMeans = Omit<StreamMeans, 'dialect'> & {
  readonly dialect: (carrier: string) => StreamDialect | undefined;
};

export function openStreams(ctx: Pick<Ctx, 'config' | 'clock' | 'random' | 'log'>, means: StreamsMeans): Streams {
  const streams = new Set<Stream>();
  const headers = closedHeaders(ctx.config);
  const find = (call: CallName) => {
    const due = streamName(call);
    return [...streams].find((one) => {
      const name = one.name();
      return name && streamName(name) === due;
    });
  };
  return {
    arrive(arrival, socket) {
      const dialect = means.dialect(arrival.carrier);
      // A socket that failed on its way has nobody to be told.
      socket.on('error', () => {});
      if (!dialect || streams.size >= ctx.config.maxSockets) {
        ctx.log('socket.refused', { code: dialect ? 'too-many-sockets' : 'vendor-unknown' });
        return void socket.end(refusal(headers), () => socket.destroy());
      }
      const left = () => {
        streams.delete(stream);
        means.left();
      };
      const stream = takeStream(ctx, { arrival, socket, headers, means: { ...means, dialect, left } });
      streams.add(stream);
    },
    order: (call, order) => find(call)?.order(order),
    live: () => [...streams].flatMap((one) => one.name() ?? []),
    count: () => streams.size,
    dismiss: () => streams.forEach((one) => one.dismiss()),
  };
}

function refusal(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 503 Service Unavailable\r\n${lines.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`;
}
