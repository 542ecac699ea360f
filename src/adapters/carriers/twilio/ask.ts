import { Problem, type Ctx, type HttpResponse, type VendorCheck } from '#base';
import type { CarrierAccount } from '../carrier.ts';
import { withHost, type Api } from './rest.ts';

const withinMs = 10_000;

/** A request to the account's part of the API; with a form it changes something. `path` begins behind the account. */
export type Question = {
  readonly account: CarrierAccount;
  readonly path: string;
  /** Default: POST with a form, GET without. */
  readonly method?: 'DELETE';
  readonly form?: Readonly<Record<string, string>>;
};

/** What came of a request: the answer when it was one of success, else what that says of the account. */
export type Reply =
  | { readonly result: 'ok'; readonly body: unknown }
  | { readonly result: Exclude<VendorCheck, 'ok'>; readonly status: number | undefined };

/**
 * Asks `/2010-04-01/Accounts/{account}…` with basic authentication and tells the kinds of trouble apart. Throws our own
 * refusals alone: a host that is not listed, an address that may not be dialled.
 */
export async function askApi(http: Ctx['http'], api: Api, question: Question): Promise<Reply> {
  const answer = await send(http, api, question);
  return answer ? replyOf(answer) : { result: 'unreachable', status: undefined };
}

/** The bare answer; undefined when there was none. Throws as `askApi` does. */
export async function send(http: Ctx['http'], api: Api, question: Question): Promise<HttpResponse | undefined> {
  if (api.origin === undefined) return undefined;
  const { account, path, form, method = form ? 'POST' : 'GET' } = question;
  const credentials = Buffer.from(`${account.accountSid}:${account.authToken.reveal()}`).toString('base64');
  const url = `${api.origin}/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}${path}`;
  const headers = { authorization: `Basic ${credentials}` };
  try {
    return await http(withHost(api.processor, api.origin), {
      method,
      url,
      headers: form ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
      ...(form && { body: new URLSearchParams(form).toString() }),
      withinMs,
    });
  } catch (error) {
    if (error instanceof Problem) throw error;
    return undefined;
  }
}

/** What an answer says of the account. */
export function replyOf({ status, body }: HttpResponse): Reply {
  if (status === 200) {
    const parsed = parse(body);
    return parsed === undefined ? { result: 'not-understood', status } : { result: 'ok', body: parsed };
  }
  // A wrong token, or the token of another account, is 401 (error 20003).
  if (status === 401 || status === 404) return { result: 'key-refused', status };
  if (status === 403) return { result: 'no-permission', status };
  const isBusy = status === 408 || status === 429 || status >= 500;
  return { result: isBusy ? 'busy' : 'not-understood', status };
}

/** The JSON of an answer; undefined when it is none. */
export function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) ?? undefined;
  } catch {
    return undefined;
  }
}
