import type { Ctx, HttpResponse } from '#base';
import type { CarrierAccount, Erasing } from '../carrier.ts';
import { parse, replyOf, send, type Question } from './ask.ts';
import type { Api } from './rest.ts';

/** `Cannot delete this resource before it is complete`; in rare cases that takes 14 days (twilio.com/docs/api/errors/20009). */
const notComplete = 20_009;
/** `Account is not active`: suspended, or without funds (twilio.com/docs/api/errors/10001 and 20005). */
const notActive: readonly unknown[] = [10_001, 20_005];

/** A list as Twilio answers it: under which key, how the names in it begin, and which field says whose they are. */
export type List = { readonly key: string; readonly begins: string; readonly owner: string };

/** What ends a look before everything has been seen. */
export class Halt extends Error {
  readonly because: Pick<Erasing, 'result' | 'retryAfterMs'>;
  constructor(because: Pick<Erasing, 'result' | 'retryAfterMs'>) {
    super(because.result);
    this.because = because;
  }
}

/** Looks and deletes in one account, and keeps count. Whatever is not as expected ends the look with `Halt`. */
export type Eraser = {
  /**
   * The names in a list that was filtered by its owner. One that belongs to another owner ends the look: a server that
   * does not heed the filter is not one to delete at.
   */
  list(path: string, list: List, owner: string): Promise<readonly string[]>;
  /** The same of a list that is part of something which may be gone, and is empty then. */
  listWithin(path: string, list: List, owner: string): Promise<readonly string[]>;
  has(path: string): Promise<boolean>;
  /** What is gone already is fine. */
  remove(path: string): Promise<void>;
  /** How many deletions were taken, and the last status. */
  seen(): Pick<Erasing, 'removed' | 'status'>;
};

export function openEraser(http: Ctx['http'], api: Api, account: CarrierAccount): Eraser {
  const seen = { removed: 0, status: undefined as number | undefined };
  const ask = async (question: Omit<Question, 'account'>): Promise<HttpResponse> => {
    const answer = await send(http, api, { account, ...question });
    seen.status = answer?.status;
    if (!answer) throw new Halt({ result: 'unreachable' });
    if (answer.status < 300 || isMissing(answer)) return answer;
    throw haltBy(answer);
  };
  const list = async (path: string, { key, begins, owner }: List, of: string) => {
    const answer = await ask({ path });
    if (answer.status === 404) return undefined;
    const found = (parse(answer.body) as Record<string, unknown> | undefined)?.[key];
    if (!Array.isArray(found)) throw new Halt({ result: 'not-understood' });
    return found.map((one: Record<string, unknown> | null) => {
      const name = one?.['sid'];
      const isName = typeof name === 'string' && name.startsWith(begins) && /^[0-9A-Za-z]{2,64}$/.test(name);
      if (!isName || one?.[owner] !== of) throw new Halt({ result: 'not-understood' });
      return name;
    });
  };
  return {
    async list(path, ...which) {
      const found = await list(path, ...which);
      // A list of the account itself is there as long as the account is.
      if (!found) throw new Halt({ result: 'key-refused' });
      return found;
    },
    listWithin: async (path, ...which) => (await list(path, ...which)) ?? [],
    has: async (path) => (await ask({ path })).status !== 404,
    async remove(path) {
      const { status } = await ask({ path, method: 'DELETE' });
      if (status !== 404) seen.removed += 1;
    },
    seen: () => ({ ...seen }),
  };
}

/** 20404 alone says that something is not there: any other 404 may be somebody else who answers. */
function isMissing({ status, body }: HttpResponse): boolean {
  return status === 404 && codeIn(body) === 20_404;
}

function haltBy(answer: HttpResponse): Halt {
  const code = codeIn(answer.body);
  if (code === notComplete) return new Halt({ result: 'too-early' });
  if (notActive.includes(code)) return new Halt({ result: 'not-active' });
  const { result } = replyOf(answer);
  // A 404 without Twilio's own code says nothing of the account either.
  if (result === 'ok' || answer.status === 404) return new Halt({ result: 'not-understood' });
  return new Halt({ result, ...retryAfter(answer) });
}

/** Seconds, as Twilio gives them (twilio.com/docs/api/errors/20429). */
function retryAfter({ headers }: HttpResponse): { readonly retryAfterMs?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.ceil(seconds * 1_000) } : {};
}

function codeIn(body: Buffer): unknown {
  return (parse(body) as { code?: unknown } | undefined)?.code;
}
