import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { errorAt } from '../../parts/mistakes.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Vendor } from './provider-card.tsx';

/** What changes when a provider is connected, tested or disconnected. */
export const credentialChanges = [
  'GET /api/v1/credentials',
  'GET /api/v1/lines',
  'GET /api/v1/agent-options',
  'GET /api/v1/setup',
  'GET /api/v1/agents/{id}/opening',
];

type Props = Vendor & { readonly onDone: () => void };

/** Connects a provider and tests it at once: what is wrong is known before the first call. */
export function ConnectForm({ kind, vendor, onDone }: Props) {
  const say = useWords('connections');
  const shell = useWords('shell');
  const [account, setAccount] = useState('');
  const [secret, setSecret] = useState('');
  const connecting = useAction<void, unknown>(
    async () => {
      const body = { vendor, secret: secret.trim(), ...(kind === 'carrier' && { account: account.trim() }) };
      const { id } = await api('POST /api/v1/credentials', { body });
      await api('POST /api/v1/credentials/{id}/test', { params: { id } });
    },
    { changes: credentialChanges, done: onDone },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void connecting.run();
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack maw={460}>
        {kind === 'carrier' && (
          <TextInput
            label={say.account}
            description={say.accountAbout}
            value={account}
            onChange={({ currentTarget: { value } }) => setAccount(value)}
            error={errorAt(connecting.problem?.mistakes ?? [], '/account', say.mistakes.account)}
            required
            data-autofocus
            spellCheck={false}
          />
        )}
        <SecretField vendor={vendor} value={secret} onChange={setSecret} problem={connecting.problem} />
        {!connecting.problem?.mistakes?.length && <ProblemView problem={connecting.problem} />}
        <Group>
          <Button type="submit" loading={connecting.isRunning}>
            {say.connectVerb}
          </Button>
          <Button variant="default" onClick={onDone}>
            {shell.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type SecretProps = {
  readonly vendor: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: ReturnType<typeof useAction>['problem'];
};

/** A secret as it is typed or pasted. */
export function SecretField({ vendor, value, onChange, problem }: SecretProps) {
  const say = useWords('connections');
  return (
    <PasswordInput
      label={say.secrets[vendor]}
      description={say.secretsAbout[vendor]}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={errorAt(problem?.mistakes ?? [], '/secret', say.mistakes.secret)}
      required
      autoComplete="new-password"
    />
  );
}
