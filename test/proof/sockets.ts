import { createHmac } from 'node:crypto';
import { newId } from '#base';
import type { SocketRoute } from '#edge';
import { parsed, speak } from '../edge.ts';
import { personaNames } from './persona.ts';
import { origin, type Stage } from './stage.ts';

/** How a socket answers whoever may open it: 101, or the code of why it cannot be opened here. */
export type SocketCases = Readonly<Record<string, { readonly ok: number | string }>>;

export const socketCases: SocketCases = {
  '/carriers/:carrier/relay/:organisation/:account': { ok: 101 },
  // No line runs beside the stage.
  '/carriers/:carrier/stream/:organisation/:account': { ok: 'not-running' },
};

type Target = { readonly port: number; readonly sockets: readonly SocketRoute[]; readonly cases: SocketCases };
type Place = { readonly organisation: string; readonly account: string };

/**
 * Opens every socket for what is ours, theirs and missing, signed by our account, and unsigned as everybody. Returns a
 * sentence for each answer that is not what it should be.
 */
export async function socketMistakes(stage: Stage, { port, sockets, cases }: Target): Promise<string[]> {
  const mistakes: string[] = [];
  const { ours, theirs, ctx, personas } = stage;
  const places = {
    ours: { organisation: ours.organisation, account: ours.account.id },
    theirs: { organisation: theirs.organisation, account: theirs.account.id },
    mixed: { organisation: ours.organisation, account: theirs.account.id },
    missing: { organisation: newId(ctx), account: newId(ctx) },
  };
  for (const { path } of sockets) {
    const wanted = cases[path]?.ok;
    if (wanted === undefined) {
      mistakes.push(`the socket ${path} has no case. Add it to socketCases in test/proof/sockets.ts`);
      continue;
    }
    const open = (place: Place, headers?: Readonly<Record<string, string>>) =>
      handshake(stage, port, { path, place, headers });
    const own = await open(places.ours);
    if (own.status !== wanted && own.code !== wanted) mistakes.push(`${path} is ${own.whole} and not ${wanted}`);
    const missing = await open(places.missing);
    if (missing.status === 101) mistakes.push(`${path} opens for an account that does not exist`);
    for (const kind of ['theirs', 'mixed'] as const) {
      const { whole } = await open(places[kind]);
      if (whole !== missing.whole)
        mistakes.push(`${path}: ${kind} is told from missing: ${whole}\n    and ${missing.whole}`);
    }
    for (const name of personaNames) {
      const { code } = await open(places.ours, personas[name].headers());
      if (code !== 'signature-invalid')
        mistakes.push(`${path} unsigned as ${name} is ${code} and not signature-invalid`);
    }
  }
  return mistakes;
}

type Knock = {
  readonly path: string;
  readonly place: Place;
  readonly headers: Readonly<Record<string, string>> | undefined;
};

/** A handshake on a connection of its own; `headers` stand in place of the signature. */
async function handshake({ ours }: Stage, port: number, { path, place, headers }: Knock) {
  const values: Record<string, string> = { carrier: 'twilio', ...place };
  const target = path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '');
  const url = origin.replace(/^http/, 'ws') + target;
  const signature = createHmac('sha1', ours.account.authToken).update(url).digest('base64');
  const lines = Object.entries({
    'Host': 'phone.example.com',
    'Connection': 'Upgrade',
    'Upgrade': 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...(headers ?? { 'X-Twilio-Signature': signature }),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const { socket, answer } = await speak(port, `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
  // Who was let in says nothing, and leaves.
  socket.once('data', (head: Buffer) => void (head.includes(' 101 ') && socket.end()));
  const whole = (await answer).replace(/"instance":"[0-9a-f-]{36}"/, '"instance":"…"');
  const { status, body } = parsed(whole);
  return { status, whole, code: /"code":"([a-z-]+)"/.exec(body)?.[1] };
}
