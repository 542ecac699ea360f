import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ProblemDocument } from '../api/problem.ts';
import { useWords } from '../words/use-words.ts';

type Props = {
  readonly problem: ProblemDocument | undefined;
  readonly onRetry?: (() => void) | undefined;
};

/** What went wrong and what to do next. Nothing when nothing did. */
export function ProblemView({ problem, onRetry }: Props) {
  const say = useWords('shell');
  if (!problem) return null;
  const own = say.problems[problem.code];
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={own?.title ?? problem.title}
    >
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text size="sm">{own?.detail ?? problem.detail}</Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {say.tryAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
