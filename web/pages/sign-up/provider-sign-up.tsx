import { Button, Divider } from '@mantine/core';
import { api, type AnswerOf, type Given } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';

type Body = Given<'POST /api/v1/sign-up/outside/{provider}'>['body'];

type Props = {
  readonly providers: AnswerOf<'GET /api/v1/sign-in/methods'>['providers'];
  readonly name: string;
  readonly organisation: Body['organisation'];
};

/** Signing up with another provider that has checked the address: no mail, no password. */
export function ProviderSignUp({ providers, name, organisation }: Props) {
  const say = useWords('signIn');
  const leave = useAction(
    (provider: 'google' | 'oidc') =>
      api('POST /api/v1/sign-up/outside/{provider}', { params: { provider }, body: { name, organisation } }),
    { changes: [], done: ({ url }) => location.assign(url) },
  );
  if (providers.length === 0) return null;
  const isFilled = name.trim() !== '' && organisation.name !== '';
  return (
    <>
      <Divider label={say.or} />
      {providers.map((one) => (
        <Button
          key={one.id}
          variant="default"
          size="md"
          disabled={!isFilled}
          loading={leave.isRunning}
          onClick={() => void leave.run(one.id === 'google' ? 'google' : 'oidc')}
        >
          {say.with(one.name)}
        </Button>
      ))}
      <ProblemView problem={leave.problem} />
    </>
  );
}
