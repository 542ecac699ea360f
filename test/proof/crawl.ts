import { problem, problems, type ProblemCode } from '#base';
import { rates, type Rate, type Route } from '#edge';
import { parsed, speak } from '../edge.ts';
import { ask, named, type Asked, type Answered } from './ask.ts';
import { atTheDoor } from './expected.ts';
import { bareHeaderMistakes, headerMistakes } from './headers.ts';
import { nobody, personaNames, type Persona } from './persona.ts';
import type { Stage } from './stage.ts';
import { eachRoute, missing, namesOf, request, type Target, type Trial } from './trial.ts';

/** One code for each status that there is. */
const forced = [...Map.groupBy(Object.keys(problems) as ProblemCode[], (code) => problems[code].status).values()]
  .map((codes) => codes[0]!)
  // What the path answers instead, only the router knows.
  .filter((code) => code !== 'method-refused');

/**
 * Gets every route to answer with every status, by what is asked and by what breaks behind it, and looks at the headers.
 * Returns what is wrong; `seen` gathers which statuses came.
 */
export async function crawlMistakes(stage: Stage, target: Target, seen: Map<number, number>): Promise<string[]> {
  return eachRoute(stage, target, async (trial) => {
    const { route, mistakes } = trial;
    const look = async (as: Persona, asked: Asked, wanted?: number, of: Route | null = route) => {
      const answered = await ask(trial.server, as, asked);
      seen.set(answered.status, (seen.get(answered.status) ?? 0) + 1);
      if (wanted !== undefined && answered.status !== wanted) {
        mistakes.push(`${named(answered)} is ${answered.status} ${answered.code} and not ${wanted}`);
      }
      mistakes.push(...headerMistakes(answered, { route: of ?? undefined }));
      return answered;
    };
    await crawlAsked(trial, look);
    await crawlBroken(trial, look);
    await crawlMethods(trial, look);
  });
}

type Look = (as: Persona, asked: Asked, wanted?: number, of?: Route | null) => Promise<Answered>;

/** Right requests, and those that are wrong in each way that a request can be wrong. */
async function crawlAsked(trial: Trial, look: Look): Promise<void> {
  const { stage, route, one } = trial;
  const able = stage.personas.owner;
  const as = typeof route.may === 'string' ? nobody : able;
  const asks = one.byTwin ? await one.byTwin(stage, as) : as;
  const own = await namesOf(trial, { as: asks, where: 'ours' });
  const right = request(trial, own);
  for (const name of Object.keys(own)) {
    await look(asks, request(trial, { ...own, [name]: missing(stage, own[name]!) }));
  }
  if (route.body) {
    const wrong = { ...right, headers: { ...right.headers } };
    await look(
      as,
      { ...wrong, body: '{}', headers: { ...wrong.headers, 'content-type': 'text/plain' } },
      mayBe(route, 415),
    );
    await look(as, { ...wrong, body: '{', headers: typed(route, wrong) }, 400);
    await look(as, { ...wrong, body: `{"a":"${'x'.repeat(300_000)}"}`, headers: typed(route, wrong) }, 413);
  }
  if (typeof route.may !== 'string') {
    for (const name of personaNames) {
      const persona = stage.personas[name];
      if (atTheDoor(route.may, persona) !== 'through') await look(persona, right);
    }
    await look(nobody, { ...right, headers: { ...right.headers, authorization: 'Bearer sotto_live_wrong' } }, 401);
    await look(able, { ...right, headers: { ...right.headers, authorization: 'Bearer sotto_live_wrong' } }, 400);
    await look(as, { ...right, headers: { ...right.headers, 'sec-fetch-site': 'cross-site' } }, crossSite(route));
  }
  const fresh = one.names ? await namesOf(trial, { as: asks, where: 'ours' }) : own;
  const answered = await look(asks, request(trial, fresh));
  if (route.method === 'GET') await crawlHead(trial, look, answered);
  if (answered.status !== one.ok && answered.code !== one.ok)
    trial.mistakes.push(`${named(answered)} is ${answered.status} and not ${one.ok}`);
}

/** HEAD bears what GET bears, and brings nothing. */
async function crawlHead({ mistakes }: Trial, look: Look, { as, asked, status }: Answered): Promise<void> {
  if (status >= 400) return;
  const head = await look(as, { ...asked, method: 'HEAD' }, status);
  if (head.body !== '') mistakes.push(`${named(head)} is answered with a body`);
}

/** A session's request of another media type is refused before it is read. */
function mayBe({ may }: Route, status: number): number {
  return typeof may === 'string' ? status : 403;
}

function crossSite({ method }: Route): number | undefined {
  return method === 'GET' ? undefined : 403;
}

/** With the one media type that the route takes. */
function typed({ form }: Route, { headers }: Asked): Record<string, string> {
  return { ...headers, 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' };
}

/** Every status that something behind the route can lead to. */
async function crawlBroken(trial: Trial, look: Look): Promise<void> {
  const { stage, route } = trial;
  const as = typeof route.may === 'string' ? nobody : stage.personas.key;
  const own = await namesOf(trial, { as: stage.personas.owner, where: 'ours' });
  const right = request(trial, own);
  const refuse = (code: ProblemCode) => () =>
    problem(code, 'Forced.', code === 'rate-limited' ? { retryAfterMs: 1_500 } : {});
  const rate: Rate = rates[route.limit];
  for (const code of rate.per === 'nobody' ? [] : forced) {
    await look(as, { ...right, broken: { at: 'admit', error: refuse(code) } }, problems[code].status);
  }
  const isCounted = rate.per !== 'nobody';
  await look(as, { ...right, broken: { at: 'admit', error: () => new Error('planted') } }, isCounted ? 500 : undefined);
  const asked = typeof route.may === 'string' ? undefined : { internal: 500, away: 503 };
  await look(as, { ...right, broken: { at: 'db', error: () => new Error('planted') } }, asked?.internal);
  await look(as, { ...right, broken: { at: 'db', error: refuse('database-unavailable') } }, asked?.away);
}

/** Methods that the path does not know. */
async function crawlMethods(trial: Trial, look: Look): Promise<void> {
  const { route, routes, stage } = trial;
  const url = route.path.replace(/:\w+/g, 'x');
  const known = new Set<string>(routes.filter(({ path }) => path === route.path).map(({ method }) => method));
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
    if (!known.has(method)) await look(stage.personas.owner, { method, url }, 405, null);
  }
}

/** Bytes that never become a request, and what each is answered with. */
const broken: readonly (readonly [say: string, bytes: string, status: number])[] = [
  ['no HTTP at all', 'HELLO\r\n\r\n', 400],
  ['a request without a host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['two hosts', 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
  ['two lengths', 'POST /api/v1/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  [
    'a length and a coding',
    'POST /api/v1/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a path that is none', 'GET /%ff%fe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
  ['a path that nobody declared', 'GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  ['a method that nobody knows', 'PROPFIND /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  ['an expectation', 'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: cake\r\nConnection: close\r\n\r\n', 400],
  ['headers that are too large', `GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['a request that does not end', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ', 408],
  [
    'a socket that nobody declared',
    'GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n',
    404,
  ],
];

/** Sends each on a connection of its own, all at once: one of them is answered only after ten seconds. */
export async function rawMistakes(port: number): Promise<string[]> {
  const found = await Promise.all(
    broken.map(async ([say, bytes, status]) => {
      const { answer } = await speak(port, bytes);
      const got = parsed(await answer);
      const code = /"code":"([a-z-]+)"/.exec(got.body)?.[1];
      const mistakes = bareHeaderMistakes({ ...got, cookies: [], code }, { isCut: true });
      if (got.status !== status) mistakes.push(`answered with ${got.status} and not ${status}`);
      if (code === undefined) mistakes.push('answered with something that is no problem document');
      return mistakes.map((mistake) => `${say}: ${mistake}`);
    }),
  );
  return found.flat();
}
