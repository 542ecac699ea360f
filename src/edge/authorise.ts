import { roles, ruleOf, type Permission } from '#access';
import { problem, type Clock, type ProblemCode } from '#base';
import { sessionTokensIn } from './cookie.ts';
import { refuseCrossSite, refuseOtherSites } from './cross-site.ts';
import type { Identify, Shown } from './exchange.ts';
import type { Asker, May, Sender, SignedIn, Who } from './route.ts';
import type { IncomingHttpHeaders } from 'node:http';

/** How long a second factor counts as fresh. */
const freshMs = 10 * 60_000;

export type Asking = {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly hasBody: boolean;
  readonly from: Sender;
};

export type Means = { readonly identify: Identify; readonly clock: Clock; readonly origin: string };

/** Who asks: a key or a session that counts. Undefined where nobody is asked. Throws a problem that says what is missing. */
export async function identified(may: May, asking: Asking, means: Means): Promise<Asker | undefined> {
  if (may === 'carrier') return undefined;
  if (may === 'public') {
    refuseOtherSites(asking);
    return undefined;
  }
  const shown = shownBy(asking, means.origin);
  if (!shown) throw nobody(may, asking.headers.authorization);
  if (shown.by === 'session') refuseCrossSite(asking, means.origin);
  const asker = await means.identify(shown);
  if (asker) return asker;
  if (shown.by === 'session') throw problem('sign-in-needed', 'The session is over. Sign in again.');
  throw problem(
    'key-invalid',
    'No key that counts is like that. Was it copied whole? It may have been revoked or have expired.',
  );
}

/** Whether that asker may do it. Throws `organisation-needed`, `key-lacks-scope`, `role-lacks-permission`, `step-up-needed`, `session-needed`. */
export function allowed(may: Exclude<May, string>, { who, signedIn }: Asker, clock: Clock): Who | SignedIn {
  if ('session' in may) {
    if (!signedIn) throw problem('session-needed', 'An API key cannot do this. Sign in and do it in the browser.');
    if (may.session === 'fresh') insistFresh(signedIn, clock);
    return signedIn;
  }
  if (!who)
    throw problem(
      'organisation-needed',
      'Choose the organisation with PUT /api/v1/session/organisation, then repeat the request. GET /api/v1/session names yours.',
    );
  if (who.grants[may.scope] === undefined) throw lacking(may.scope, signedIn !== undefined);
  if (!signedIn && may.by === 'people')
    throw problem('session-needed', 'An API key cannot do this: people decide about it, each for themselves.');
  if (signedIn && ruleOf(may.scope).isFresh) insistFresh(signedIn, clock);
  return who;
}

/** What a request shows of its sender. Two things at once are refused: which one counts must not be a matter of order. */
function shownBy({ headers, from }: Asking, origin: string): Shown | undefined {
  const tokens = sessionTokensIn(origin, headers.cookie);
  const { authorization } = headers;
  if (tokens.length > 1 || (tokens.length === 1 && authorization !== undefined)) {
    throw problem('credentials-ambiguous', 'Show one thing: an API key, or the cookie of one session.');
  }
  const [token] = tokens;
  if (token !== undefined) return /^[\w.-]{1,512}$/.test(token) ? { by: 'session', token, from } : undefined;
  const key = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
  return key === undefined ? undefined : { by: 'key', key, from };
}

function nobody(may: Exclude<May, string>, authorization: string | undefined) {
  if ('session' in may && authorization === undefined)
    return problem('sign-in-needed', 'Sign in first, by a mailed link, a password or a passkey.');
  const code: ProblemCode = 'key-invalid';
  return authorization === undefined
    ? problem(code, 'Send an API key as "Authorization: Bearer sotto_live_…", or sign in.')
    : problem(code, 'Write the header as "Authorization: Bearer sotto_live_…": the word, one space, the whole key.');
}

function lacking(scope: Permission, isPerson: boolean) {
  if (!isPerson)
    return problem('key-lacks-scope', `This needs a key with the scope ${scope}, made by somebody who has it still.`);
  const rule = ruleOf(scope);
  const able = roles.filter((role) => rule[role] !== undefined);
  return problem(
    'role-lacks-permission',
    `This needs the permission ${scope}, which these roles have: ${able.join(', ')}.`,
  );
}

/** Throws `step-up-needed` unless a second factor was shown within the last ten minutes. */
export function insistFresh({ freshAt }: SignedIn, clock: Clock): void {
  if (freshAt !== undefined && clock.now() - freshAt <= freshMs) return;
  throw problem(
    'step-up-needed',
    'Show your second factor again with POST /api/v1/session/fresh: a passkey, or a code. If you have none, add one: a ' +
      'passkey with POST /api/v1/session/passkeys/options, an authenticator app with POST /api/v1/session/totp.',
  );
}
