import { outside, Outside, Problem, problem, type Ctx, type HttpResponse, type Processor } from '#base';
import type { CarrierAccount } from '../carrier.ts';

/** Where a carrier's API is in this installation, and on whose behalf it is dialled. */
export type Api = { readonly id: string; readonly processor: Processor; readonly origin: string | undefined };

/** Wants the call changed; the form is that of `POST /2010-04-01/Accounts/{account}/Calls/{call}.json`. */
export type CallChange = {
  readonly account: CarrierAccount;
  readonly callId: string;
  readonly form: Readonly<Record<string, string>>;
};

const withinMs = 10_000;
/** `Call is not in-progress. Cannot redirect.` (twilio.com/docs/api/errors/21220) */
const notInProgress = 21_220;

/** The processor with the host of `origin` among those it may be dialled at. */
export function withHost(processor: Processor, origin: string | undefined): Processor {
  const host = origin && new URL(origin).host;
  if (!host || processor.hosts.includes(host)) return processor;
  return { ...processor, hosts: [...processor.hosts, host] };
}

/**
 * Changes a live call. Returns false when the call is already over. Throws Outside: `refused` for credentials or a
 * change the carrier does not take, `busy` when it asks to come back later, `unreachable` when nothing answered.
 */
export async function changeCall(http: Ctx['http'], api: Api, change: CallChange): Promise<boolean> {
  const response = await send(http, api, change);
  if (response.status >= 200 && response.status < 300) return true;
  if (response.status === 404 || errorCode(response) === notInProgress) return false;
  throw outside(api.id, response.status === 429 || response.status >= 500 ? 'busy' : 'refused');
}

/** What `redirect` throws for a call that is over. */
export function callOver(): Problem {
  return problem('call-not-known', 'The carrier has no such call in progress; it may have ended.');
}

async function send(http: Ctx['http'], api: Api, { account, callId, form }: CallChange): Promise<HttpResponse> {
  if (api.origin === undefined) throw outside(api.id, 'unreachable');
  const { accountSid, authToken } = account;
  const path = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Calls/${encodeURIComponent(callId)}.json`;
  const credentials = Buffer.from(`${accountSid}:${authToken.reveal()}`).toString('base64');
  try {
    return await http(withHost(api.processor, api.origin), {
      method: 'POST',
      url: api.origin + path,
      headers: { 'authorization': `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      withinMs,
    });
  } catch (error) {
    // A refusal of our own (host not listed, address blocked) is not the carrier's silence.
    if (error instanceof Problem || error instanceof Outside) throw error;
    throw outside(api.id, 'unreachable', { cause: error });
  }
}

function errorCode(response: HttpResponse): unknown {
  try {
    return (JSON.parse(response.body.toString('utf8')) as { code?: unknown } | null)?.code;
  } catch {
    return undefined;
  }
}
