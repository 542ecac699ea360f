import type { Processor } from './processor.ts';

/** One outgoing request. The body is text or bytes; redirects are never followed. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Deadline for the whole exchange, in milliseconds. Default 10 000. */
  readonly withinMs?: number;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/**
 * The only way out of the process. `to` is the processor on whose behalf the request goes;
 * any host it does not list is refused (`host-not-listed`), and so is any address that is not
 * public unicast (`address-blocked`) unless SOTTO_ALLOW_HOSTS names it.
 */
export type Http = (to: Processor, request: HttpRequest) => Promise<HttpResponse>;
