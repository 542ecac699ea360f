import { Alert, Box, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ProblemDocument } from '../../api/problem.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';

type Props = {
  /** Who may not change it is told so, and gets no buttons. */
  readonly isAllowed: boolean;
  readonly isDirty: boolean;
  readonly isRunning: boolean;
  readonly problem: ProblemDocument | undefined;
  /** What the change will do. */
  readonly outlook?: ReactNode;
  readonly save: string;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** Shows what somebody else made of it. */
  readonly onReload: () => void;
  readonly isWrong?: boolean;
};

/** The end of a card that can be changed: what a change will do, the buttons once there is one, and what came of it. */
export function CardFoot(props: Props) {
  const { isAllowed, isDirty, problem, outlook, onReload } = props;
  const say = useWords('settings');
  if (!isAllowed) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        {say.readOnly}
      </Text>
    );
  }
  return (
    <Box mt={isDirty || problem ? 'md' : 0} aria-live="polite">
      {problem && (
        <Box mb="sm">
          {problem.code === 'changed-meanwhile' ? <Meanwhile onReload={onReload} /> : <ProblemView problem={problem} />}
        </Box>
      )}
      {isDirty && outlook}
      {isDirty && <Buttons {...props} />}
    </Box>
  );
}

function Meanwhile({ onReload }: Pick<Props, 'onReload'>) {
  const { meanwhile: say } = useWords('settings');
  return (
    <Alert role="alert" color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />} title={say.title}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">{say.about}</Text>
        <Button size="xs" variant="default" onClick={onReload}>
          {say.show}
        </Button>
      </Group>
    </Alert>
  );
}

function Buttons({ isRunning, isWrong = false, save, onSave, onDiscard }: Props) {
  const say = useWords('settings');
  return (
    <Group gap="xs" mt="md">
      <Button onClick={onSave} loading={isRunning} disabled={isWrong}>
        {save}
      </Button>
      <Button variant="default" onClick={onDiscard} disabled={isRunning}>
        {say.discard}
      </Button>
    </Group>
  );
}
