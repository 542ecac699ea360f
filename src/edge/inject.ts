import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Method } from './route.ts';
import { noAddress } from './sender.ts';

/** A request that does not travel: for tests and probes. */
export type Injection = {
  readonly method: Method | 'HEAD' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** The address it seems to come from. Without one no limit of an address counts for it: it did not travel. */
  readonly from?: string;
};

export type Injected = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: string;
  json(): unknown;
};

/** Runs a request through everything but the network. Of what never ends comes what it says first. */
export async function inject(
  app: FastifyInstance,
  injection: Injection,
  endless: ReadonlySet<string>,
): Promise<Injected> {
  const { method, url, headers, body, from = noAddress } = injection;
  const request = {
    method,
    url,
    remoteAddress: from,
    ...(headers && { headers: { ...headers } }),
    ...(body !== undefined && { payload: body }),
  };
  if (!endless.has(url.split('?', 1)[0]!)) {
    const answer = await app.inject(request);
    return injected(answer, answer.body);
  }
  const answer = await app.inject({ ...request, payloadAsStream: true });
  const first = await beginning(answer.stream());
  // As a reader that leaves.
  answer.raw.res.destroy();
  return injected(answer, first);
}

type Answered = { readonly statusCode: number; readonly headers: Injected['headers'] };

function injected({ statusCode, headers }: Answered, body: string): Injected {
  return { status: statusCode, headers, body, json: () => JSON.parse(body) };
}

/** What comes in one piece at first: all of a refusal. */
async function beginning(stream: Readable): Promise<string> {
  for await (const chunk of stream) return String(chunk);
  return '';
}
