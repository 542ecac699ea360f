import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem, type Clock } from '#base';
import type { Admit } from './admit.ts';
import { allowed, identified } from './authorise.ts';
import { formType, hasBody, mediaType, parseForm, parseJson, readBody } from './body.ts';
import { inputReader, queryOf, textReader } from './check.ts';
import { matcher } from './etag.ts';
import type { Streams } from './events.ts';
import { rateHeaders, refuse } from './limited.ts';
import type { EdgeLimits } from './limits.ts';
import { believedMs } from './look.ts';
import { rates, type RateName, type RouteRate } from './rates.ts';
import { rendererOf, send, type Rendered } from './render.ts';
import { onlyOnce, repeatKey, type Repeats } from './repeats.ts';
import type { Asker, Route, RouteRequest, Sender, SignedIn, Who } from './route.ts';
import { noAddress, type Found } from './sender.ts';

/** What a request shows of its sender: a bearer key, or the token of a session's cookie. */
export type Shown =
  | { readonly by: 'key'; readonly key: string; readonly from: Sender }
  | {
      readonly by: 'session';
      readonly token: string;
      readonly from: Sender;
      /** Nobody did anything: it does not count as a use of the session. */
      readonly isIdle?: true;
    };

/** Finds out who that is; undefined for everything that is not valid, whatever the reason. */
export type Identify = (shown: Shown) => Promise<Asker | undefined>;

export type ExchangeOptions = {
  readonly identify: Identify;
  readonly admit: Admit;
  readonly repeats: Repeats | undefined;
  readonly limits: EdgeLimits;
  readonly clock: Clock;
  readonly origin: () => string;
  readonly findSender: (request: FastifyRequest['raw']) => Found;
  readonly streams: Streams;
  /** `identify`, for looking again at those who are still being answered. */
  readonly look: Identify;
};

/** Who asks and from where, once all that is known. */
type Entered = { readonly who: Who | SignedIn | undefined; readonly asker: Asker | undefined; readonly from: Sender };

/**
 * Makes the handler of one route. In order: how often that address asks, who asks, how often they do, whether they may,
 * what they ask, the work, and the answer through its allow-list. Nothing of the body is read before the sender is known
 * to be allowed.
 */
export function exchangeOf(route: Route, options: ExchangeOptions) {
  const enter = doorOf(route, options);
  const enterAgain = doorOf(route, { ...options, identify: options.look });
  const read = readerOf(route, options);
  const render = rendererOf(route);
  const { repeats, streams } = options;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const began = options.clock.now();
    const entered = await enter(request, reply);
    const key = route.idempotent ? repeatKey(request.headers['idempotency-key']) : undefined;
    const taken = await read(request, entered);
    // Whoever was let in, and then sent their body slowly, may have been shut out meanwhile.
    const { who, asker } = options.clock.now() - began > believedMs ? await enter(request) : entered;
    const again = async () => (await enterAgain(request)).who;
    const asked = { ...taken, who, again };
    if (key === undefined || !asker || !repeats) return send(render(await route.run(asked)), reply, streams);
    const target = targetOf(request.raw.url ?? '/');
    const once = { asker, route: `${route.method} ${route.path}`, key, target, body: asked.rawBody };
    return send(await onlyOnce(repeats, once, async () => whole(render(await route.run(asked)))), reply, streams);
  };
}

/** What can be kept for a repetition. */
function whole(answer: ReturnType<ReturnType<typeof rendererOf>>): Rendered {
  if ('stream' in answer || 'events' in answer) throw new Error('an answer that is repeated cannot be a stream');
  return answer;
}

/** What a request brings, before anybody has looked at its sender twice. */
type Taken = Omit<RouteRequest, 'again'>;

/** Lets in; a second time, when nothing is counted, without `reply`. */
function doorOf(route: Route, { identify, admit, clock, origin, findSender }: ExchangeOptions) {
  const { perAddress, perAsker } = limitsOf(route.limit);
  const pass = async (name: RateName, of: string, reply: FastifyReply) => {
    const admitted = await admit(name, of);
    reply.headers(rateHeaders(name, admitted));
    refuse(name, admitted);
  };
  return async (request: FastifyRequest, reply?: FastifyReply): Promise<Entered> => {
    const { address, from } = findSender(request.raw);
    if (reply && perAddress && address !== noAddress) await pass(perAddress, address, reply);
    const { may } = route;
    const asking = { method: request.method, headers: request.headers, hasBody: hasBody(request.raw), from };
    const asker = await identified(may, asking, { identify, clock, origin: origin() });
    if (!asker || typeof may === 'string') return { who: undefined, asker, from };
    if (reply && perAsker) await pass(perAsker, nameOf(asker), reply);
    return { who: allowed(may, asker, clock), asker, from };
  };
}

/** The limit of the address and the one of the asker: a route names one of them. */
function limitsOf(named: RouteRate): { readonly perAddress?: RateName; readonly perAsker?: RateName } {
  const { per } = rates[named];
  if (per === 'nobody') return {};
  return per === 'asker' ? { perAddress: 'sender', perAsker: named } : { perAddress: named };
}

/** A person is one asker in all of their organisations. */
function nameOf({ who, signedIn }: Asker): string {
  return signedIn ? `identity:${signedIn.identity}` : (who?.actor ?? 'nobody');
}

function readerOf(route: Route, { limits, origin }: ExchangeOptions) {
  const readParams = paramsReader(route);
  const readQuery = queryReader(route);
  const readInput = bodyReader(route, limits);
  return async (request: FastifyRequest, { who, from }: Entered): Promise<Taken> => {
    const target = targetOf(request.raw.url ?? '/');
    const params = readParams(request.params as Record<string, string>);
    const query = readQuery(target);
    const unchanged = matcher(route, request.headers['if-match']);
    const { body, rawBody } = await readInput(request);
    const url = origin() + target;
    return { id: request.id, params, query, body, rawBody, headers: request.headers, url, who, from, unchanged };
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
  if (route.form) {
    return async ({ raw }) => {
      if (mediaType(raw.headers['content-type']) !== formType)
        throw problem('content-type-refused', `Send the body as ${formType}.`);
      const rawBody = await readBody(raw, limits.webhookBytes);
      return { body: check(parseForm(rawBody)), rawBody };
    };
  }
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
