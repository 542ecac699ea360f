import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { outputGate } from './allow.ts';
import { etagOf } from './etag.ts';
import type { RawAnswer, Route, Streamed } from './route.ts';

/** An answer as it leaves: what the route's schema lets through, in bytes. */
export type Rendered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is no body at all. */
  readonly body: Buffer | undefined;
};

type Sendable = Rendered | (Omit<Rendered, 'body'> & Streamed);

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

/** Sends it. A stream is read as fast as the client takes it; HEAD is answered with the length alone. */
export function send(answer: Sendable, reply: FastifyReply): FastifyReply {
  reply.code(answer.status).headers(answer.headers);
  if (!('stream' in answer)) return answer.body === undefined ? reply.send() : reply.send(answer.body);
  reply.header('content-length', answer.bytes);
  return reply.send(Readable.from(reply.request.method === 'HEAD' ? [] : answer.stream, { objectMode: false }));
}
