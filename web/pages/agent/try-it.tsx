import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useCan } from '../../api/me.ts';
import { pageRoutes } from '../../routes.ts';
import { useWords } from '../../words/use-words.ts';

type Props = { readonly id: string; readonly isDirty: boolean };

/**
 * To the page where one calls this secretary: a load of its own, because only that page may use the microphone. A call is
 * led by what is saved, so it is offered once that is what is on screen.
 */
export function TryIt({ id, isDirty }: Props) {
  const say = useWords('agent');
  const isAllowed = useCan('calls:try');
  if (isDirty || !isAllowed || !pageRoutes.some(({ page }) => page === 'call')) return null;
  return (
    <Button
      component="a"
      href={`/call?agent=${encodeURIComponent(id)}`}
      variant="default"
      fullWidth
      mt="md"
      leftSection={<IconPhone size={16} aria-hidden />}
    >
      {say.tryIt}
    </Button>
  );
}
