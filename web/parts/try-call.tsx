import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useMe } from '../api/me.ts';
import { pageRoutes } from '../routes.ts';

/** To the page where one talks with one's own secretary; absent for who may not. A load of its own: it wants the microphone. */
export function TryCall({ label }: { readonly label: string }) {
  const { grants } = useMe();
  if (grants['calls:try'] === undefined || !pageRoutes.some(({ page }) => page === 'call')) return null;
  return (
    <Button component="a" href="/call" mt="sm" leftSection={<IconPhone size={16} aria-hidden />}>
      {label}
    </Button>
  );
}
