import type { Query } from '@tanstack/react-query';
import type { Change } from './pace.ts';

/** Which requests show which kind of thing, by the beginning of their path. */
const paths: Readonly<Record<string, readonly string[]>> = {
  'agent': ['/api/v1/agents', '/api/v1/setup'],
  'api-key': ['/api/v1/keys'],
  'appointment': ['/api/v1/appointments', '/api/v1/today'],
  'call': ['/api/v1/calls', '/api/v1/today', '/api/v1/setup'],
  'claims': ['/trust', '/api/v1/trust', '/api/v1/claims'],
  'credential': ['/api/v1/credentials', '/api/v1/lines', '/api/v1/agent-options', '/api/v1/setup'],
  'erasure': ['/api/v1/erasures'],
  'hold': ['/api/v1/holds', '/api/v1/erasures'],
  'invitation': ['/api/v1/invitations', '/api/v1/setup'],
  'lead': ['/api/v1/leads', '/api/v1/today'],
  'line': ['/api/v1/lines', '/api/v1/setup'],
  'message': ['/api/v1/messages', '/api/v1/today'],
  'organisation': ['me', '/api/v1/organisation', '/api/v1/keeping', '/api/v1/purposes', '/api/v1/setup'],
  'person': ['/api/v1/team', '/api/v1/setup'],
  'recording': ['/api/v1/calls'],
};

/**
 * Whether an answer that is kept shows one of these. An answer about one thing is about that one alone; what came of a
 * call is told by the call as well.
 */
export function showsAny({ queryKey }: Pick<Query, 'queryKey'>, kind: string, ids: ReadonlySet<string>): boolean {
  const [name, given] = queryKey;
  const path = String(name).split(' ').at(-1) ?? '';
  if (!(paths[kind] ?? []).some((one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}.`))) {
    return false;
  }
  const id = idIn(given);
  return id === undefined || kind === 'recording' || ids.has(id);
}

/** The id in a path such as `/api/v1/calls/{id}`. */
function idIn(given: unknown): string | undefined {
  const { params } = (given ?? {}) as { readonly params?: { readonly id?: string } };
  return params?.id;
}

export function isChange(data: unknown): data is Change {
  return typeof data === 'object' && data !== null && 'kind' in data && 'id' in data;
}
