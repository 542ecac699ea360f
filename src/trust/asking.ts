import { isProblem, type Id } from '#base';
import { sessionCookie } from '#edge';
import type { CanaryMember, Stale } from './canary-team.ts';
import { alive } from './canary-call.ts';
import type { Reach, SelfAnswer, SelfRequest } from './claim.ts';

/** What somebody shows at the door, as headers; nothing for a stranger. */
export type Shown = Readonly<Record<string, string>>;

/** `GET /api/v1/keys`. */
export type Target = `${SelfRequest['method']} /${string}`;

export type Answered = SelfAnswer & {
  /** The fields of the body; none when it is no JSON object. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Code of the problem it tells; empty for none. */
  readonly code: string;
};

type Asking = Pick<Reach, 'self' | 'origin'>;

/** Asks the product over its own wire. Throws `not-running` when it is too busy to answer, or stopping. */
export async function ask(reach: Asking, as: Shown, target: Target, body?: unknown): Promise<Answered> {
  return alive(await asked(reach, as, target, body));
}

/** The same, of whoever asks to be refused for asking too often. */
export async function asked({ self, origin }: Asking, as: Shown, target: Target, body?: unknown): Promise<Answered> {
  const [method, path] = target.split(' ') as [SelfRequest['method'], string];
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { origin, ...json, ...as };
  const answer = await self({ method, path, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const fields = fieldsOf(answer.body);
  return { ...answer, json: fields, code: typeof fields['code'] === 'string' ? fields['code'] : '' };
}

/** Shows a session, as a browser does. */
export function bySession({ origin }: Pick<Reach, 'origin'>, token: string): Shown {
  return { cookie: sessionCookie(origin, token, 0).split(';', 1)[0]! };
}

export function byKey(key: string): Shown {
  return { authorization: `Bearer ${key}` };
}

/** The same product, asked as if from that network address. */
export function comingFrom<R extends Pick<Reach, 'self'>>(reach: R, address: string): R {
  return { ...reach, self: (request) => reach.self({ from: address, ...request }) };
}

/** Signs a member of the canary organisation in, does the work and signs out. */
export async function signedIn<T>(
  reach: Pick<Reach, 'self' | 'origin' | 'canary'>,
  given: CanaryMember & { readonly stale?: Stale },
  work: (as: Shown, person: Id) => Promise<T>,
): Promise<T> {
  const { token, person } = await reach.canary.team.signIn(given, given);
  const as = bySession(reach, token);
  try {
    return await work(as, person);
  } finally {
    await ask(reach, as, 'POST /api/v1/sign-out').catch(ignoreBusy);
  }
}

/** A session that is left ends by itself. */
function ignoreBusy(error: unknown): void {
  if (!isProblem(error, 'not-running')) throw error;
}

/** The real product, one kind of answer of which is another: a world in which it is broken. */
export function altered<R extends Pick<Reach, 'self'>>(
  reach: R,
  change: (request: SelfRequest, answer: SelfAnswer) => SelfAnswer,
): R {
  return { ...reach, self: async (request) => change(request, await reach.self(request)) };
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A product of which some answers are known without asking: they never reach the real one. */
export function answering<R extends Pick<Reach, 'self'>>(
  reach: R,
  known: (request: SelfRequest) => Partial<SelfAnswer> | undefined,
): R {
  return {
    ...reach,
    async self(request) {
      const answer = known(request);
      return answer ? { status: 200, headers: {}, body: '{}', ...answer } : reach.self(request);
    },
  };
}

/** A list in an answer; empty when it is not there. */
export function itemsIn(
  { json }: Pick<Answered, 'json'>,
  name = 'items',
): readonly Readonly<Record<string, unknown>>[] {
  const found = json[name];
  return Array.isArray(found) ? (found as Record<string, unknown>[]) : [];
}

/** An entry of the audit log as its API tells it. */
export type EntryTold = Readonly<Record<string, unknown>> & { readonly details: Readonly<Record<string, unknown>> };

/**
 * The entries of what was done with that program, as whoever is signed in may read them. The newest are read, page by
 * page, until there are as many as are due and a page holds none of them.
 */
export async function entriesOf(reach: Asking, as: Shown, { agent, due }: { agent: string; due: number }) {
  const found: EntryTold[] = [];
  let before = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(reach, as, `GET /api/v1/audit?limit=100${before}`);
    const entries = itemsIn(answer).map((entry) => ({ ...entry, details: { ...(entry['details'] as object | null) } }));
    const own = (entries as EntryTold[]).filter(({ details }) => details['agent'] === agent);
    found.push(...own);
    const { next } = answer.json;
    // Of one millisecond the entries lie in any order, and whoever comes and goes leaves some more than are due.
    if (typeof next !== 'string' || (own.length === 0 && found.length >= due)) break;
    before = `&before=${encodeURIComponent(next)}`;
  }
  return found;
}

const mostPages = 10;
