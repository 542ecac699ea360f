import { Box, Group, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = { readonly title: string; readonly children: ReactNode };

/** Something that is not done yet and matters; no error. */
export function Notice({ title, children }: Props) {
  return (
    <Box p="md" bd="1px solid var(--sotto-line)" bdrs="md" bg="var(--mantine-color-body)">
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <IconInfoCircle
          size={20}
          stroke={1.8}
          aria-hidden
          color="var(--mantine-color-orange-6)"
          style={{ flex: 'none', marginTop: 1 }}
        />
        <Stack gap={8} align="flex-start" miw={0}>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          {children}
        </Stack>
      </Group>
    </Box>
  );
}
