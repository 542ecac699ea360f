import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { useCan, useMe } from '../api/me.ts';
import { keyOf } from '../api/query.ts';

export type Person = { readonly id: string; readonly name: string };

/** Who belongs to the organisation, by name; nobody for who may not know. The first hundred: a select has no more room. */
export function usePeople(): readonly Person[] {
  const isAllowed = useCan('team:read');
  const given = { query: { limit: 100 } } as const;
  const { data } = useQuery({
    queryKey: keyOf('GET /api/v1/team', given),
    queryFn: () => api('GET /api/v1/team', given),
    enabled: isAllowed,
  });
  return (data?.items ?? []).map(({ id, name, email }) => ({ id, name: name ?? email ?? id }));
}

/** The same as a dictionary. */
export function useNames(): ReadonlyMap<string, string> {
  return new Map(usePeople().map(({ id, name }) => [id, name]));
}

/** The secretaries of the business. */
export function useAgents(): readonly Person[] {
  const isAllowed = useCan('agents:read');
  const { data } = useQuery({
    queryKey: keyOf('GET /api/v1/agents', undefined),
    queryFn: () => api('GET /api/v1/agents'),
    enabled: isAllowed,
  });
  return (data?.items ?? []).map(({ id, name }) => ({ id, name }));
}

/** The id under which calls are assigned to whoever uses the page; undefined while it is looked up. */
export function useOwnId(): string | undefined {
  const { organisation } = useMe();
  const { data } = useQuery({
    queryKey: keyOf('GET /api/v1/me', undefined),
    queryFn: () => api('GET /api/v1/me'),
    enabled: organisation !== undefined,
    staleTime: Infinity,
  });
  return data?.actor.replace(/^person:/, '');
}
