import { List, Text } from '@mantine/core';
import { api } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useWords } from '../../words/use-words.ts';
import { credentialChanges } from './connect-form.tsx';
import type { DialogProps } from './rotate.tsx';

/** Asks before a provider is disconnected, and names what stops working. */
export function Disconnect({ credential, opened, onClose }: DialogProps) {
  const say = useWords('connections');
  const { id, vendor, kind } = credential;
  const leaving = useAction<void, unknown>(() => api('DELETE /api/v1/credentials/{id}', { params: { id } }), {
    changes: credentialChanges,
  });
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={say.disconnectTitle(say.vendors[vendor] ?? vendor)}
      verb={say.disconnect}
      action={leaving}
    >
      <Text size="sm" mb="xs">
        {kind === 'carrier' ? say.disconnectCarrier : say.disconnectModel}
      </Text>
      {kind === 'carrier' ? <LossOfCarrier id={id} /> : <LossOfModel vendor={vendor} />}
    </Confirm>
  );
}

function LossOfCarrier({ id }: { readonly id: string }) {
  const say = useWords('connections');
  const lines = useApi('GET /api/v1/lines');
  const numbers = (lines.data?.items ?? []).filter(({ accountId }) => accountId === id).map(({ number }) => number);
  return <Losses losses={numbers.length === 0 ? [say.lossNoLine] : numbers.map(say.lossLine)} />;
}

function LossOfModel({ vendor }: { readonly vendor: string }) {
  const say = useWords('connections');
  const agents = useApi('GET /api/v1/agents');
  const names = (agents.data?.items ?? []).filter(({ model }) => model === vendor).map(({ name }) => name);
  return <Losses losses={names.length === 0 ? [say.lossNoAgent] : names.map(say.lossAgent)} />;
}

function Losses({ losses }: { readonly losses: readonly string[] }) {
  return (
    <List size="sm" spacing={4}>
      {losses.map((loss) => (
        <List.Item key={loss}>{loss}</List.Item>
      ))}
    </List>
  );
}
