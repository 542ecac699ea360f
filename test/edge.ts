import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { Type } from 'typebox';
import { manualClock, readConfig, seededRandom, type LogEvent, type LogFields } from '#base';
import {
  openServer,
  route,
  type Admit,
  type Identify,
  type Repeats,
  type Server,
  type ServerOptions,
  type Who,
} from '#edge';

export const holder: Who = {
  organisation: '00000000-0000-7000-8000-0000000000c1',
  actor: 'api-key:00000000-0000-7000-8000-00000000000a',
  grants: { 'calls:read': 'all' },
};

/** A server with a clock that moves when told, whose only valid key is `good-key`. Closes with the test. */
export async function edge(t: TestContext, given: Partial<ServerOptions> & { env?: Record<string, string> } = {}) {
  const { env = {}, ...options } = given;
  const lines: [LogEvent, LogFields | undefined][] = [];
  const clock = manualClock(Date.UTC(2026, 10, 20, 12));
  const ctx = {
    config: readConfig({ SOTTO_PORT: '0', ...env }),
    clock,
    random: seededRandom('edge'),
    log: (event: LogEvent, fields?: LogFields) => void lines.push([event, fields]),
  };
  const identify: Identify = async (shown) =>
    shown.by === 'key' && shown.key === 'good-key' ? { who: holder, signedIn: undefined } : undefined;
  const server = await openServer(ctx, { routes: [hello], identify, admit: always, repeats: forgetful, ...options });
  t.after(async () => {
    const closing = server.close();
    clock.advance(10_000);
    await closing;
  });
  return { server, clock, lines, ctx };
}

/** Lets everybody through. */
export const always: Admit = async () => ({ ok: true, left: 1 });

/** Knows no request from before. */
export const forgetful: Repeats = {
  begin: async () => ({ state: 'new', keep: async () => {}, forget: async () => {} }),
};

/** The smallest route: anyone may ask, `hi` comes back. */
export const hello = route({
  method: 'GET',
  path: '/hello',
  say: 'Says hi.',
  may: 'public',
  limit: 'public',
  audits: null,
  output: { 200: Type.Object({ say: Type.String() }) },
  run: async () => ({ status: 200, json: { say: 'hi' } }),
});

/** Opens a TCP connection that says `text`, and gathers what comes back until the other side ends it. */
export async function speak(port: number, text: string | Buffer): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const answer = gathered(socket);
  socket.write(text);
  return { socket, answer };
}

/** All that arrives until the connection is over, however it ends. */
export async function gathered(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  await once(socket, 'close').catch(() => {});
  return Buffer.concat(chunks).toString();
}

/** Status, header names in lower case, and body of the first answer in a raw exchange. */
export function parsed(answer: string) {
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

export async function listening(server: Server): Promise<number> {
  return (await server.listen()).port;
}
