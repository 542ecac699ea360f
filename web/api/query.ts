import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, apiVersioned, type AnswerOf, type RequestName, type Rest } from './client.ts';
import { isRefusal, Refusal } from './problem.ts';

/** How an answer is kept: the name of the request first, so that all answers of one request can be looked up again. */
export function keyOf(name: RequestName, given: unknown): readonly unknown[] {
  return [name, given ?? {}];
}

/** What the API answers, kept and looked up again when an event says so. While a page turns the old one stays. */
export function useApi<R extends RequestName>(name: R, ...rest: Rest<R>): UseQueryResult<AnswerOf<R>> {
  return useQuery({
    queryKey: keyOf(name, rest[0]),
    queryFn: () => api(name, ...rest),
    placeholderData: keepPreviousData,
  });
}

/** The same with its version, for what is going to be changed. Kept apart from `useApi`. */
export function useVersioned<R extends RequestName>(name: R, ...rest: Rest<R>) {
  return useQuery({ queryKey: [...keyOf(name, rest[0]), 'versioned'], queryFn: () => apiVersioned(name, ...rest) });
}

/** What could not be reached is tried again; what was refused is refused. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => isPassing(error) && count < 3,
        retryDelay: (count) => Math.min(1_000 * 2 ** count, 8_000),
      },
      mutations: { retry: false },
    },
  });
}

/** A failure that may be over in a moment. */
function isPassing(error: unknown): boolean {
  return isRefusal(error, 'unreachable') || (error instanceof Refusal && error.problem.status >= 502);
}
