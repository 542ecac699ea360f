import { Button, Stack } from '@mantine/core';
import { api, type AnswerOf } from '../api/client.ts';
import { useAction } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { nextPath } from './next-path.ts';
import { ProblemView } from './problem-view.tsx';

type Provider = AnswerOf<'GET /api/v1/sign-in/methods'>['providers'][number];
type Name = 'google' | 'oidc';

type Props = { readonly providers: readonly Provider[]; readonly next: string | undefined };

/** A button for each other provider one can sign in with here. */
export function Providers({ providers, next }: Props) {
  const say = useWords('signIn');
  const leave = useAction(
    (provider: Name) =>
      api('POST /api/v1/sign-in/outside/{provider}', { params: { provider }, body: { next: nextPath(next) } }),
    { changes: [], done: ({ url }) => location.assign(url) },
  );
  if (providers.length === 0) return null;
  return (
    <Stack gap="sm">
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          size="md"
          loading={leave.isRunning}
          onClick={() => void leave.run(id === 'google' ? 'google' : 'oidc')}
        >
          {say.with(name)}
        </Button>
      ))}
      <ProblemView problem={leave.problem} />
    </Stack>
  );
}
