import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '../api/problem.ts';
import { useWords } from '../words/use-words.ts';
import { ProblemView } from './problem-view.tsx';

type Props<T> = {
  readonly query: UseQueryResult<T>;
  /** How many grey lines stand where the answer will be. */
  readonly lines?: number;
  readonly children: (answer: T) => ReactNode;
};

/** What a query answered; until then its outline, and when it was refused why. An answer that is there stays on screen. */
export function Loaded<T>({ query, lines = 4, children }: Props<T>) {
  const say = useWords('shell');
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error) return <ProblemView problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <Stack gap="sm" aria-busy="true">
      <span className="aloud">{say.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={18} width={`${90 - ((line * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
