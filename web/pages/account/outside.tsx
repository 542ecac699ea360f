import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Factors } from './factors-type.ts';

type Providers = AnswerOf<'GET /api/v1/sign-in/methods'>['providers'];
type Name = 'google' | 'oidc';

/** Accounts elsewhere that sign one in. Absent where no provider is set up and none is linked. */
export function Outside({ providers }: { readonly providers: Providers }) {
  const { outside: say } = useWords('account');
  const factors = useApi('GET /api/v1/session/factors');
  const link = useAction(
    (provider: Name) =>
      api('POST /api/v1/session/outside/{provider}/link', { params: { provider }, body: { next: '/account' } }),
    { changes: [], done: ({ url }) => location.assign(url) },
  );
  const linked = factors.data?.outside ?? [];
  const nameOf = (id: string) => providers.find((one) => one.id === id)?.name ?? id;
  if (providers.length === 0 && linked.length === 0) return null;
  return (
    <Card title={say.title} about={say.about}>
      <Stack gap="sm">
        {linked.map((one) => (
          <Linked key={one.id} one={one} name={nameOf(one.provider)} />
        ))}
        <Group gap="sm">
          {providers.map(({ id, name }) => (
            <Button
              key={id}
              variant="default"
              loading={link.isRunning}
              onClick={() => void link.run(id === 'google' ? 'google' : 'oidc')}
            >
              {say.link(name)}
            </Button>
          ))}
        </Group>
        <ProblemView problem={link.problem} />
      </Stack>
    </Card>
  );
}

type LinkedProps = { readonly one: Factors['outside'][number]; readonly name: string };

function Linked({ one, name }: LinkedProps) {
  const { outside: say } = useWords('account');
  const [isAsking, setAsking] = useState(false);
  const { id } = one;
  const unlink = useAction<void, undefined>(() => api('DELETE /api/v1/session/outside/{id}', { params: { id } }));
  const label = one.label ?? name;
  return (
    <Group justify="space-between">
      <div>
        <Text size="sm" fw={550}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {one.label}
        </Text>
      </div>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {say.unlink}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={say.unlinkAsk(label)}
        verb={say.unlink}
        action={unlink}
      >
        {say.unlinkAbout}
      </Confirm>
    </Group>
  );
}
