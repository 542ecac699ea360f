import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { outputGate } from './allow.ts';
import { etagOf } from './etag.ts';
import type { Streams } from './events.ts';
import type { RawAnswer, Route, Streamed, Streaming } from './route.ts';

/** An answer as it leaves: what the route's schema lets through, in bytes. */
export type Rendered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is no body at all. */
  readonly body: Buffer | undefined;
};

type Sendable = Rendered | (Omit<Rendered, 'body'> & (Streamed | Streaming));

/** The media type of events. */
const eventsType = 'text/event-stream';

/** Asks what is in between not to gather events, and to open a connection of its own for whatever comes after. */
const unbuffered = { 'x-accel-buffering': 'no', 'connection': 'close' };

/** True for a route that answers with events, for as long as somebody reads them. */
export function isStreaming({ output }: Route): boolean {
  return Object.values(output).some((schema) => 'contentMediaType' in schema && schema.contentMediaType === eventsType);
}

/** Makes the renderer of a route's answers. Throws for a status that is not declared and for what its schema refuses. */
export function rendererOf(route: Route): (answer: RawAnswer) => Sendable {
  const gates = new Map(
    Object.entries(route.output).map(([status, schema]) => {
      const declared = (schema as { contentMediaType?: unknown }).contentMediaType;
      const type = typeof declared === 'string' ? declared : 'text/plain; charset=utf-8';
      return [Number(status), { pass: outputGate(schema), type }];
    }),
  );
  return (answer) => {
    const gate = gates.get(answer.status);
    if (!gate) throw new Error(`the status ${answer.status} is not declared`);
    const { status, headers = {} } = answer;
    if ('stream' in answer) {
      return { status, headers: { ...headers, 'content-type': gate.type }, bytes: answer.bytes, stream: answer.stream };
    }
    if ('events' in answer) {
      if (gate.type !== eventsType) throw new Error('a stream of events is declared as such');
      return { status, headers: { ...unbuffered, ...headers, 'content-type': gate.type }, events: answer.events };
    }
    if ('body' in answer) {
      gate.pass(answer.body.toString());
      const type = answer.contentType ?? gate.type;
      return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(answer.body) };
    }
    const kept = gate.pass(answer.json);
    if (status === 204) return { status, headers, body: undefined };
    const etag = status < 300 ? etagOf(route, answer.json) : undefined;
    const all = { 'content-type': 'application/json', ...(etag !== undefined && { etag }), ...headers };
    return { status, headers: all, body: Buffer.from(JSON.stringify(kept)) };
  };
}

/** Sends it. A stream is read as fast as the client takes it; HEAD is answered without one. */
export function send(answer: Sendable, reply: FastifyReply, streams: Streams): FastifyReply {
  const isHead = reply.request.method === 'HEAD';
  if ('events' in answer) {
    // Opened first: one too many is refused, and then nothing of this answer leaves.
    const stream = isHead ? Readable.from([]) : streams.open(answer.events);
    return reply.code(answer.status).headers(answer.headers).send(stream);
  }
  reply.code(answer.status).headers(answer.headers);
  if (!('stream' in answer)) return answer.body === undefined ? reply.send() : reply.send(answer.body);
  if (answer.bytes !== undefined) reply.header('content-length', answer.bytes);
  return reply.send(Readable.from(isHead ? [] : answer.stream, { objectMode: false }));
}
