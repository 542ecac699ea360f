import { Box } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { problemOf } from '../api/problem.ts';
import { ProblemView } from '../parts/problem-view.tsx';

/** In the place of a page that broke; the rest stays. */
export function Broken({ error }: ErrorComponentProps) {
  return (
    <Box maw={760} mx="auto" p="md">
      <ProblemView problem={problemOf(error)} onRetry={() => location.reload()} />
    </Box>
  );
}
