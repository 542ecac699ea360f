import { Refusal, type ProblemDocument } from './problem.ts';
import type { Api } from './schema.gen.ts';

/** A request of the API by its name: `GET /api/v1/calls/{id}`. */
export type RequestName = keyof Api;

/** What a request takes: `params`, `query`, `body`, and the `version` that is being changed. */
export type Given<R extends RequestName> = Omit<Api[R], 'answer'>;

/** What it answers. */
export type AnswerOf<R extends RequestName> = Api[R]['answer'];

type Loose = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly version?: string;
};

/** The arguments after the name: none where nothing is needed. */
export type Rest<R extends RequestName> =
  Record<never, never> extends Given<R> ? [given?: Given<R>] : [given: Given<R>];

/** Asks the API. Throws `Refusal` with the problem document; `unreachable` when nothing answered. */
export async function api<R extends RequestName>(name: R, ...[given]: Rest<R>): Promise<AnswerOf<R>> {
  return (await exchange(name, given ?? {})).json as AnswerOf<R>;
}

/** The same, with the version (ETag) of what was answered: a change of it names that version. */
export async function apiVersioned<R extends RequestName>(
  name: R,
  ...[given]: Rest<R>
): Promise<{ readonly json: AnswerOf<R>; readonly version: string }> {
  const { json, version } = await exchange(name, given ?? {});
  return { json: json as AnswerOf<R>, version };
}

async function exchange(name: string, given: Loose): Promise<{ readonly json: unknown; readonly version: string }> {
  const [method = 'GET', path = '/'] = name.split(' ');
  const answer = await sent(method, urlOf(path, given), given);
  const version = answer.headers.get('etag') ?? '';
  if (answer.status === 204) return { json: undefined, version };
  const json: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return { json, version };
  throw new Refusal(isProblemDocument(json) ? json : unreachable(answer.status));
}

async function sent(method: string, url: string, { body, version }: Loose): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': version }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refusal(unreachable(0));
  }
}

function urlOf(path: string, { params = {}, query = {} }: Loose): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const words = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(words.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

function isProblemDocument(json: unknown): json is ProblemDocument {
  return typeof json === 'object' && json !== null && 'code' in json && 'detail' in json;
}

/** Nothing answered, or something that is not the product. Its words are the page's. */
function unreachable(status: number): ProblemDocument {
  return { code: 'unreachable', title: '', status, detail: '' };
}
