import { createHmac } from 'node:crypto';
import type { Permission } from '#access';
import { newId } from '#base';
import type { Server, SocketRoute } from '#edge';
import { parsed, speak } from '../edge.ts';
import { signedRing } from '../signed-ring.ts';
import { ask } from './ask.ts';
import { nobody, personaNames } from './persona.ts';
import type { Side } from './side.ts';
import { origin, type Stage } from './stage.ts';

/** How a socket answers whoever may open it: 101, or the code of why it cannot be opened here. */
export type SocketCases = Readonly<Record<string, SocketCase>>;

type SocketCase = {
  readonly ok: number | string;
  /** The message that the socket begins with, about a call of that side. */
  readonly first?: (stage: Stage, side: Side) => Promise<string>;
};

export const socketCases: SocketCases = {
  '/carriers/:carrier/relay/:organisation/:account': { ok: 101, first: setup },
  // No line runs beside the stage.
  '/carriers/:carrier/stream/:organisation/:account': { ok: 'not-running' },
  '/api/v1/call': { ok: 101 },
  '/api/v1/call/stream': { ok: 'not-running' },
};

type Target = {
  readonly server: Pick<Server, 'knock'>;
  readonly port: number;
  readonly sockets: readonly SocketRoute[];
  readonly cases: SocketCases;
};
type Place = { readonly organisation: string; readonly account: string };

/**
 * Opens every socket for what is ours, theirs and missing, signed by our account, and unsigned as everybody. Returns a
 * sentence for each answer that is not what it should be.
 */
export async function socketMistakes(stage: Stage, target: Target): Promise<string[]> {
  const found: string[][] = [];
  for (const { path, visitors } of target.sockets) {
    const one = target.cases[path];
    if (!one) found.push([`the socket ${path} has no case. Add it to socketCases in test/proof/sockets.ts`]);
    else if (visitors)
      found.push(await visitorMistakes(stage, target.port, { path, scope: visitors.scope, ok: one.ok }));
    else found.push(await doorMistakes(stage, target, path, one), await firstMistakes(stage, target, path, one));
  }
  return found.flat();
}

async function doorMistakes(stage: Stage, { port }: Target, path: string, { ok }: SocketCase): Promise<string[]> {
  const { ours, theirs, ctx, personas } = stage;
  const ourPlace = { organisation: ours.organisation, account: ours.account.id };
  const open = (place: Place, headers?: Readonly<Record<string, string>>) =>
    handshake(stage, port, { path, place, headers });
  const mistakes: string[] = [];
  const own = await open(ourPlace);
  if (own.status !== ok && own.code !== ok) mistakes.push(`${path} is ${own.whole} and not ${ok}`);
  const missing = await open({ organisation: newId(ctx), account: newId(ctx) });
  if (missing.status === 101) mistakes.push(`${path} opens for an account that does not exist`);
  for (const organisation of [theirs.organisation, ours.organisation]) {
    const { whole } = await open({ organisation, account: theirs.account.id });
    if (whole !== missing.whole)
      mistakes.push(`${path}: theirs is told from missing: ${whole}\n    and ${missing.whole}`);
  }
  for (const name of personaNames) {
    const { code } = await open(ourPlace, personas[name].headers());
    if (code !== 'signature-invalid') mistakes.push(`${path} unsigned as ${name} is ${code} and not signature-invalid`);
  }
  return mistakes;
}

type OwnSocket = { readonly path: string; readonly scope: Permission; readonly ok: number | string };

/** A socket of our own pages, as everybody: from our own origin only who is signed in and may, from any other nobody. */
async function visitorMistakes(stage: Stage, port: number, { path, scope, ok }: OwnSocket): Promise<string[]> {
  const mistakes: string[] = [];
  const place = { organisation: stage.ours.organisation, account: stage.ours.account.id };
  for (const name of personaNames) {
    const persona = stage.personas[name];
    const may = persona.kind === 'session' && persona.grants?.[scope] !== undefined;
    const own = await handshake(stage, port, { path, place, headers: { ...persona.headers(), Origin: origin } });
    const isOpen = own.status === ok || own.code === ok;
    if (isOpen !== may) mistakes.push(`${path} as ${name} is ${own.whole}, who ${may ? 'may' : 'may not'}`);
    for (const elsewhere of [{ Origin: 'https://elsewhere.example' }, { Origin: 'null' }, {}]) {
      const { code } = await handshake(stage, port, { path, place, headers: { ...persona.headers(), ...elsewhere } });
      if (code !== 'cross-site-refused') mistakes.push(`${path} as ${name} from elsewhere is ${code}`);
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
  const target = targetOf(path, place);
  const signature = signed(ours, target);
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

/** A socket that is ours, begun with what was given to a call of theirs, ends like one begun with what nobody was given. */
async function firstMistakes(stage: Stage, { server }: Target, path: string, { first }: SocketCase): Promise<string[]> {
  if (!first) return [];
  const { ours, theirs } = stage;
  const target = targetOf(path, { organisation: ours.organisation, account: ours.account.id });
  const begin = async (message: string) => {
    const headers = { 'x-twilio-signature': signed(ours, target) };
    const { visit } = await server.knock({ path: target, headers });
    visit?.send(message);
    const came = await visit?.next();
    visit?.leave();
    return came;
  };
  const own = await begin(await first(stage, ours));
  const foreign = await begin(await first(stage, theirs));
  const altered = await begin(
    (await first(stage, ours)).replace(
      /("token":"[^"]*)(.)"/,
      (_, start: string, last: string) => `${start}${last === 'A' ? 'E' : 'A'}"`,
    ),
  );
  return [
    ...(typeof own === 'string' ? [] : [`${path} does not begin with what was given to it: ${own}`]),
    ...(foreign === 1008 ? [] : [`${path} begins with what was given to another organisation: ${foreign}`]),
    ...(foreign === altered
      ? []
      : [`${path}: what was given to others (${foreign}) is told from what is altered (${altered})`]),
  ];
}

/** What a carrier tells first of a call that rings now. */
async function setup(stage: Stage, side: Side): Promise<string> {
  const callSid = `CA${stage.once()}`;
  const { account, number: to } = side;
  const ring = signedRing({ origin, account, to, callSid });
  const { body } = await ask(stage.world.app.server, nobody, ring);
  const token = /name="token" value="([^"]+)"/.exec(body)?.[1];
  const about = { accountSid: account.accountSid, callSid, from: '+15005550110', to, direction: 'inbound' };
  const call = { ...about, callType: 'PSTN', callStatus: 'RINGING', customParameters: { token } };
  return JSON.stringify({ type: 'setup', sessionId: `VX${'0'.repeat(32)}`, ...call });
}

function targetOf(path: string, place: Place): string {
  const values: Record<string, string> = { carrier: 'twilio', ...place };
  return path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '');
}

function signed({ account }: Side, target: string): string {
  const url = origin.replace(/^http/, 'ws') + target;
  return createHmac('sha1', account.authToken).update(url).digest('base64');
}
