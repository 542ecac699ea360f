/**
 * Every error a caller can do something about. Key = code = last part of the `type` URL = heading in
 * docs/reference/problems.md, where `docs.test.ts` wants a paragraph on what happened and how to fix it.
 */
export const problems = {
  'address-blocked': { status: 502, title: 'That address may not be dialled' },
  'address-look-alike': { status: 409, title: 'That address looks like the address of a member' },
  'address-refused': { status: 403, title: 'The key may not be used from there' },
  'already-invited': { status: 409, title: 'There is an invitation already' },
  'already-member': { status: 409, title: 'They belong to the organisation already' },
  'beyond-your-role': { status: 403, title: 'That is above your role' },
  'binary-refused': { status: 400, title: 'Text was due, binary came' },
  'boast-unbacked': { status: 422, title: 'A public text says more than is backed' },
  'body-malformed': { status: 400, title: 'The body could not be read' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'busy': { status: 503, title: 'Too much is asked at this moment' },
  'call-not-finished': { status: 409, title: 'The call is not finished' },
  'call-not-known': { status: 404, title: 'No such call' },
  'call-under-way': { status: 409, title: 'You are in a call already' },
  'certificate-unusable': { status: 500, title: 'The TLS certificate cannot be used' },
  'changed-meanwhile': { status: 412, title: 'Somebody else changed it meanwhile' },
  'clock-doubted': { status: 503, title: 'The clock of the machine is not believed' },
  'closing-over': { status: 409, title: 'The account can no longer be kept' },
  'config-invalid': { status: 500, title: 'The configuration has mistakes' },
  'content-damaged': { status: 500, title: 'Sealed content fails its check' },
  'content-erased': { status: 410, title: 'This content was erased' },
  'content-type-refused': { status: 415, title: 'The body is of a type that is not read here' },
  'credentials-ambiguous': { status: 400, title: 'More than one credential came' },
  'cross-site-refused': { status: 403, title: 'Another site may not do that' },
  'crypto-self-test-failed': { status: 500, title: 'The cryptography of this runtime misbehaves' },
  'cursor-invalid': { status: 400, title: 'That page cursor is not one of ours' },
  'data-directory-busy': { status: 500, title: 'Another process uses the data directory' },
  'data-directory-foreign': { status: 500, title: 'The data directory belongs to another PostgreSQL version' },
  'database-not-ready': { status: 500, title: 'PostgreSQL could not be started' },
  'database-refused': { status: 500, title: 'PostgreSQL refused our sign-in' },
  'database-too-old': { status: 500, title: 'PostgreSQL is too old' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  'disk-full': { status: 507, title: 'The disk is full' },
  'first-run-code-wrong': { status: 403, title: 'The first run needs its code' },
  'first-run-over': { status: 409, title: 'The first account exists already' },
  'frame-malformed': { status: 400, title: 'A socket message could not be read' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  'hold-not-approved': { status: 409, title: 'Nobody approved of that hold' },
  'hold-over': { status: 409, title: 'The hold is over, or in force already' },
  'host-not-listed': { status: 502, title: 'That host belongs to no enabled processor' },
  'idempotency-key-reused': { status: 422, title: 'That idempotency key was used for something else' },
  'idempotency-key-running': { status: 409, title: 'The request with that idempotency key is not done' },
  'if-match-needed': { status: 428, title: 'Say which version you are changing' },
  'input-invalid': { status: 400, title: 'The input has mistakes' },
  'internal': { status: 500, title: 'Something broke on our side' },
  'invitation-for-other': { status: 403, title: 'The invitation is for another address' },
  'invitation-over': { status: 410, title: 'The invitation is over' },
  'invitation-unknown': { status: 404, title: 'No such invitation' },
  'isolation-broken': { status: 500, title: 'The database does not keep organisations apart' },
  'key-expired': { status: 401, title: 'The API key has ended' },
  'key-invalid': { status: 401, title: 'The API key is missing or wrong' },
  'key-lacks-scope': { status: 403, title: 'The API key may not do that' },
  'key-revoked': { status: 401, title: 'The API key was revoked' },
  'key-rotating': { status: 409, title: 'The key has two secrets already' },
  'keystore-missing': { status: 500, title: 'The keystore is missing while data exists' },
  'keystore-unavailable': { status: 503, title: 'The keystore cannot be read or written' },
  'last-owner': { status: 409, title: 'An organisation keeps an owner' },
  'link-expired': { status: 410, title: 'This link has expired' },
  'method-refused': { status: 405, title: 'That method does not exist here' },
  'migration-edited': { status: 500, title: 'A migration that was applied has changed' },
  'migration-unknown': { status: 500, title: 'The database is newer than this program' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'not-running': { status: 503, title: 'Sotto is not running' },
  'number-masked': { status: 410, title: 'Of that number only the last figures are left' },
  'number-unknown': { status: 404, title: 'That number is not ours' },
  'openly-reachable': { status: 500, title: 'Plain http is not served beyond this machine' },
  'organisation-needed': { status: 403, title: 'No organisation is chosen' },
  'outside-hours': { status: 422, title: 'The business is closed then' },
  'outside-refused': { status: 401, title: 'The other provider did not vouch for you' },
  'outside-taken': { status: 409, title: 'That account signs in somebody else' },
  'outside-unknown': { status: 403, title: 'No account is linked with that one' },
  'outside-unverified': { status: 403, title: 'The other provider has not checked your address' },
  'passkey-known': { status: 409, title: 'That passkey was added already' },
  'passkey-refused': { status: 401, title: 'The passkey does not count' },
  'passkeys-need-name': { status: 409, title: 'Passkeys need a host name' },
  'port-taken': { status: 500, title: 'The port is taken' },
  'processor-held': { status: 503, title: 'That processor may not be used yet' },
  'public-url-needed': { status: 409, title: 'Carriers cannot reach this installation' },
  'range-refused': { status: 416, title: 'There is nothing in that range' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'recording-damaged': { status: 502, title: 'Part of a recording is missing or damaged' },
  'report-closed': { status: 409, title: 'The report is closed' },
  'request-malformed': { status: 400, title: 'The request could not be read' },
  'request-too-slow': { status: 408, title: 'The request took too long to arrive' },
  'role-lacks-permission': { status: 403, title: 'The role may not do that' },
  'root-key-unreadable': { status: 500, title: 'The root key cannot be read' },
  'root-key-wrong': { status: 500, title: 'The root key is not the one this keystore was made with' },
  'scope-not-yours': { status: 403, title: 'A key cannot do more than its maker' },
  'second-factor-wrong': { status: 401, title: 'The second factor is wrong' },
  'second-person-needed': { status: 409, title: 'Somebody else has to agree' },
  'session-needed': { status: 403, title: 'Only a person who is signed in may do that' },
  'sign-in-expired': { status: 410, title: 'This sign-in has ended' },
  'sign-in-needed': { status: 401, title: 'Nobody is signed in' },
  'sign-in-paused': { status: 429, title: 'Too many tries to sign in' },
  'sign-in-refused': { status: 401, title: 'Address or password is wrong' },
  'sign-up-closed': { status: 403, title: 'Nobody can sign up here' },
  'signature-invalid': { status: 403, title: 'The signature does not match' },
  'slot-past': { status: 422, title: 'That time has passed' },
  'slot-taken': { status: 409, title: 'That time is taken' },
  'step-up-needed': { status: 403, title: 'A second factor is due' },
  'stream-token-invalid': { status: 403, title: 'The stream token is not valid' },
  'too-many-passkeys': { status: 409, title: 'There are too many passkeys' },
  'too-many-sockets': { status: 503, title: 'Too many sockets are waiting' },
  'trust-not-published': { status: 404, title: 'The trust page is not published yet' },
  'usage': { status: 400, title: 'The command was used wrongly' },
  'vendor-busy': { status: 503, title: 'A provider is busy' },
  'vendor-failed': { status: 502, title: 'A provider did not do its part' },
  'vendor-unknown': { status: 404, title: 'No such provider' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One mistake in an input: where (JSON pointer or setting name) and what to do about it. */
export type Mistake = { readonly at: string; readonly fix: string };

type ProblemOptions = {
  readonly cause?: unknown;
  readonly mistakes?: readonly Mistake[];
  /** When it is worth trying again; the edge says it as Retry-After. */
  readonly retryAfterMs?: number;
};

/** An error that its receiver can act on. `detail` never holds personal data. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly mistakes: readonly Mistake[];
  readonly retryAfterMs: number | undefined;
  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.mistakes = options.mistakes ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
  get status(): number {
    return problems[this.code].status;
  }
  get title(): string {
    return problems[this.code].title;
  }
}

/** Makes a Problem: `throw problem('slot-taken', 'Another caller was faster.')`. */
export function problem(code: ProblemCode, detail: string, options: ProblemOptions = {}): Problem {
  return madeBy(problem, new Problem(code, detail, options));
}

/** Its place is that of whoever asked for it, which is what the log tells. */
function madeBy<E extends Error>(maker: (...given: never[]) => E, error: E): E {
  Error.captureStackTrace(error, maker);
  return error;
}

/** True when `error` is the problem of that code. */
export function isProblem(error: unknown, code?: ProblemCode): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

export type OutsideKind = 'busy' | 'refused' | 'unreachable';

/** Someone else failed. Reconcilers retry `busy` and `unreachable`; in a request it renders as `vendor-failed`. */
export class Outside extends Error {
  readonly vendor: string;
  readonly kind: OutsideKind;
  constructor(vendor: string, kind: OutsideKind, cause?: unknown) {
    super(`${vendor} ${kind}`, { cause });
    this.name = 'Outside';
    this.vendor = vendor;
    this.kind = kind;
  }
}

/** Makes an Outside: `throw outside('twilio', 'busy', { cause })`. */
export function outside(vendor: string, kind: OutsideKind, options: { cause?: unknown } = {}): Outside {
  return madeBy(outside, new Outside(vendor, kind, options.cause));
}
