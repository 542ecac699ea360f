import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useWords } from '../../words/use-words.ts';

/** Asks before a page with unsaved changes is left, by a link, by "back", or by closing the tab. */
export function LeaveGuard({ isDirty }: { readonly isDirty: boolean }) {
  const { leave: say } = useWords('agent');
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && isElsewhere(current, next),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <Modal opened={isAsking} onClose={() => blocker.reset?.()} title={say.title} centered withCloseButton={false}>
      <Stack>
        <Text size="sm">{say.about}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
            {say.stay}
          </Button>
          <Button color="red.9" onClick={() => blocker.proceed?.()}>
            {say.leave}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type Place = { readonly pathname: string; readonly search: object };

function isElsewhere(current: Place, next: Place): boolean {
  return current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search);
}
