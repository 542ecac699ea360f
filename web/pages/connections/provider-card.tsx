import { Button, Stack, Text } from '@mantine/core';
import { IconPlug } from '@tabler/icons-react';
import type { AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { ConnectForm } from './connect-form.tsx';
import { CredentialView } from './credential-view.tsx';

export type Credential = AnswerOf<'GET /api/v1/credentials'>['items'][number];

export type Vendor = { readonly kind: 'carrier' | 'model'; readonly vendor: string };

/** One provider: connected accounts and how they do, or how to connect one. `?connect=` opens the form. */
export function ProviderCard({ kind, vendor }: Vendor) {
  const say = useWords('connections');
  const credentials = useApi('GET /api/v1/credentials');
  const { title, about } = say.providers[kind];
  return (
    <Card title={title} about={about}>
      <Loaded query={credentials} lines={2}>
        {({ items }) => {
          const own = items.filter((one) => one.vendor === vendor);
          return own.length === 0 ? <NotConnected kind={kind} vendor={vendor} /> : <Connected items={own} />;
        }}
      </Loaded>
    </Card>
  );
}

function Connected({ items }: { readonly items: readonly Credential[] }) {
  return (
    <Stack gap="lg">
      {items.map((one) => (
        <CredentialView key={one.id} credential={one} />
      ))}
    </Stack>
  );
}

function NotConnected({ kind, vendor }: Vendor) {
  const say = useWords('connections');
  const mayConnect = useCan('credentials:write');
  const [{ connect }, search] = useSearchState();
  if (connect === vendor && mayConnect) {
    return <ConnectForm kind={kind} vendor={vendor} onDone={() => search({ connect: undefined })} />;
  }
  return (
    <Stack align="flex-start" gap="sm">
      <Text size="sm">{say.providers[kind].empty}</Text>
      {kind === 'model' && <OfInstallation vendor={vendor} />}
      {mayConnect && (
        <Button onClick={() => search({ connect: vendor })} leftSection={<IconPlug size={16} aria-hidden />}>
          {say.connect(say.vendors[vendor] ?? vendor)}
        </Button>
      )}
    </Stack>
  );
}

function OfInstallation({ vendor }: { readonly vendor: string }) {
  const say = useWords('connections');
  const options = useApi('GET /api/v1/agent-options');
  const access = options.data?.models.find(({ id }) => id === vendor)?.access;
  if (access !== 'installation') return null;
  return <Text size="sm">{say.providers.model.installation}</Text>;
}
