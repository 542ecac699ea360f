import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, type AnswerOf } from './client.ts';
import { keyOf } from './query.ts';

export type Promises = AnswerOf<'GET /trust/claims.json'>;
export type Claim = Promises['claims'][number];

/** Where every promise stands. Looked up again now and then: a promise breaks without anybody touching a page. */
export function usePromises(): UseQueryResult<Promises> {
  return useQuery({
    queryKey: keyOf('GET /trust/claims.json', undefined),
    queryFn: () => api('GET /trust/claims.json'),
    refetchInterval: 60_000,
  });
}

/** Statuses of promises that are not being kept. */
export const brokenStatuses: readonly Claim['status'][] = ['failing', 'overdue', 'attestation-expired'];

/** How many promises are not being kept now; 0 while nobody knows. */
export function useBrokenPromises(): number {
  const { data } = usePromises();
  return data?.claims.filter(({ status }) => brokenStatuses.includes(status)).length ?? 0;
}
