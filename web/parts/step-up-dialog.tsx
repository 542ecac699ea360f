import { Button, Center, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { api } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { useAction } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { ProblemView } from './problem-view.tsx';
import { SecondFactor, type Choices, type Shown } from './second-factor.tsx';
import { StepUpContext, type AskStepUp } from './step-up.tsx';

type Answer = (isShown: boolean) => void;

/** Lets everything inside ask for a second factor: one dialog, and whoever asked goes on once it was shown. */
export function StepUp({ children }: { readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const waiting = useRef<Answer[]>([]);
  const ask: AskStepUp = useCallback(() => {
    setOpen(true);
    return new Promise((resolve) => waiting.current.push(resolve));
  }, []);
  const answer: Answer = (isShown) => {
    setOpen(false);
    for (const one of waiting.current.splice(0)) one(isShown);
  };
  return (
    <StepUpContext value={ask}>
      {children}
      {isOpen && <Dialog onAnswer={answer} />}
    </StepUpContext>
  );
}

/** What can be shown, or that there is nothing yet. */
function Dialog({ onAnswer }: { readonly onAnswer: Answer }) {
  const say = useWords('secondFactor');
  const { close } = useWords('shell');
  const choices = useQuery({
    queryKey: ['POST /api/v1/session/fresh/choices'],
    queryFn: () => api('POST /api/v1/session/fresh/choices'),
    gcTime: 0,
    staleTime: Infinity,
  });
  const hasNone = choices.data && !choices.data.totp && !choices.data.passkey && !choices.data.recoveryCodes;
  return (
    <Modal
      opened
      centered
      onClose={() => onAnswer(false)}
      title={hasNone ? say.stepUp.none : say.stepUp.title}
      closeButtonProps={{ 'aria-label': close }}
    >
      {choices.data ? (
        hasNone ? (
          <NoneYet onAnswer={onAnswer} />
        ) : (
          <Asking choices={choices.data} onAnswer={onAnswer} refresh={() => void choices.refetch()} />
        )
      ) : choices.error ? (
        <ProblemView problem={problemOf(choices.error)} onRetry={() => void choices.refetch()} />
      ) : (
        <Center mih={120}>
          <Loader type="dots" />
        </Center>
      )}
    </Modal>
  );
}

type AskingProps = { readonly choices: Choices; readonly onAnswer: Answer; readonly refresh: () => void };

function Asking({ choices, onAnswer, refresh }: AskingProps) {
  const say = useWords('secondFactor');
  const action = useAction(
    async (shown: () => Promise<Shown>) => api('POST /api/v1/session/fresh', { body: await shown() }),
    { changes: ['me', 'GET /api/v1/session'], done: () => onAnswer(true) },
  );
  return (
    <Stack>
      <Text size="sm">{say.stepUp.about}</Text>
      <SecondFactor choices={choices} action={action} refresh={refresh} />
    </Stack>
  );
}

function NoneYet({ onAnswer }: { readonly onAnswer: Answer }) {
  const say = useWords('secondFactor');
  return (
    <Stack>
      <Text size="sm">{say.stepUp.noneAbout}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onAnswer(false)}>
          {say.stepUp.later}
        </Button>
        <Button component="a" href="/account?add=factor" data-autofocus>
          {say.stepUp.add}
        </Button>
      </Group>
    </Stack>
  );
}
