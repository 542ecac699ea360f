import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useCan } from '../api/me.ts';
import { pageRoutes } from '../routes.ts';
import { useWords } from '../words/use-words.ts';

/** To the page where one talks with one's own secretary. A load of its own: only that page may use the microphone. */
export function CallButton() {
  const say = useWords('shell');
  const isAllowed = useCan('calls:try');
  const { pathname } = useLocation();
  // There the button of the page calls, and a load would end the call under way.
  if (pathname === '/call') return null;
  if (!isAllowed || !pageRoutes.some(({ page }) => page === 'call')) return null;
  return (
    <Button component="a" href="/call" size="sm" leftSection={<IconPhone size={16} aria-hidden />}>
      {say.callSecretary}
    </Button>
  );
}
