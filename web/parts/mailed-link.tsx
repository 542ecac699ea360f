import { Anchor, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { EntryFrame } from './entry-frame.tsx';
import { PendingFactor } from './pending-factor.tsx';
import { ProblemView } from './problem-view.tsx';
import { takeFromHash } from './take-from-hash.ts';

type Answer = { readonly state: 'signed-in' | 'second-factor'; readonly pending?: string | undefined };

type Props = {
  readonly title: string;
  readonly about: string;
  readonly submit: string;
  /** Where another link comes from, and what that is called. */
  readonly another: readonly [path: string, label: string];
  readonly use: (token: string) => Promise<Answer>;
};

/**
 * What a mailed link leads to. The scanners of mailboxes open every link, so opening does nothing: somebody has to press
 * the button. Then the second factor, where one is due.
 */
export function MailedLink({ title, about, submit, another, use }: Props) {
  const say = useWords('signIn');
  const factor = useWords('secondFactor');
  const [token] = useState(() => takeFromHash());
  const [pending, setPending] = useState<string>();
  const goOn = () => location.replace('/');
  const action = useAction(use, {
    changes: [],
    done: ({ state, pending: waits }) => (state === 'second-factor' && waits ? setPending(waits) : goOn()),
  });
  const [path, label] = another;
  if (token === undefined) {
    return (
      <EntryFrame title={say.mailed.none} about={say.mailed.noneAbout}>
        <Anchor href={path}>{label}</Anchor>
      </EntryFrame>
    );
  }
  if (pending !== undefined) {
    return (
      <EntryFrame title={factor.title} below={<Anchor href="/sign-in">{factor.startAgain}</Anchor>}>
        <PendingFactor pending={pending} onDone={goOn} />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={title} about={about}>
      <Stack>
        <ProblemView problem={action.problem} />
        {action.problem?.code === 'link-expired' ? (
          <Anchor href={path}>{label}</Anchor>
        ) : (
          <Button size="md" loading={action.isRunning} onClick={() => void action.run(token)}>
            {submit}
          </Button>
        )}
      </Stack>
    </EntryFrame>
  );
}
