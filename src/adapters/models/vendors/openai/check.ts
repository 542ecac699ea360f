import { Problem, type Ctx, type HttpResponse, type VendorCheck } from '#base';
import type { ModelAccess } from '../../speech.ts';
import { authorization, originOf, processorFor } from './api.ts';
import { isFields } from './fields.ts';

const withinMs = 10_000;

/**
 * What a key is worth: `GET /v1/models`, which every key may ask unless its permissions were restricted. Of a restricted
 * key the vendor says "missing scopes", with 401 or 403.
 */
export async function checkKey(
  { http, config }: Pick<Ctx, 'http' | 'config'>,
  access: ModelAccess,
): Promise<VendorCheck> {
  const url = `${originOf(config, access)}/v1/models`;
  try {
    return verdictOf(
      await http(processorFor(config), { method: 'GET', url, headers: authorization(access), withinMs }),
    );
  } catch (error) {
    // A refusal of our own: a host that is not listed, an address that may not be dialled.
    if (error instanceof Problem) throw error;
    return 'unreachable';
  }
}

function verdictOf({ status, body }: HttpResponse): VendorCheck {
  const { code, message } = errorIn(body);
  if (status === 200) return code === undefined ? 'ok' : 'not-understood';
  if (status === 403 || code === 'missing_scope' || /missing scopes|insufficient permissions/i.test(message)) {
    return 'no-permission';
  }
  if (status === 401) return code === 'account_deactivated' ? 'not-active' : 'key-refused';
  return verdictOfTrouble(status, code);
}

function verdictOfTrouble(status: number, code: string | undefined): VendorCheck {
  if (code === 'insufficient_quota' || code === 'billing_hard_limit_reached') return 'no-funds';
  return status === 408 || status === 429 || status >= 500 ? 'busy' : 'not-understood';
}

/** The error in an answer. A list of models has none; what is no JSON is no answer of the vendor's. */
function errorIn(body: Buffer): { readonly code: string | undefined; readonly message: string } {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    if (isFields(answer) && Array.isArray(answer['data'])) return { code: undefined, message: '' };
    const error = isFields(answer) ? answer['error'] : undefined;
    if (isFields(error)) return { code: word(error['code']), message: word(error['message']) };
  } catch {
    // Falls through: a proxy's page, for instance.
  }
  return { code: '', message: '' };
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
