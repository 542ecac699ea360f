import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import type { Db, Tx } from '#base';
import type { Admit, Injection, Server } from '#edge';
import { home, type Persona } from './persona.ts';

/** What is made to fail for one request: the limiter, which every request passes first, or the database. */
export type Broken = { readonly at: 'admit' | 'db'; readonly error: () => Error };

/** A request before somebody asks it. An object as body is sent as JSON. */
export type Asked = {
  readonly method: Injection['method'];
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
  readonly broken?: Broken;
  readonly from?: string;
};

export type Answered = {
  readonly asked: Asked;
  readonly as: Persona;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  /** The code of a problem document. */
  readonly code: string | undefined;
  /** Statements and transactions that it took: what work is, whatever the machine. */
  readonly statements: number;
};

type Trace = { statements: number; readonly broken: Broken | undefined };

const traces = new AsyncLocalStorage<Trace>();

/** A machine that is busy with other tests may keep a connection waiting for longer than a request may wait. */
const mostAsked = 3;

/**
 * Asks without the network, as that persona, who keeps the cookie that comes back. What is answered with "can be repeated"
 * is repeated: whether the database answers in time says nothing about a request. One that is answered so each time is told.
 */
export async function ask(server: Server, as: Persona, asked: Asked): Promise<Answered> {
  for (let times = 1; ; times += 1) {
    const answered = await askOnce(server, as, asked);
    if (answered.code !== 'database-unavailable' || asked.broken || times === mostAsked) return answered;
  }
}

async function askOnce(server: Server, as: Persona, asked: Asked): Promise<Answered> {
  const trace: Trace = { statements: 0, broken: asked.broken };
  const { body, type } = bodyOf(asked);
  const request = {
    method: asked.method,
    url: asked.url,
    from: asked.from ?? home,
    headers: { ...as.headers(), ...type, ...asked.headers },
    ...(body !== undefined && { body }),
  };
  const answer = await traces.run(trace, () => server.inject(request));
  const { 'set-cookie': set, ...rest } = answer.headers;
  const cookies = set === undefined ? [] : [set].flat().map(String);
  await as.took(cookies);
  const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  const { status } = answer;
  return {
    asked,
    as,
    status,
    headers,
    cookies,
    body: answer.body,
    code: codeOf(answer.body),
    statements: trace.statements,
  };
}

function bodyOf({ body }: Asked): { body?: string | Buffer; type?: Readonly<Record<string, string>> } {
  if (body === undefined) return {};
  if (typeof body === 'string' || Buffer.isBuffer(body)) return { body };
  return { body: JSON.stringify(body), type: { 'content-type': 'application/json' } };
}

function codeOf(body: string): string | undefined {
  const found: unknown = /^\{"type":"[^"]*\/problems\//.test(body) ? JSON.parse(body) : {};
  return (found as { code?: string }).code;
}

/** The answer with what names the request taken out: what two answers must have in common. */
export function essence({ status, headers, cookies, body }: Answered): unknown {
  const { date: _, ...kept } = headers;
  return { status, headers: kept, cookies, body: body.replace(/"instance":"[0-9a-f-]{36}"/, '"instance":"…"') };
}

/** How two answers differ that should be the same bytes after the same work; undefined when they do not. */
export function differenceOf(a: Answered, b: Answered): string | undefined {
  if (!isDeepStrictEqual(essence(a), essence(b))) {
    return `${JSON.stringify(essence(a))}\n    and ${JSON.stringify(essence(b))}`;
  }
  return a.statements === b.statements ? undefined : `${a.statements} statements and ${b.statements}`;
}

/** Who asked what, for a sentence. Ids are left out, so that one mistake reads the same each time. */
export function named({ asked: { method, url }, as }: Pick<Answered, 'asked' | 'as'>): string {
  return `${method} ${url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').slice(0, 120)} as ${as.name}`;
}

/** Counts what a request asks of the database, and fails where a request is to see it fail. */
export function traced(db: Db): Db {
  const hit = async <T>(work: () => Promise<T>): Promise<T> => {
    const trace = traces.getStore();
    if (trace) trace.statements += 1;
    if (trace?.broken?.at === 'db') throw trace.broken.error();
    return work();
  };
  const within = (tx: Tx): Tx => ({
    rows: (query) => hit(() => tx.rows(query)),
    maybe: (query) => hit(() => tx.maybe(query)),
    one: (query) => hit(() => tx.one(query)),
    run: (query) => hit(() => tx.run(query)),
    issue(query) {
      const trace = traces.getStore();
      if (trace) trace.statements += 1;
      if (trace?.broken?.at === 'db') throw trace.broken.error();
      tx.issue(query);
    },
    tell: (object) => tx.tell(object),
  });
  return {
    ...db,
    tenant: (organisation, work) => hit(() => db.tenant(organisation, (tx) => work(within(tx)))),
    open: (work) => hit(() => db.open((tx) => work(within(tx)))),
    find: (query) => hit(() => db.find(query)),
  };
}

/** Lets everybody through, but for a request that is to see the limiter fail. */
export const openValve: Admit = async () => {
  const trace = traces.getStore();
  if (trace?.broken?.at === 'admit') throw trace.broken.error();
  return { ok: true, left: 9 };
};
