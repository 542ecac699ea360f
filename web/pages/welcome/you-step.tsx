import { PasswordInput, Stack, TextInput } from '@mantine/core';
import type { ProblemDocument } from '../../api/problem.ts';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import type { Change, Draft, Field } from './draft.ts';

type Props = {
  readonly draft: Draft;
  readonly onChange: Change;
  readonly missing: readonly Field[];
  readonly needsCode: boolean;
  readonly problem: ProblemDocument | undefined;
};

/** Who one is. */
export function YouStep({ draft, onChange, missing, needsCode, problem }: Props) {
  const { you: say, need } = useWords('welcome');
  const mistake = useMistakes(problem);
  const first = useFirstFocus<HTMLInputElement>();
  const wrong = (field: 'name' | 'email' | 'password') =>
    missing.includes(field)
      ? need[field]
      : mistake(`/${field}`, field === 'password' ? need.otherPassword : need[field]);
  const codeMistake = missing.includes('code') || problem?.code === 'first-run-code-wrong' ? need.code : undefined;
  return (
    <Stack gap="md">
      {needsCode && (
        <TextInput
          label={say.code}
          description={say.codeAbout}
          size="md"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          value={draft.code}
          error={codeMistake}
          onChange={(event) => onChange({ code: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={say.name}
        size="md"
        name="name"
        autoComplete="name"
        ref={first}
        value={draft.name}
        error={wrong('name')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={say.email}
        description={say.emailAbout}
        size="md"
        type="email"
        name="email"
        autoComplete="username"
        value={draft.email}
        error={wrong('email')}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label={say.password}
        description={say.passwordAbout}
        size="md"
        name="new-password"
        autoComplete="new-password"
        value={draft.password}
        error={wrong('password')}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </Stack>
  );
}
