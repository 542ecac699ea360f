import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { useWords } from '../../words/use-words.ts';

type Props = {
  readonly email: string;
  readonly onEmail: (email: string) => void;
  readonly onPending: (pending: string) => void;
  readonly onDone: () => void;
};

/** Address and password, as password managers know them. */
export function PasswordForm({ email, onEmail, onPending, onDone }: Props) {
  const say = useWords('signIn');
  const [password, setPassword] = useState('');
  const first = useFirstFocus<HTMLInputElement>();
  const action = useAction(
    (given: { readonly email: string; readonly password: string }) => api('POST /api/v1/sign-in', { body: given }),
    {
      changes: [],
      done: ({ state, pending }) => (state === 'second-factor' && pending ? onPending(pending) : onDone()),
    },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run({ email: email.trim(), password });
      }}
    >
      <Stack gap="md">
        <TextInput
          label={say.email}
          size="md"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          ref={first}
          value={email}
          onChange={(event) => onEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={say.password}
          size="md"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ProblemView problem={action.problem} />
        <Button type="submit" size="md" loading={action.isRunning}>
          {say.submit}
        </Button>
      </Stack>
    </form>
  );
}
