import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

type Props = {
  readonly title: string;
  /** One sentence: what this page is for. */
  readonly about?: string;
  /** What can be done here, at the right of the title. */
  readonly actions?: ReactNode;
  /** `narrow` for what is read or filled in, `wide` for lists. */
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
};

/** The frame of every page: its title, what it is for, what can be done, and its content. */
export function PageFrame({ title, about, actions, width = 'wide', children }: Props) {
  useEffect(() => {
    document.title = `${title} · Sotto`;
  }, [title]);
  return (
    <Box maw={width === 'narrow' ? 760 : 1160} mx="auto">
      <Group justify="space-between" align="flex-end" mb="lg" gap="md">
        <Stack gap={4} flex="1 1 260px">
          <Title order={1} fz={{ base: 24, sm: 28 }} lh={1.2}>
            {title}
          </Title>
          {about !== undefined && (
            <Text c="dimmed" maw={620}>
              {about}
            </Text>
          )}
        </Stack>
        {actions}
      </Group>
      {children}
    </Box>
  );
}
