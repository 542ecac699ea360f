import type { Conversation, Sent, Vendor } from './model-wire.ts';

/* The wire of OpenAI as far as keeping is concerned. Source: platform.openai.com/docs/api-reference, `responses/create`
 * (`store`) and `realtime-client-events/session/update` (`tracing`: null = off, fixed once it is on). */

type Message = { readonly type?: unknown; readonly store?: unknown; readonly session?: { readonly tracing?: unknown } };

export const openaiVendor: Vendor = {
  accept: (message) =>
    read(message).type === 'session.update' ? '{"type":"session.updated","session":{}}' : undefined,
  refuse: () =>
    JSON.stringify({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'invalid_value', event_id: 'setup', message: '' },
    }),
};

/** What was sent without saying that nothing is to be kept, or saying the contrary; in fixed words, one for each message. */
export function keptByOpenai({ requests, conversations }: Sent): readonly string[] {
  return [
    ...requests.filter((body) => read(body).store !== false).map(() => 'a text request lets itself be stored'),
    ...conversations.flatMap(keptOf),
  ];
}

/** Until the vendor has agreed nothing may be said; after that nothing may be changed. */
function keptOf({ before, after }: Conversation): readonly string[] {
  const open = before.filter((message) => !isSetUp(message) || read(message).session?.tracing !== null);
  const later = after.filter(
    (message) => (read(message).session?.tracing ?? null) !== null || (read(message).store ?? false) !== false,
  );
  return [
    ...open.map(() => 'a conversation begins before tracing is off'),
    ...later.map(() => 'a conversation is traced or stored from its middle on'),
  ];
}

function isSetUp(message: string): boolean {
  return read(message).type === 'session.update';
}

/** A message that is no JSON object says nothing. */
function read(message: string): Message {
  try {
    const parsed: unknown = JSON.parse(message);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
