import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { whyRefused } from './s3-signature.ts';

/** What the server is told to do wrong, once: to answer with a status, or to end in the middle of what is sent. */
export type S3Fault = number | 'cut';

export type S3Server = {
  readonly host: string;
  readonly bucket: string;
  /** Settings with which the product finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** What is in the bucket. */
  readonly objects: Map<string, Buffer>;
  /** Methods and object names, in the order they were asked for. */
  readonly asked: readonly string[];
  /** The next requests go wrong, one fault each. */
  fail(...faults: readonly S3Fault[]): void;
};

const region = 'auto';
const keyId = 'AKIDEXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const bucket = 'recordings-test';

/**
 * A store that speaks S3 on loopback: put, get, head, delete and list (version 2), path style. It checks every
 * signature (AWS signature version 4) and keeps an object only when all of it came. Closes with the test.
 */
export async function s3Server(t: TestContext): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const faults: S3Fault[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${(request.url ?? '').split('?')[0]!.slice(bucket.length + 2)}`);
    answer(objects, faults.shift(), request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = {
    SOTTO_OBJECTS: 's3',
    SOTTO_S3_ENDPOINT: `http://${host}`,
    SOTTO_S3_BUCKET: bucket,
    SOTTO_S3_REGION: region,
    SOTTO_S3_KEY_ID: keyId,
    SOTTO_S3_SECRET: secret,
    SOTTO_ALLOW_HOSTS: host,
  };
  return { host, bucket, env, objects, asked, fail: (...more) => void faults.push(...more) };
}

async function answer(
  objects: Map<string, Buffer>,
  fault: S3Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (fault === 'cut') return cutShort(request, response);
  const body = await bodyOf(request);
  if (typeof fault === 'number') return refuse(response, fault, fault === 404 ? 'NoSuchBucket' : 'SlowDown');
  const problem = whyRefused(request, body, { keyId, secret, region });
  if (problem) return refuse(response, 403, problem);
  const url = new URL(request.url ?? '/', 'http://s3.test');
  const [, named, ...rest] = url.pathname.split('/');
  if (named !== bucket) return refuse(response, 404, 'NoSuchBucket');
  const name = decodeURIComponent(rest.join('/'));
  if (name === '') return void response.end(listing(objects, url.searchParams));
  serveObject({ objects, name, body }, request, response);
}

/** Takes a part of what comes, or sends a part of what is due, and is gone. */
function cutShort(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'PUT') {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('part');
    setImmediate(() => response.destroy());
    return;
  }
  request.once('data', () => request.destroy());
}

type Named = { readonly objects: Map<string, Buffer>; readonly name: string; readonly body: Buffer };

function serveObject({ objects, name, body }: Named, { method }: IncomingMessage, response: ServerResponse): void {
  const found = objects.get(name);
  if (method === 'PUT') {
    objects.set(name, body);
    response.writeHead(200, { etag: '"0"' }).end();
  } else if (method === 'DELETE') {
    objects.delete(name);
    response.writeHead(204).end();
  } else if (!found) refuse(response, 404, 'NoSuchKey');
  else {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': found.length });
    response.end(method === 'HEAD' ? undefined : found);
  }
}

function listing(objects: Map<string, Buffer>, query: URLSearchParams): string {
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const most = Number(query.get('max-keys') ?? '1000');
  const names = [...objects.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '') && name > after);
  const page = names.toSorted().slice(0, most);
  const isTruncated = names.length > page.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    `<Name>${bucket}</Name><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys>`,
    `<IsTruncated>${isTruncated}</IsTruncated>`,
    isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '',
    ...page.map((name) => `<Contents><Key>${name}</Key><Size>${objects.get(name)!.length}</Size></Contents>`),
    '</ListBucketResult>',
  ].join('');
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
