import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '../parts/empty-state.tsx';
import { useWords } from '../words/use-words.ts';

export function NotFound() {
  const { notFound } = useWords('shell');
  return (
    <main>
      <EmptyState
        icon={IconMapQuestion}
        title={notFound.title}
        heading={1}
        action={
          <Button component="a" href="/" mt="sm">
            {notFound.home}
          </Button>
        }
      >
        {notFound.about}
      </EmptyState>
    </main>
  );
}
