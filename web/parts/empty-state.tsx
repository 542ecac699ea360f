import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

type Props = {
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>;
  /** What is not here yet. */
  readonly title: string;
  /** What will be here, and how to get the first one. */
  readonly children: ReactNode;
  /** The one thing to do next. */
  readonly action?: ReactNode;
  /** 1 where this is all there is on the page. */
  readonly heading?: 1 | 2;
};

/** A place where nothing is yet, and how to fill it. */
export function EmptyState({ icon: Icon, title, children, action, heading = 2 }: Props) {
  return (
    <Stack align="center" ta="center" py={48} px="md" gap="xs">
      <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={heading} fz={18} mt="xs">
        {title}
      </Title>
      <Text c="dimmed" maw={440}>
        {children}
      </Text>
      {action}
    </Stack>
  );
}
