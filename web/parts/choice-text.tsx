import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { readonly title: string; readonly about: string; readonly more?: ReactNode };

/** What stands on a card that can be chosen: its name, what it means, and what is known of it. */
export function ChoiceText({ title, about, more }: Props) {
  return (
    <span>
      <Text component="span" size="sm" fw={550} display="block">
        {title}
      </Text>
      <Text component="span" size="sm" c="dimmed" display="block" lh={1.4}>
        {about}
      </Text>
      {more !== undefined && (
        <Text component="span" size="xs" c="dimmed" display="block" mt={4}>
          {more}
        </Text>
      )}
    </span>
  );
}
