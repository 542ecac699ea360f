import { isProblem, Outside, problem } from '#base';
import type { Asker } from './route.ts';
import type { Rendered } from './render.ts';

/** A request that must not act twice, by who asks and what for. */
export type Repeatable = {
  readonly asker: Asker;
  /** Method and pattern of the route. */
  readonly route: string;
  /** The client's `Idempotency-Key`. */
  readonly key: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly body: Buffer;
};

/** What became of a request with that key before: nothing yet, its answer, or no end; or it was another request. */
export type Begun =
  | {
      readonly state: 'new';
      /** Keeps the answer for whoever repeats the request. */
      readonly keep: (answer: Rendered) => Promise<void>;
      /** Forgets the request, because it did nothing. */
      readonly forget: () => Promise<void>;
    }
  | { readonly state: 'answered'; readonly answer: Rendered }
  | { readonly state: 'running' }
  | { readonly state: 'other' };

/** Remembers for 24 hours what was answered to requests with an `Idempotency-Key`, sealed. */
export type Repeats = { begin(request: Repeatable): Promise<Begun> };

/**
 * The key in the header: a string of RFC 8941, or the same without its quotes, as most clients send it
 * (draft-ietf-httpapi-idempotency-key-header §2.1). Throws `input-invalid`.
 */
export function repeatKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = /^("?)([\w.:~-]{8,128})\1$/.exec(String(header))?.[2];
  if (key !== undefined) return key;
  throw problem(
    'input-invalid',
    'An Idempotency-Key has 8 to 128 letters, digits, dots, dashes; a UUID is a good one.',
    {
      mistakes: [{ at: 'Idempotency-Key', fix: 'send a fresh UUID for each new thing to be done' }],
    },
  );
}

/**
 * Answers a repetition with the very answer of the first time, and lets only the first one act. A request that was
 * refused is forgotten, so that it can be put right. Where it is unknown whether it acted, nothing acts again.
 */
export async function onlyOnce(repeats: Repeats, request: Repeatable, act: () => Promise<Rendered>): Promise<Rendered> {
  const begun = await repeats.begin(request);
  if (begun.state === 'answered') return begun.answer;
  if (begun.state === 'other') {
    throw problem(
      'idempotency-key-reused',
      'That key came with another request before. Make a new key for a new thing.',
    );
  }
  if (begun.state === 'running') {
    throw problem(
      'idempotency-key-running',
      'The first request with that key has no answer yet. Ask again in a moment.',
    );
  }
  try {
    const answer = await act();
    await begun.keep(answer);
    return answer;
  } catch (error) {
    const didNothing = error instanceof Outside || (isProblem(error) && error.status < 500);
    if (didNothing) await begun.forget();
    throw error;
  }
}
