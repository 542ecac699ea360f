import { Anchor, Center, Loader, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { useAction } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { ProblemView } from './problem-view.tsx';
import { SecondFactor, type Shown } from './second-factor.tsx';

type Props = {
  /** What the first factor was answered with. */
  readonly pending: string;
  readonly onDone: () => void;
};

/** Ends a sign-in by its second factor. */
export function PendingFactor({ pending, onDone }: Props) {
  const say = useWords('signIn');
  const choices = useQuery({
    queryKey: ['POST /api/v1/sign-in/second-factor/choices', pending],
    queryFn: () => api('POST /api/v1/sign-in/second-factor/choices', { body: { pending } }),
    gcTime: 0,
    staleTime: Infinity,
  });
  const action = useAction(
    async (shown: () => Promise<Shown>) =>
      api('POST /api/v1/sign-in/second-factor', { body: { pending, ...(await shown()) } }),
    { changes: [], done: onDone },
  );
  const over = choices.error ? problemOf(choices.error) : isOver(action.problem?.code) ? action.problem : undefined;
  if (over) {
    return (
      <Stack>
        <ProblemView problem={over} />
        <Anchor href="/sign-in">{say.title}</Anchor>
      </Stack>
    );
  }
  if (!choices.data) {
    return (
      <Center mih={160}>
        <Loader type="dots" />
      </Center>
    );
  }
  return <SecondFactor choices={choices.data} action={action} refresh={() => void choices.refetch()} />;
}

function isOver(code: string | undefined): boolean {
  return code === 'sign-in-expired' || code === 'sign-in-needed';
}
