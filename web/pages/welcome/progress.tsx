import { Box, Group, Text } from '@mantine/core';
import { useWords } from '../../words/use-words.ts';

type Props = { readonly step: number };

/** Which of the steps this is. */
export function Progress({ step }: Props) {
  const say = useWords('welcome');
  return (
    <Box mb="lg">
      <Text size="sm" c="dimmed" fw={500} className="numbers">
        {say.step(step + 1, say.steps.length)}
      </Text>
      <Group gap={6} mt={8} grow aria-hidden>
        {say.steps.map((name, at) => (
          <Box
            key={name}
            h={4}
            bdrs="xl"
            bg={at <= step ? 'var(--mantine-primary-color-filled)' : 'var(--sotto-line)'}
          />
        ))}
      </Group>
    </Box>
  );
}
