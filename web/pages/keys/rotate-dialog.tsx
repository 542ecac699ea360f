import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { ApiKey } from './page.tsx';

type Props = {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
};

/** How long the secret before may go on working. */
const choices = [24, 168, 1, 0] as const;

/** Gives a key another secret, with time to change over. */
export function RotateDialog({ apiKey: { id, name }, onClose, onMade }: Props) {
  const say = useWords('keys').rotating;
  const shell = useWords('shell');
  const [hours, setHours] = useState('24');
  const action = useAction(
    (keepOldForHours: number) => api('POST /api/v1/keys/{id}/rotate', { params: { id }, body: { keepOldForHours } }),
    { changes: ['GET /api/v1/keys'], done: ({ key }) => onMade(key) },
  );
  return (
    <Modal opened onClose={onClose} title={say.title(name)} centered closeButtonProps={{ 'aria-label': shell.close }}>
      <Stack>
        <Text size="sm">{say.about}</Text>
        <Radio.Group label={say.keep} value={hours} onChange={setHours}>
          <Stack gap="xs" mt={6}>
            {choices.map((one) => (
              <Radio key={one} value={String(one)} label={say.hours[one]} />
            ))}
          </Stack>
        </Radio.Group>
        <ProblemView problem={action.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button loading={action.isRunning} onClick={() => void action.run(Number(hours))}>
            {say.verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
