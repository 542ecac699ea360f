import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A resource as Twilio keeps it: its name, and the names it hangs on. */
export type Stored = {
  readonly sid: string;
  readonly call_sid?: string;
  readonly recording_sid?: string;
  readonly parent_call_sid?: string | null;
  readonly parent_sid?: string;
  /** Its deletion is taken, and it stays. */
  readonly isStubborn?: boolean;
  /** It cannot be deleted yet (error 20009). */
  readonly isUnfinished?: boolean;
};

/** What goes wrong with one request: another answer, no answer, or an answer that is lost after the work was done. */
export type StoreFault =
  | { readonly status: number; readonly code?: number; readonly retryAfter?: number; readonly body?: string }
  | 'cut'
  | 'lost';

export type TwilioStore = {
  readonly url: string;
  readonly host: string;
  readonly account: string;
  readonly token: string;
  readonly calls: Map<string, Stored>;
  readonly recordings: Map<string, Stored>;
  readonly transcriptions: Map<string, Stored>;
  readonly messages: Map<string, Stored>;
  readonly media: Map<string, Stored>;
  /** Methods and paths behind the account, in the order they came. */
  readonly asked: string[];
  /** Asked at each request, with how many came before. */
  fate: (before: number, method: string, path: string) => StoreFault | undefined;
  /** How many resources there are in all. */
  left(): number;
};

/**
 * Twilio's store of what was: calls, recordings, transcriptions, messages and media, by the paths, lists, statuses and
 * error codes of twilio-oai (twilio_api_v2010.json, 2010-04-01), with basic authentication. Closes with the test.
 */
export async function twilioStore(t: TestContext): Promise<TwilioStore> {
  const account = `AC${'a1'.repeat(16)}`;
  const token = 'b2'.repeat(16);
  const server = createServer((request, response) => {
    serve(store, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store: TwilioStore = {
    url: `http://${host}`,
    host,
    account,
    token,
    calls: new Map(),
    recordings: new Map(),
    transcriptions: new Map(),
    messages: new Map(),
    media: new Map(),
    asked: [],
    fate: () => undefined,
    left: () => shelves.reduce((sum, shelf) => sum + store[shelf].size, 0),
  };
  return store;
}

const shelves = ['calls', 'recordings', 'transcriptions', 'messages', 'media'] as const;
type Shelf = (typeof shelves)[number];

/** Lists: which resources, under which key, and how they are filtered. */
type Listing = {
  readonly shelf: Shelf;
  readonly key: string;
  readonly of: keyof Stored;
  readonly owner: string | null;
};

function serve(store: TwilioStore, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', store.url);
  const base = `/2010-04-01/Accounts/${store.account}`;
  const method = request.method ?? 'GET';
  const path = url.pathname.slice(base.length);
  const fault = store.fate(store.asked.length, method, path);
  store.asked.push(`${method} ${path}${url.search}`);
  if (fault === 'cut') return void response.destroy();
  if (fault && fault !== 'lost') return refuse(response, fault);
  const credentials = Buffer.from(`${store.account}:${store.token}`).toString('base64');
  if (request.headers.authorization !== `Basic ${credentials}`) return refuse(response, { status: 401, code: 20_003 });
  if (!url.pathname.startsWith(base)) return refuse(response, { status: 404, code: 20_404 });
  const answer = answerTo(store, method, path, url.searchParams);
  if (fault === 'lost') return void response.destroy();
  if (answer.status >= 400) return refuse(response, { status: answer.status, code: answer.code ?? answer.status });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

type Answer = { readonly status: number; readonly code?: number; readonly body?: object };

const missing: Answer = { status: 404, code: 20_404 };

function answerTo(store: TwilioStore, method: string, path: string, query: URLSearchParams): Answer {
  const parts = path
    .replace(/\.json$/, '')
    .split('/')
    .slice(1);
  const listing = listingOf(store, parts, query);
  if (listing === 'missing') return missing;
  if (listing) return method === 'GET' ? { status: 200, body: listed(store, listing) } : { status: 405 };
  const shelf = parts.at(-2)?.toLowerCase() as Shelf;
  const name = parts.at(-1) ?? '';
  const found = shelves.includes(shelf) ? store[shelf].get(name) : undefined;
  if (!found) return missing;
  if (method === 'GET') return { status: 200, body: { ...found, status: 'completed' } };
  if (method !== 'DELETE') return { status: 405 };
  if (found.isUnfinished) return { status: 409, code: 20_009 };
  if (!found.isStubborn) store[shelf].delete(name);
  return { status: 204 };
}

function listingOf(
  store: TwilioStore,
  parts: readonly string[],
  query: URLSearchParams,
): Listing | 'missing' | undefined {
  const [shelf, of, within] = parts;
  if (parts.length === 1 && shelf === 'Recordings')
    return { shelf: 'recordings', key: 'recordings', of: 'call_sid', owner: query.get('CallSid') };
  if (parts.length === 1 && shelf === 'Calls')
    return { shelf: 'calls', key: 'calls', of: 'parent_call_sid', owner: query.get('ParentCallSid') };
  if (parts.length !== 3 || of === undefined) return undefined;
  if (within === 'Transcriptions') {
    if (!store.recordings.has(of)) return 'missing';
    return { shelf: 'transcriptions', key: 'transcriptions', of: 'recording_sid', owner: of };
  }
  if (within !== 'Media') return undefined;
  return store.messages.has(of) ? { shelf: 'media', key: 'media_list', of: 'parent_sid', owner: of } : 'missing';
}

function listed(store: TwilioStore, { shelf, key, of, owner }: Listing): object {
  const all = [...store[shelf].values()].filter((one) => owner === null || one[of] === owner);
  return { [key]: all.slice(0, 50), page: 0, page_size: 50, next_page_uri: all.length > 50 ? 'next' : null };
}

function refuse(response: ServerResponse, fault: Exclude<StoreFault, string>): void {
  const { status, code, retryAfter, body } = fault;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  });
  response.end(body ?? JSON.stringify({ code, message: 'refused', more_info: '', status }));
}
