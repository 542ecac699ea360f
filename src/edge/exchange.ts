import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Personal, problem } from '#base';
import { outputGate } from './allow.ts';
import { hasBody, mediaType, parseJson, readBody } from './body.ts';
import { inputReader, queryOf, textReader } from './check.ts';
import type { EdgeLimits } from './limits.ts';
import type { Asker, RawAnswer, Route, RouteRequest, Sender, SignedIn, Streamed, Who } from './route.ts';

/** What a request shows of its sender: a bearer key, or the token of a session's cookie. */
export type Shown =
  | { readonly by: 'key'; readonly key: string; readonly from: Sender }
  | { readonly by: 'session'; readonly token: string; readonly from: Sender };

/** Finds out who that is; undefined for everything that is not valid, whatever the reason. */
export type Identify = (shown: Shown) => Promise<Asker | undefined>;

export type ExchangeOptions = {
  readonly identify: Identify;
  readonly limits: EdgeLimits;
  readonly origin: () => string;
};

/**
 * Makes the handler of one route. In order: who asks, what they ask, the work, and the answer through its allow-list.
 * Nothing of the body is read before the sender is known to be allowed.
 */
export function exchangeOf(route: Route, options: ExchangeOptions) {
  const read = readerOf(route, options);
  const write = writerOf(route);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const who = await authorise(route, request, options.identify);
    return write(await route.run(await read(request, who)), reply);
  };
}

async function authorise(
  { may }: Route,
  request: FastifyRequest,
  identify: Identify,
): Promise<Who | SignedIn | undefined> {
  if (typeof may === 'string') return undefined;
  const key = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
  const asker = key === undefined ? undefined : await identify({ by: 'key', key, from: senderOf(request) });
  const found = asker && ('scope' in may ? asker.who : asker.signedIn);
  if (!found) throw problem('key-invalid', 'Send a valid API key as "Authorization: Bearer sotto_live_…".');
  if ('scope' in may && asker.who?.grants[may.scope] === undefined)
    throw problem('key-lacks-scope', `This needs a key with the scope ${may.scope}.`);
  return found;
}

function senderOf({ ip, headers }: FastifyRequest): Sender {
  const agent = headers['user-agent'];
  return {
    address: new Personal(ip),
    agent: agent === undefined ? undefined : new Personal(agent),
    country: undefined,
  };
}

function readerOf(route: Route, { limits, origin }: ExchangeOptions) {
  const readParams = paramsReader(route);
  const readQuery = queryReader(route);
  const readInput = bodyReader(route, limits);
  return async (request: FastifyRequest, who: Who | SignedIn | undefined): Promise<RouteRequest> => {
    const target = targetOf(request.raw.url ?? '/');
    const params = readParams(request.params as Record<string, string>);
    const query = readQuery(target);
    const { body, rawBody } = await readInput(request);
    return {
      id: request.id,
      params,
      query,
      body,
      rawBody,
      headers: request.headers,
      url: origin() + target,
      who,
      from: senderOf(request),
    };
  };
}

/** A path that cannot name anything is a path that names nothing. */
function paramsReader({ params }: Route): (values: Record<string, string>) => unknown {
  if (!params) return () => ({});
  const read = textReader(params);
  return (values) => {
    try {
      return read({ ...values });
    } catch (error) {
      throw problem('not-found', 'There is nothing at this path.', { cause: error });
    }
  };
}

function queryReader({ query, may }: Route): (target: string) => unknown {
  if (query) {
    const read = textReader(query);
    return (target) => read(queryOf(target));
  }
  const isStrict = typeof may !== 'string';
  return (target) => {
    if (isStrict && /\?./.test(target)) throw problem('input-invalid', 'This takes no query.');
    return {};
  };
}

type Body = { readonly body: unknown; readonly rawBody: Buffer };

function bodyReader(route: Route, limits: EdgeLimits): (request: FastifyRequest) => Promise<Body> {
  if (route.may === 'carrier') {
    return async ({ raw }) => ({ body: undefined, rawBody: await readBody(raw, limits.webhookBytes) });
  }
  if (!route.body) return async ({ raw }) => withoutBody(hasBody(raw));
  const check = inputReader(route.body);
  return async ({ raw }) => {
    if (mediaType(raw.headers['content-type']) !== 'application/json') {
      throw problem('content-type-refused', 'Send the body as application/json.');
    }
    const rawBody = await readBody(raw, limits.apiBytes);
    return { body: check(parseJson(rawBody, limits.jsonDepth)), rawBody };
  };
}

function withoutBody(isThere: boolean): Body {
  if (isThere) throw problem('input-invalid', 'This takes no body.');
  return { body: undefined, rawBody: Buffer.alloc(0) };
}

/** Path and query as sent. RFC 9112 §3.2.2 lets a client send the whole URL; the origin in it counts for nothing. */
export function targetOf(sent: string): string {
  return sent.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
}

function writerOf({ output }: Route): (answer: RawAnswer, reply: FastifyReply) => FastifyReply {
  const gates = new Map(
    Object.entries(output).map(([status, schema]) => {
      const declared = (schema as { contentMediaType?: unknown }).contentMediaType;
      return [
        Number(status),
        { pass: outputGate(schema), type: typeof declared === 'string' ? declared : 'text/plain; charset=utf-8' },
      ];
    }),
  );
  return (answer, reply) => {
    const gate = gates.get(answer.status);
    if (!gate) throw new Error(`the status ${answer.status} is not declared`);
    reply.code(answer.status);
    if ('stream' in answer)
      return reply.headers({ ...answer.headers, 'content-type': gate.type }).send(readable(answer, reply));
    if ('body' in answer) {
      const type = answer.contentType ?? gate.type;
      gate.pass(answer.body.toString());
      return reply.headers({ 'content-type': type, ...answer.headers }).send(answer.body);
    }
    const kept = gate.pass(answer.json);
    if (answer.status === 204) return reply.headers(answer.headers ?? {}).send();
    return reply
      .headers({ 'content-type': 'application/json', ...answer.headers })
      .send(Buffer.from(JSON.stringify(kept)));
  };
}

/** Read as fast as the client takes it. HEAD is answered with the length alone. */
function readable({ bytes, stream }: Streamed, reply: FastifyReply): Readable {
  reply.header('content-length', bytes);
  return Readable.from(reply.request.method === 'HEAD' ? [] : stream, { objectMode: false });
}
