import { Anchor, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/query.ts';
import { Command } from '../../parts/command.tsx';
import { EntryFrame } from '../../parts/entry-frame.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { SignUpForm } from './sign-up-form.tsx';

/** Signing up: a mailed link ends it. */
export default function SignUp() {
  const say = useWords('signIn');
  const methods = useApi('GET /api/v1/sign-in/methods');
  const [{ problem: told }] = useSearchState();
  const [mailedTo, setMailedTo] = useState<string>();
  const known = (
    <>
      {say.known}{' '}
      <Anchor href="/sign-in" underline="always">
        {say.title}
      </Anchor>
    </>
  );
  if (methods.data?.signUp === false) {
    return <EntryFrame title={say.up.closed} about={say.up.closedAbout} below={known} />;
  }
  if (mailedTo !== undefined) {
    const isKept = methods.data?.link === 'outbox';
    return (
      <EntryFrame
        title={isKept ? say.linkSent.waiting : say.linkSent.title}
        about={isKept ? say.up.waiting(mailedTo) : say.up.sent(mailedTo)}
      >
        {isKept && (
          <Stack>
            <Text size="sm">{say.linkSent.outbox}</Text>
            <Command>./sotto outbox</Command>
          </Stack>
        )}
      </EntryFrame>
    );
  }
  const arrived = told === undefined ? undefined : { code: told, title: told, status: 0, detail: '' };
  return (
    <EntryFrame width={520} title={say.up.title} about={say.up.about} below={known}>
      <Stack gap="lg">
        <ProblemView problem={arrived} />
        <SignUpForm providers={methods.data?.providers ?? []} onMailed={setMailedTo} />
      </Stack>
    </EntryFrame>
  );
}
