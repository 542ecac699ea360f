import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Draft } from './use-draft.ts';

/** Stays in sight while something is not saved; says what keeps it from being. */
export function SaveBar({ draft }: { readonly draft: Draft }) {
  const { save: say } = useWords('agent');
  const { isDirty, saving, mistakes, discard } = draft;
  if (!isDirty) return null;
  const wrong = new Set(mistakes.map(({ at }) => at.split('/')[1])).size;
  const isOther = saving.problem !== undefined && wrong === 0;
  return (
    <Box
      component="section"
      pos="sticky"
      bottom={0}
      mt="lg"
      py="sm"
      bg="var(--mantine-color-body)"
      style={bar}
      aria-label={say.unsaved}
    >
      <Stack gap="xs">
        {isOther && <ProblemView problem={saving.problem} />}
        <Group justify="space-between" gap="sm">
          <Text
            size="sm"
            fw={550}
            c={wrong > 0 ? 'var(--mantine-color-error)' : 'var(--mantine-color-text)'}
            aria-live="polite"
          >
            {wrong > 0 ? say.wrong(wrong) : say.unsaved}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={discard} disabled={saving.isRunning}>
              {say.discard}
            </Button>
            <Button onClick={() => void saving.run()} loading={saving.isRunning}>
              {say.save}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Box>
  );
}

const bar = { borderBlockStart: '1px solid var(--sotto-line)', zIndex: 10 } as const;
