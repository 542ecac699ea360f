import { isProblem, Outside, problem, type Id, type Problem, type ProblemCode } from '#base';

/** A failed request as its sender gets to see it. */
export type Failure = {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Renders an error as `application/problem+json` (RFC 9457). Problems speak for themselves; someone else's failure
 * names only who and how; everything else, and every problem that is the operator's business, is `internal`.
 */
export function failureOf(error: unknown, about: { readonly origin: string; readonly request: Id }): Failure {
  const told = toldOf(error);
  const { code, title, status, mistakes } = told;
  const document = {
    type: `${about.origin}/problems/${code}`,
    title,
    status,
    detail: told.message,
    code,
    instance: about.request,
    ...(mistakes.length > 0 && { mistakes }),
  };
  return {
    problem: told,
    headers: { 'content-type': 'application/problem+json', ...extraHeaders[code], ...asking(told) },
    body: JSON.stringify(document),
  };
}

/** What RFC 9110 §15.5.2 demands of every 401, and when it is worth trying again where somebody knows. */
function asking({ status, retryAfterMs }: Problem): Readonly<Record<string, string>> {
  return {
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="sotto"' }),
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
  };
}

const extraHeaders: { readonly [Code in ProblemCode]?: Readonly<Record<string, string>> } = {
  'busy': { 'retry-after': '5' },
  'database-unavailable': { 'retry-after': '5' },
  'disk-full': { 'retry-after': '60' },
  'idempotency-key-running': { 'retry-after': '1' },
  'not-running': { 'retry-after': '5' },
  'too-many-sockets': { 'retry-after': '10' },
  'vendor-busy': { 'retry-after': '10' },
};

/** Whether the answer says when to come back. */
export function saysWhen(code: ProblemCode): boolean {
  return code === 'rate-limited' || extraHeaders[code]?.['retry-after'] !== undefined;
}

/** The problem that may be told. `internal` carries the error as its cause, for the log. */
function toldOf(error: unknown): Problem {
  if (isProblem(error) && error.status !== 500) return error;
  if (error instanceof Outside) return outsideProblem(error);
  const known = frameworkProblems[String((error as { code?: unknown } | undefined)?.code)];
  if (known) return problem(known[0], known[1]);
  return problem('internal', 'Something broke on our side. The log names this request by its instance.', {
    cause: error,
  });
}

function outsideProblem({ vendor, kind }: Outside): Problem {
  if (kind === 'busy') return problem('vendor-busy', `${vendor} is busy. The request can be repeated.`);
  return problem(
    'vendor-failed',
    kind === 'refused' ? `${vendor} refused its part.` : `${vendor} could not be reached.`,
  );
}

/** What Fastify's router and reader say, in our words. */
const frameworkProblems: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_BAD_URL: ['request-malformed', 'The path holds an escape that means nothing.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request-malformed', 'The body is not as long as announced.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['content-type-refused', 'The Content-Type cannot be read.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'There is nothing at this path.'],
};
