import { Outside, Problem } from '#base';
import type { SpeechLoss } from '../../../speech.ts';
import type { ApiError } from './server-event.ts';

/**
 * Words of the vendor that may be written into the log, and what they mean for a session: undefined = it goes on.
 * The fact sheet lists none for the Realtime API; these were seen in public reports of it and in the REST API.
 */
const codes: ReadonlyMap<string, SpeechLoss | undefined> = new Map<string, SpeechLoss | undefined>([
  ['invalid_api_key', 'key-refused'],
  ['incorrect_api_key', 'key-refused'],
  ['account_deactivated', 'key-refused'],
  ['insufficient_quota', 'quota'],
  ['billing_hard_limit_reached', 'quota'],
  ['rate_limit_exceeded', 'quota'],
  ['session_expired', 'expired'],
  ['model_not_found', 'refused'],
  ['server_error', 'failed'],
  ['conversation_already_has_active_response', undefined],
  ['response_cancel_not_active', undefined],
  ['invalid_value', undefined],
  ['unknown_parameter', undefined],
  ['missing_required_parameter', undefined],
  ['item_truncate_invalid_item_id', undefined],
]);

const types: ReadonlyMap<string, SpeechLoss> = new Map<string, SpeechLoss>([
  ['authentication_error', 'key-refused'],
  ['permission_error', 'key-refused'],
  ['insufficient_quota', 'quota'],
  ['rate_limit_error', 'quota'],
  ['server_error', 'failed'],
]);

type Words = Pick<ApiError, 'code' | 'type'>;

/** What an error does to the session; undefined when it goes on, as it does after most. */
export function lossOf({ code, type }: Words): SpeechLoss | undefined {
  return codes.has(code) ? codes.get(code) : types.get(type);
}

/** The error's code as a word for the log; a word we do not know stays out of it. */
export function wordOf({ code, type }: Words): string {
  return codes.has(code) ? code : types.has(type) ? type : 'other';
}

/** Why a socket could not be opened. */
export function lossOfOpening(error: unknown): SpeechLoss {
  // Our own refusal: a host that is not listed, an address that may not be dialled.
  if (error instanceof Problem) return 'refused';
  const status = error instanceof Outside ? statusOf(error.cause) : undefined;
  if (status === 401 || status === 403) return 'key-refused';
  if (status === 429) return 'quota';
  if (status === undefined) return 'unreachable';
  return status === 408 || status >= 500 ? 'failed' : 'refused';
}

function statusOf(cause: unknown): number | undefined {
  const status = (cause as { status?: unknown } | undefined)?.status;
  return typeof status === 'number' ? status : undefined;
}
