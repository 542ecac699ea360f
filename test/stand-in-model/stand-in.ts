import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { pause, systemClock, type Clock } from '#base';
import { openFaults, type Deed, type Fault, type Faults } from './faults.ts';
import { parrotScript, type Script } from './script.ts';
import { serveSession, type Manner, type SeenSession } from './session.ts';
import { answerText, apiError, type HttpAnswer, type TextRequest, type TextScript } from './text-endpoint.ts';

export type { Deed, Fault, Faults } from './faults.ts';
export { parrotScript, type Act, type Moment, type Script } from './script.ts';
export type { SeenSession } from './session.ts';
export type { TextRequest, TextScript } from './text-endpoint.ts';

/** The one key that is let in, unless a test says otherwise. */
export const standInKey = 'sk-stand-in';

/** Faults of its own, and when it is told what was said. */
export type Client = { readonly faults: Faults; readonly transcribed?: Manner['transcribed'] };

export type StandInOptions = {
  readonly key?: string;
  /** What the model says and does; default `parrotScript`. */
  readonly script?: Script;
  /** What the text model answers; default the smallest value of the schema. */
  readonly text?: TextScript;
  readonly faults?: readonly Fault[];
  /** What is particular about whoever has this key; undefined = it is not let in. Default: nothing, for the one key. */
  readonly clientOf?: (key: string) => Client | undefined;
  readonly clock?: Clock;
  /** How many times faster than speech answers come; default as fast as they go. */
  readonly pace?: number;
  /** Silence that ends a turn, in milliseconds of audio; default none, words know their end. */
  readonly endpointMs?: number;
  /** What detects turns, in place of the one that reads words: for sound that went through a microphone. */
  readonly ear?: Manner['ear'];
  readonly echo?: boolean;
  readonly transcribe?: Manner['transcribe'];
  readonly transcribed?: Manner['transcribed'];
  readonly port?: number;
};

/** A stand-in for OpenAI on loopback. */
export type StandIn = {
  /** Origin for SOTTO_OPENAI_BASE_URL. */
  readonly url: string;
  /** Every session so far, oldest first. */
  readonly sessions: readonly SeenSession[];
  /** Every well-formed request of the Responses API. */
  readonly asked: readonly TextRequest[];
  readonly faults: Faults;
  /** How many handshakes have come. */
  handshakes(): number;
  /** Handshakes and requests that were refused, by status. */
  readonly refused: readonly number[];
  close(): Promise<void>;
};

/**
 * Opens a server that speaks the Realtime and the Responses API as the fact sheets list them, and is stricter than the
 * real one: whatever is not documented is an error. It hears and speaks words as emulated callers do.
 */
export async function openStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { key = standInKey, clock = systemClock } = options;
  const faults = openFaults(options.faults);
  const { clientOf = (given) => (given === key ? { faults } : undefined) } = options;
  const seen = { sessions: [] as SeenSession[], asked: [] as TextRequest[], refused: [] as number[] };
  const manner: Manner = {
    script: options.script ?? parrotScript,
    faults,
    clock,
    pace: options.pace ?? Infinity,
    endpointMs: options.endpointMs ?? 0,
    ear: options.ear,
    isEcho: options.echo ?? false,
    transcribe: options.transcribe ?? ((heard) => heard),
    transcribed: options.transcribed ?? 'after',
  };
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 16 * 1_024 * 1_024 });
  const streams = new Set<Socket>();
  let handshakes = 0;
  const clientFor = ({ headers }: IncomingMessage) =>
    clientOf(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');

  /** What goes wrong with a handshake that is as it should be; `hang` = it is not answered at all. */
  async function mishap({ faults: known }: Client): Promise<HttpAnswer | 'hang' | 'drop' | undefined> {
    const deed = known.take('handshake');
    if (deed?.do === 'refuse') return apiError(deed.status, deed.code ?? 'planned', 'Planned.');
    if (deed?.do === 'wait') await pause(clock, deed.ms);
    return deed?.do === 'hang' || deed?.do === 'drop' ? deed.do : undefined;
  }

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    handshakes += 1;
    stream.on('error', () => stream.destroy());
    const client = clientFor(request);
    const why = client ? (handshakeMistake(request) ?? (await mishap(client))) : wrongKey;
    if (why === 'hang') return;
    if (why === 'drop') return void stream.destroy();
    if (why) {
      seen.refused.push(why.status);
      const body = JSON.stringify(why.body);
      const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
      return void stream.end(`HTTP/1.1 ${why.status} Refused\r\n${headers}\r\n\r\n${body}`);
    }
    const model = new URL(request.url ?? '/', 'http://stand-in').searchParams.get('model') ?? '';
    const prefix = `s${handshakes}x`;
    sockets.handleUpgrade(request, stream, head, (socket) =>
      seen.sessions.push(serveSession(socket, { ...manner, ...client }, { model, prefix })),
    );
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const isKnown = request.method === 'POST' && request.url === '/v1/responses';
    const client = clientFor(request);
    if (!client) return reply(response, wrongKey);
    if (!isKnown) return reply(response, elsewhere(request));
    const deed = client.faults.take('text');
    if (deed?.do === 'hang') return;
    if (deed?.do === 'drop') return void request.socket.destroy();
    if (deed?.do === 'wait') await pause(clock, deed.ms);
    const answer = answerText(raw, options.text ?? (() => undefined), deed);
    if (answer.asked) seen.asked.push(answer.asked);
    reply(response, answer, deed);
  }

  function reply(response: ServerResponse, { status, body }: HttpAnswer, deed?: Deed): void {
    if (status >= 400) seen.refused.push(status);
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    if (deed?.do !== 'cut') return void response.end(bytes);
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }

  const server = createServer((request, response) => void serve(request, response));
  server.on('upgrade', (request, stream, head) => void upgrade(request, stream, head));
  server.on('connection', (stream) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...seen,
    url: `http://127.0.0.1:${port}`,
    faults,
    handshakes: () => handshakes,
    async close() {
      sockets.close();
      for (const stream of streams) stream.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const modelList: HttpAnswer = {
  status: 200,
  body: { object: 'list', data: [{ id: 'a-model', object: 'model', created: 0, owned_by: 'system' }] },
};

const wrongKey = apiError(401, 'invalid_api_key', 'Incorrect API key provided.');
const wrongPath = apiError(404, 'unknown_url', 'Unknown request URL.');

function elsewhere({ method, url }: IncomingMessage): HttpAnswer {
  return method === 'GET' && url === '/v1/models' ? modelList : wrongPath;
}

function handshakeMistake({ url, headers }: IncomingMessage): HttpAnswer | undefined {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://stand-in');
  if (pathname !== '/v1/realtime') return wrongPath;
  if (!searchParams.get('model')) return apiError(400, 'missing_required_parameter', 'You must provide a model.');
  return headers['openai-beta'] ? apiError(400, 'beta_api_shape_disabled', 'The beta is over.') : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
