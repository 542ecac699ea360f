import type { IncomingHttpHeaders } from 'node:http';
import type { ProblemCode } from '#base';

/** A request that failed, for whoever says so to people. */
export type Failed = {
  readonly code: ProblemCode;
  readonly status: number;
  /** With the public origin. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
};

/** What people get in place of the problem document; undefined where they get that as well. */
export type FailurePage = (failed: Failed) => FailureBody | undefined;

type FailureBody = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Whether a page is asked for: browsers name HTML when they open an address, programs do not. */
export function wantsPage({ accept = '' }: IncomingHttpHeaders): boolean {
  const ranges = accept.slice(0, 1_000).toLowerCase().split(',');
  return ranges.some((range) => /^\s*text\/html\s*(?:;|$)/.test(range) && !/;\s*q=0(?:\.0*)?\s*$/.test(range));
}
