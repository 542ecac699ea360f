import type { IncomingHttpHeaders } from 'node:http';
import type { Static, TObject, TSchema } from 'typebox';
import type { Grants, Permission } from '#access';
import type { Id, Personal, ProblemCode } from '#base';
import type { Events } from './events.ts';
import type { RouteRate } from './rates.ts';

/**
 * Who may call: anyone, a carrier (the handler verifies its signature), whoever has that permission in an organisation
 * (a key with that scope, or a member whose role has it), or whoever is signed in, whatever the organisation.
 */
export type May =
  | 'public'
  | 'carrier'
  /** `by: 'people'`: no key may do it, whatever its scopes; for what is decided by several people. */
  | { readonly scope: Permission; readonly by?: 'people' }
  | { readonly session: 'any' | 'fresh' };

/** Someone who acts within one organisation: the holder of an API key, or a member who is signed in. */
export type Who = {
  readonly organisation: Id;
  /** As the audit log names them. */
  readonly actor: `api-key:${Id}` | `person:${Id}`;
  readonly grants: Grants;
};

/** A person who is signed in, as such: they may belong to any number of organisations. */
export type SignedIn = {
  readonly identity: Id;
  readonly session: Id;
  /** When a second factor was last shown in this session, in milliseconds since the epoch; undefined when it never was. */
  readonly freshAt: number | undefined;
  /** Keyed hash of the token that the request showed: once the session has another one, the request gets no hold of it. */
  readonly shown?: Buffer | undefined;
};

/** Who sent a request, as `identify` found it out. `who` is missing for a session that has no organisation chosen. */
export type Asker = { readonly who: Who | undefined; readonly signedIn: SignedIn | undefined };

/** Where a request came from. It is about a person and goes nowhere as it is. */
export type Sender = {
  readonly address: Personal;
  readonly agent: Personal | undefined;
  /** ISO 3166 code that a configured proxy told: for this request, and stored nowhere (NET-05). */
  readonly country: string | undefined;
};

/** The answers a route can give: JSON schema by status. Text answers are a string with `contentMediaType`. */
export type Outputs = { readonly [status: number]: TSchema };

/** A request after authentication and input checks. Nothing in it was coerced except numbers in query and path. */
export type RouteRequest<Params = unknown, Query = unknown, Body = unknown, Holder = Who | SignedIn | undefined> = {
  /** Names this request in log lines and problem documents. */
  readonly id: Id;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The body byte for byte: what a carrier signed. */
  readonly rawBody: Buffer;
  readonly headers: IncomingHttpHeaders;
  /** The public URL with the query exactly as sent. The origin comes from the configuration, never from headers. */
  readonly url: string;
  readonly who: Holder;
  readonly from: Sender;
  /**
   * Who asks, looked at again as at the door: for whoever goes on answering. What they do not do themselves is not
   * counted, and does not keep their session alive. A look of the last half second is believed. Throws what the door does.
   */
  readonly again: () => Promise<Holder>;
  /**
   * On a route with `etag` that changes something: call it with what there is now, inside the transaction. Throws
   * `changed-meanwhile` when the request named another version. Elsewhere it does nothing.
   */
  readonly unchanged: (current: unknown) => void;
};

type Headers = Readonly<Record<string, string>>;

/**
 * Bytes that are made while they are sent, of the media type that is declared; `bytes` says how many, where that is known.
 * A failure on the way ends the connection, so that nobody takes a part for the whole.
 */
export type Streamed = { readonly bytes: number | undefined; readonly stream: AsyncIterable<Buffer> };

/**
 * Events that are sent as they happen, for as long as somebody reads them. The status is declared with the media type
 * `text/event-stream`.
 */
export type Streaming = { readonly events: Events };

/** What a handler returns, before its shape was checked. */
export type RawAnswer =
  | { readonly status: number; readonly headers?: Headers; readonly json: unknown }
  | ({ readonly status: number; readonly headers?: Headers } & (Streamed | Streaming))
  | {
      readonly status: number;
      readonly headers?: Headers;
      readonly contentType?: string;
      readonly body: string | Buffer;
    };

/** The same, bound to the declared outputs. */
export type Answer<O extends Outputs> = {
  [S in keyof O & number]:
    | { readonly status: S; readonly headers?: Headers; readonly json: Static<O[S]> }
    | ({ readonly status: S; readonly headers?: Headers } & (Streamed | Streaming))
    | { readonly status: S; readonly headers?: Headers; readonly contentType?: string; readonly body: string | Buffer };
}[keyof O & number];

type Shape<S> = S extends TSchema ? Static<S> : undefined;
type Holder<M> = M extends { scope: Permission } ? Who : M extends { session: string } ? SignedIn : undefined;

type Declared<M extends May, P, Q, B, O extends Outputs> = {
  readonly method: Method;
  /** `/api/v1/calls/:id`; each `:name` needs its place in `params`. */
  readonly path: string;
  /** One sentence for OpenAPI. */
  readonly say: string;
  readonly may: M;
  /** The limit that holds before anything else is looked at. */
  readonly limit: RouteRate;
  /** The audit action that the handler records, or null when it changes and reveals nothing. */
  readonly audits: string | null;
  /** It has a body and changes nothing: what it answers follows from what it is sent. */
  readonly reads?: boolean;
  readonly params?: P;
  /** Refuses unknown names. Without it, only public and carrier routes tolerate a query. */
  readonly query?: Q;
  /** JSON body. Without it only carrier routes take a body, and get it as `rawBody`. */
  readonly body?: B;
  /** The body is the form of a page of ours instead, for readers without script: every field a text, each once. */
  readonly form?: boolean;
  /** A POST that acts may come with an `Idempotency-Key`: repeated within 24 hours it gets the same bytes and does nothing. */
  readonly idempotent?: boolean;
  /**
   * The version of what is shown or changed, from its JSON: answers carry it as ETag, and PUT, PATCH and DELETE demand it
   * as If-Match. Handlers that change call `unchanged`.
   */
  readonly etag?: ((json: never) => string) | undefined;
  /** What the handler can refuse with, beyond what the edge refuses by itself; for the API document. */
  readonly problems?: readonly ProblemCode[];
  /** Allow-list: fields that are not declared never leave, an undeclared status is a fault of ours. */
  readonly output: O;
  readonly run: (request: RouteRequest<Shape<P>, Shape<Q>, Shape<B>, Holder<M>>) => Promise<Answer<NoInfer<O>>>;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A declared route, its types forgotten. */
export type Route = {
  readonly method: Method;
  readonly path: string;
  readonly say: string;
  readonly may: May;
  readonly limit: RouteRate;
  readonly audits: string | null;
  readonly reads: boolean;
  readonly params: TObject | undefined;
  readonly query: TObject | undefined;
  readonly body: TSchema | undefined;
  readonly form: boolean;
  readonly idempotent: boolean;
  readonly problems: readonly ProblemCode[];
  readonly etag: ((json: unknown) => string) | undefined;
  readonly output: Outputs;
  readonly run: (request: RouteRequest) => Promise<RawAnswer>;
};

/**
 * Declares a route: who may call it, what it audits, what goes in and what may come out.
 * A declaration with a part missing does not compile; one whose path and `params` disagree throws here.
 */
export function route<
  const M extends May,
  O extends Outputs,
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(declared: Declared<M, P, Q, B, O>): Route {
  const { params, query, body } = declared;
  const named = namesIn(declared.path).toSorted().join();
  const described = Object.keys(params?.properties ?? {})
    .toSorted()
    .join();
  if (named !== described) throw new TypeError(`${declared.path} names (${named}), its params describe (${described})`);
  const { idempotent = false, problems = [], reads = false, form = false, etag } = declared;
  const untyped = { run: declared.run as unknown as Route['run'], etag: etag as Route['etag'] };
  return { ...declared, params, query, body, form, idempotent, problems, reads, ...untyped };
}

/** The names after a colon in a path pattern. */
export function namesIn(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((found) => found[1]!);
}
