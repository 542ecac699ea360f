import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import {
  problem,
  readConfig,
  reopened,
  systemClock,
  systemRandom,
  type Clock,
  type LogEvent,
  type LogFields,
} from '#base';
import { openLines, type CallName, type Desk, type ForkOptions, type Happening, type Lines } from '#media';

export const organisation = '00000000-0000-7000-8000-0000000000c1';

/** What a desk was told, in the order in which it was written down. */
export type Told = { readonly call: string; readonly n: number; readonly happening: Happening };

/** A desk with lines of its own, and a public port where a carrier opens its media sockets. */
export type LineDesk = {
  readonly lines: Lines;
  readonly port: number;
  readonly told: readonly Told[];
  /** Calls that were taken up again, by id. */
  readonly resumed: readonly string[];
  readonly logged: readonly (readonly [LogEvent, LogFields])[];
  /** What was told of one call. */
  of(call: string): readonly Happening[];
  /** Resolves when that is so: looks again whenever anything was told or logged. */
  when(isSo: () => boolean): Promise<void>;
  close(): Promise<void>;
};

export type LineDeskOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where it differs from a desk that lets every stream in and writes everything down. */
  readonly desk?: Partial<Desk>;
  readonly fork?: ForkOptions;
  /** The desk's clock; its lines have the system's. */
  readonly clock?: Clock;
};

/** The program of `test/children/echo-line.ts`, as a line. */
export const echoLine: ForkOptions = {
  program: [join(import.meta.dirname, 'children/echo-line.ts')],
  stderr: 'ignore',
};

/** Opens a desk. Whoever presents the id of a call as token is let into it; another token is refused. */
export async function openLineDesk({
  env,
  desk = {},
  fork = echoLine,
  clock = systemClock,
}: LineDeskOptions): Promise<LineDesk> {
  const told: Told[] = [];
  const resumed: string[] = [];
  const logged: (readonly [LogEvent, LogFields])[] = [];
  const waiting = new Set<() => void>();
  const look = () => waiting.forEach((one) => one());
  const log = (event: LogEvent, fields: LogFields = {}) => {
    logged.push([event, fields]);
    look();
  };
  const ctx = { config: readConfig(env), clock, random: systemRandom, log };
  const lines = await openLines(
    ctx,
    {
      join: async ({ token }) => planOf(token),
      async happened(call, all) {
        await desk.happened?.(call, all);
        for (const { n, happening } of all) told.push({ call: call.id, n, happening });
        look();
      },
      async resumed(calls) {
        resumed.push(...calls.map(({ id }) => id));
        await desk.resumed?.(calls);
      },
      allowed: desk.allowed ?? (() => ({ reach: [], use: [] })),
      left: desk.left ?? (() => {}),
      ...(desk.join && { join: desk.join }),
    },
    fork,
  );
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    const account = '00000000-0000-7000-8000-0000000000ac';
    const key = request.headers['sec-websocket-key'] ?? '';
    const fresh = reopened(socket);
    if (fresh && !lines.take({ carrier: 'twilio', organisation, account, key }, fresh)) fresh.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    lines,
    port: (server.address() as AddressInfo).port,
    told,
    resumed,
    logged,
    of: (call) => told.filter((one) => one.call === call).map(({ happening }) => happening),
    when(isSo) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const one = () => {
        if (!isSo()) return;
        waiting.delete(one);
        resolve();
      };
      waiting.add(one);
      one();
      return promise;
    },
    async close() {
      await lines.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The plan of a call whose id is the token. */
export function planOf(token: string | undefined) {
  if (!token?.startsWith('00000000-')) throw problem('stream-token-invalid', 'That is no token of this desk.');
  const call: CallName = { organisation, id: token, turn: 1 };
  return {
    call,
    speech: { instructions: '', tools: [], language: 'en', voice: undefined, terms: [], history: [] },
    model: { vendor: 'none', key: '', baseUrl: null, by: 'organisation' as const },
    taken: 0,
    recording: null,
  };
}

/** The id of the nth call of a test. */
export function callId(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}
