import { Problem, type Ctx, type HttpResponse, type VendorCheck } from '#base';
import type { CarrierAccount } from '../carrier.ts';
import { withHost, type Api } from './rest.ts';

const withinMs = 10_000;

/**
 * What an account is worth: `GET /2010-04-01/Accounts/{account}.json`, which tells whether it is active. A wrong token,
 * or the token of another account, is 401 (error 20003).
 */
export async function checkAccount(
  http: Ctx['http'],
  api: Api,
  { accountSid, authToken }: CarrierAccount,
): Promise<VendorCheck> {
  if (api.origin === undefined) return 'unreachable';
  const credentials = Buffer.from(`${accountSid}:${authToken.reveal()}`).toString('base64');
  const url = `${api.origin}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}.json`;
  const headers = { authorization: `Basic ${credentials}` };
  try {
    return verdictOf(await http(withHost(api.processor, api.origin), { method: 'GET', url, headers, withinMs }));
  } catch (error) {
    // A refusal of our own: a host that is not listed, an address that may not be dialled.
    if (error instanceof Problem) throw error;
    return 'unreachable';
  }
}

function verdictOf({ status, body }: HttpResponse): VendorCheck {
  if (status === 200) {
    const state = stateIn(body);
    if (state === undefined) return 'not-understood';
    return state === 'active' ? 'ok' : 'not-active';
  }
  if (status === 401 || status === 404) return 'key-refused';
  if (status === 403) return 'no-permission';
  return status === 408 || status === 429 || status >= 500 ? 'busy' : 'not-understood';
}

/** `active`, `suspended` or `closed`. */
function stateIn(body: Buffer): string | undefined {
  try {
    const { status } = JSON.parse(body.toString('utf8')) as { status?: unknown };
    return typeof status === 'string' ? status : undefined;
  } catch {
    return undefined;
  }
}
