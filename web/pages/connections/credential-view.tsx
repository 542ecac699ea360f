import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { api } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import { credentialChanges } from './connect-form.tsx';
import { Disconnect } from './disconnect.tsx';
import type { Credential } from './provider-card.tsx';
import { Rotate } from './rotate.tsx';

/** A connected account: what the provider said of it last, and what can be done. */
export function CredentialView({ credential }: { readonly credential: Credential }) {
  const say = useWords('connections');
  const { vendor, account, testResult } = credential;
  const result = testResult ?? 'untested';
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Text fw={600}>{say.vendors[vendor] ?? vendor}</Text>
        {account !== null && (
          <Text size="sm" c="dimmed" className="numbers">
            {say.accountEnds(account)}
          </Text>
        )}
        <Badge variant="light" color={colourOf(result)} tt="none" fw={550}>
          {say.results[result]}
        </Badge>
      </Group>
      <Text size="sm" aria-live="polite">
        {say.explained[result]}
      </Text>
      <Dates credential={credential} />
      <Actions credential={credential} />
    </Stack>
  );
}

function Dates({ credential }: { readonly credential: Credential }) {
  const say = useWords('connections');
  const { connectedAt, rotatedAt, testedAt } = credential;
  return (
    <Group gap="md">
      <Dated label={say.connectedSince} at={connectedAt} />
      {rotatedAt !== null && <Dated label={say.rotatedAt} at={rotatedAt} />}
      {testedAt !== null && <Dated label={say.testedAt} at={testedAt} />}
    </Group>
  );
}

function Dated({ label, at }: { readonly label: string; readonly at: string }) {
  return (
    <Text size="xs" c="dimmed">
      {label} <When at={at} />
    </Text>
  );
}

function Actions({ credential }: { readonly credential: Credential }) {
  const say = useWords('connections');
  const [isRotating, rotating] = useDisclosure();
  const [isLeaving, leaving] = useDisclosure();
  const { id } = credential;
  const test = useAction<void, unknown>(() => api('POST /api/v1/credentials/{id}/test', { params: { id } }), {
    changes: credentialChanges,
  });
  if (!useCan('credentials:write')) return null;
  return (
    <>
      <ProblemView problem={test.problem} />
      <Group gap="xs">
        <Button variant="default" size="xs" loading={test.isRunning} onClick={() => void test.run()}>
          {say.test}
        </Button>
        <Button variant="default" size="xs" onClick={rotating.open}>
          {say.rotate}
        </Button>
        <Button variant="subtle" color="red" c="var(--mantine-color-error)" size="xs" onClick={leaving.open}>
          {say.disconnect}
        </Button>
      </Group>
      <Rotate credential={credential} opened={isRotating} onClose={rotating.close} />
      <Disconnect credential={credential} opened={isLeaving} onClose={leaving.close} />
    </>
  );
}

function colourOf(result: NonNullable<Credential['testResult']> | 'untested'): string {
  if (result === 'ok') return 'sotto';
  return result === 'untested' || result === 'busy' ? 'gray' : 'red';
}
