import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import type { ProblemDocument } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { PlaceFields } from '../../parts/place-fields.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { guessPlace } from '../../parts/regions.ts';
import { keepClaim } from '../../parts/sign-up-claim.ts';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import { ProviderSignUp } from './provider-sign-up.tsx';

type Props = {
  readonly providers: AnswerOf<'GET /api/v1/sign-in/methods'>['providers'];
  readonly onMailed: (email: string) => void;
};

/** Who one is and what business it is. */
export function SignUpForm({ providers, onMailed }: Props) {
  const say = useWords('signIn');
  const [own, setOwn] = useState({ name: '', email: '', password: '', business: '' });
  const [place, setPlace] = useState(guessPlace);
  const { password, business, ...who } = own;
  const organisation = { name: business.trim(), ...place };
  const ask = () =>
    api('POST /api/v1/sign-up', { body: { ...who, organisation, ...(password !== '' && { password }) } });
  const action = useAction(ask, {
    changes: [],
    done: ({ claim }) => {
      keepClaim(claim);
      onMailed(own.email.trim());
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(undefined);
      }}
    >
      <Stack gap="md">
        <OwnFields own={own} onChange={(part) => setOwn({ ...own, ...part })} problem={action.problem} />
        <PlaceFields value={place} onChange={(change) => setPlace({ ...place, ...change })} />
        <Text size="sm" c="dimmed">
          {say.up.purposes}
        </Text>
        <ProblemView problem={action.problem} />
        <Button type="submit" size="md" loading={action.isRunning}>
          {say.up.submit}
        </Button>
        <ProviderSignUp providers={providers} name={own.name} organisation={organisation} />
      </Stack>
    </form>
  );
}

type Own = { readonly name: string; readonly email: string; readonly password: string; readonly business: string };

type OwnProps = {
  readonly own: Own;
  readonly onChange: (part: Partial<Own>) => void;
  readonly problem: ProblemDocument | undefined;
};

function OwnFields({ own, onChange, problem }: OwnProps) {
  const say = useWords('signIn');
  const { need } = useWords('welcome');
  const mistake = useMistakes(problem);
  const first = useFirstFocus<HTMLInputElement>();
  const field = (name: keyof Own, at: string) => ({
    size: 'md' as const,
    value: own[name],
    error: mistake(at, need[name]),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  const must = { required: true, withAsterisk: false };
  return (
    <>
      <TextInput
        {...field('name', '/name')}
        {...must}
        ref={first}
        label={say.up.name}
        name="name"
        autoComplete="name"
      />
      <TextInput
        {...field('email', '/email')}
        {...must}
        label={say.email}
        type="email"
        name="email"
        autoComplete="username"
      />
      <PasswordInput
        {...field('password', '/password')}
        error={mistake('/password', need.otherPassword)}
        label={say.password}
        description={say.up.passwordAbout}
        name="new-password"
        autoComplete="new-password"
      />
      <TextInput
        {...field('business', '/organisation/name')}
        {...must}
        label={say.up.business}
        name="organization"
        autoComplete="organization"
      />
    </>
  );
}
