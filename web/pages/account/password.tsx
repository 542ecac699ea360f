import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useWords } from '../../words/use-words.ts';

/** Setting and changing the password. */
export function Password() {
  const { password: say } = useWords('account');
  const { need } = useWords('welcome');
  const { session } = useMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isDone, setDone] = useState(false);
  const change = useAction(
    () => api('PUT /api/v1/password', { body: { password: next, ...(current !== '' && { current }) } }),
    {
      done: () => {
        setCurrent('');
        setNext('');
        setDone(true);
      },
    },
  );
  const mistake = useMistakes(change.problem);
  return (
    <Card title={say.title} about={session.hasPassword ? say.has : say.hasNot}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change.run(undefined);
        }}
      >
        <Stack gap="md">
          {/* Whose password it is: managers look for it beside the field. */}
          <input type="text" name="username" autoComplete="username" value={session.email} readOnly hidden />
          {session.hasPassword && <Current value={current} onChange={setCurrent} />}
          <PasswordInput
            label={say.next}
            description={say.nextAbout}
            name="new-password"
            autoComplete="new-password"
            value={next}
            error={mistake('/password', need.otherPassword)}
            onChange={(event) => {
              setDone(false);
              setNext(event.currentTarget.value);
            }}
          />
          <ProblemView problem={mistake('/password', '') === undefined ? change.problem : undefined} />
          <Group gap="md">
            <Button type="submit" loading={change.isRunning} disabled={next === ''}>
              {session.hasPassword ? say.change : say.set}
            </Button>
            <Text component="output" size="sm" c="dimmed">
              {isDone ? say.done : ''}
            </Text>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

type CurrentProps = { readonly value: string; readonly onChange: (value: string) => void };

function Current({ value, onChange }: CurrentProps) {
  const { password: say } = useWords('account');
  return (
    <PasswordInput
      label={say.current}
      description={say.byLink}
      name="current-password"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
