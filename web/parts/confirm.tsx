import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Action } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { ProblemView } from './problem-view.tsx';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A question: "Remove Ana from the team?" */
  readonly title: string;
  /** What will be lost, by its name. */
  readonly children: ReactNode;
  /** The verb of the title, on the button. */
  readonly verb: string;
  readonly action: Action<void>;
};

/** Asks before something is lost. It says what; nothing happens without the second press. */
export function Confirm({ opened, onClose, title, children, verb, action }: Props) {
  const say = useWords('shell');
  const close = () => {
    action.forget();
    onClose();
  };
  const go = async () => {
    if (await action.run()) close();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} centered closeButtonProps={{ 'aria-label': say.close }}>
      <Stack>
        <Text component="div" size="sm">
          {children}
        </Text>
        <ProblemView problem={action.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {say.cancel}
          </Button>
          <Button color="red.9" loading={action.isRunning} onClick={() => void go()}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
