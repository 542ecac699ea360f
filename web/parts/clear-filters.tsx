import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

type Props = { readonly to: '/audit' | '/calls'; readonly label: string };

/** Back to the whole list. */
export function ClearFilters({ to, label }: Props) {
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconX size={15} aria-hidden />}
      renderRoot={(props) => <Link {...props} to={to} />}
    >
      {label}
    </Button>
  );
}
