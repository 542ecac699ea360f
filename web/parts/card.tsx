import { Box, Group, Text, Title, type BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = BoxProps & {
  readonly title?: string;
  readonly about?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A sheet that holds things that belong together. */
export function Card({ title, about, actions, children, ...box }: Props) {
  return (
    <Box
      component="section"
      p={{ base: 'md', sm: 'lg' }}
      bg="var(--sotto-card)"
      bd="1px solid var(--sotto-line)"
      bdrs="lg"
      {...(title !== undefined && { 'aria-label': title })}
      {...box}
    >
      {title !== undefined && (
        <Group justify="space-between" align="flex-start" mb="md" gap="sm">
          <div>
            <Title order={2} fz={17}>
              {title}
            </Title>
            {about !== undefined && (
              <Text size="sm" c="dimmed" mt={2}>
                {about}
              </Text>
            )}
          </div>
          {actions}
        </Group>
      )}
      {children}
    </Box>
  );
}
