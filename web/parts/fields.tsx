import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  readonly title: string;
  readonly about?: string | undefined;
  readonly children: ReactNode;
};

/** Things to fill in or to choose that belong together. */
export function Fields({ title, about, children }: Props) {
  return (
    <Box component="fieldset" bd={0} p={0} m={0} miw={0}>
      <Text component="legend" fw={600} p={0}>
        {title}
      </Text>
      {about !== undefined && (
        <Text size="sm" c="dimmed" mb="sm">
          {about}
        </Text>
      )}
      {children}
    </Box>
  );
}
