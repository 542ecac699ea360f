import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useCan } from '../../api/me.ts';
import { pageRoutes } from '../../routes.ts';
import { useWords } from '../../words/use-words.ts';

/** To the page where one calls the secretary: a load of its own, because only that page may use the microphone. */
export function TryIt() {
  const say = useWords('agent');
  const isAllowed = useCan('calls:try');
  if (!isAllowed || !pageRoutes.some(({ page }) => page === 'call')) return null;
  return (
    <Button component="a" href="/call" variant="default" leftSection={<IconPhone size={16} aria-hidden />}>
      {say.tryIt}
    </Button>
  );
}
