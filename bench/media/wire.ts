import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/**
 * WebSocket (RFC 6455) for the load's own ends: text messages only, as little work as possible, so that the machine is
 * left to what is measured, and independent of the product's code, which it judges.
 */
export type Wire = { send(text: string): void; close(): void };

export type WireListener = {
  /** The bytes are only lent. */
  text(message: Buffer): void;
  closed(): void;
};

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opText = 1;
const opClose = 8;
const opPing = 9;
const opPong = 10;

/** Opens a socket as a client. Rejects when the handshake is refused, with the status line. */
export function dialWire(
  address: string,
  headers: Readonly<Record<string, string>>,
  listener: WireListener,
): Promise<Wire> {
  const url = new URL(address);
  const socket = connect({ host: url.hostname, port: Number(url.port || 80), noDelay: true });
  const key = randomBytes(16).toString('base64');
  const lines = {
    'host': url.host,
    'upgrade': 'websocket',
    'connection': 'Upgrade',
    'sec-websocket-key': key,
    'sec-websocket-version': '13',
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${head.join('')}\r\n`);
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0);
    const fail = (error?: Error) => reject(error ?? new Error('the socket closed during the handshake'));
    const read = (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      const end = got.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', read).off('error', fail).off('close', fail);
      const answer = got.toString('latin1', 0, end);
      if (!answer.startsWith('HTTP/1.1 101') || !answer.includes(acceptOf(key))) {
        socket.on('error', () => {}).destroy();
        reject(new Error(`the handshake was answered with ${answer.split('\r\n')[0]}`));
        return;
      }
      resolve(overSocket(socket, { listener, isClient: true, head: got.subarray(end + 4) }));
    };
    socket.on('data', read).once('error', fail).once('close', fail);
  });
}

/** Listens on a free loopback port and makes a wire of everything that wants one; plain requests go to `answer`. */
export async function listenWire(
  accept: (open: (listener: WireListener) => Wire) => void,
  answer: RequestListener = (_, response) => void response.writeHead(426).end(),
): Promise<{ readonly port: number; close(): void }> {
  const server = createServer(answer);
  server.on('upgrade', (request, stream, head) => {
    const socket = stream as Socket;
    socket.setNoDelay(true);
    const accepted = acceptOf(String(request.headers['sec-websocket-key']));
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accepted}\r\n\r\n`,
    );
    accept((listener) => overSocket(socket, { listener, isClient: false, head }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function acceptOf(key: string): string {
  return createHash('sha1')
    .update(key + guid)
    .digest('base64');
}

type Opened = { readonly listener: WireListener; readonly isClient: boolean; readonly head: Buffer };

function overSocket(socket: Socket, { listener, isClient, head }: Opened): Wire {
  let rest: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const found = frameAt(bytes, at);
      if (!found) break;
      at = found.end;
      if (found.op === opText) listener.text(found.payload);
      else if (found.op === opPing) socket.write(frameOf(opPong, found.payload, isClient));
      else if (found.op === opClose) socket.end(frameOf(opClose, found.payload, isClient));
    }
    rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
  };
  socket.on('data', take);
  socket.on('error', () => {});
  socket.on('close', () => listener.closed());
  // What came together with the handshake is read when the caller has its wire.
  if (head.length > 0) setImmediate(take, head);
  return {
    send: (text) => void socket.write(frameOf(opText, Buffer.from(text), isClient)),
    close: () => socket.end(frameOf(opClose, Buffer.from([0x03, 0xe8]), isClient)),
  };
}

type Frame = { readonly op: number; readonly payload: Buffer; readonly end: number };

/** The whole frame that begins at `at`, unmasked in place; undefined while bytes of it are missing. */
function frameAt(bytes: Buffer, at: number): Frame | undefined {
  if (bytes.length < at + 2) return undefined;
  const first = bytes[at]!;
  if (!(first & 0x80) || (first & 0x0f) === 0)
    throw new Error('a fragmented message came; the load does not read them');
  const isMasked = (bytes[at + 1]! & 0x80) !== 0;
  const short = bytes[at + 1]! & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const from = at + 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length < from) return undefined;
  const length =
    lengthBytes === 0 ? short : bytes.readUIntBE(at + 2 + Math.max(0, lengthBytes - 6), Math.min(6, lengthBytes));
  if (bytes.length < from + length) return undefined;
  const payload = bytes.subarray(from, from + length);
  if (isMasked) mask(payload, bytes.subarray(from - 4, from));
  return { op: first & 0x0f, payload, end: from + length };
}

function frameOf(op: number, payload: Buffer, isMasked: boolean): Buffer {
  const { length } = payload;
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const from = 2 + lengthBytes + (isMasked ? 4 : 0);
  const frame = Buffer.allocUnsafe(from + length);
  frame[0] = 0x80 | op;
  frame[1] = (isMasked ? 0x80 : 0) | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  payload.copy(frame, from);
  if (isMasked) {
    frame.writeUInt32BE(Math.floor(Math.random() * 2 ** 32), from - 4);
    mask(frame.subarray(from), frame.subarray(from - 4, from));
  }
  return frame;
}

function mask(payload: Buffer, key: Buffer): void {
  const [a, b, c, d] = key as unknown as [number, number, number, number];
  const whole = payload.length - (payload.length % 4);
  for (let at = 0; at < whole; at += 4) {
    payload[at]! ^= a;
    payload[at + 1]! ^= b;
    payload[at + 2]! ^= c;
    payload[at + 3]! ^= d;
  }
  for (let at = whole; at < payload.length; at += 1) payload[at]! ^= key[at % 4]!;
}
