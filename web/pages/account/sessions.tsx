import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';

type Session = AnswerOf<'GET /api/v1/sessions'>['items'][number];

/** Everywhere one is signed in, and the way out of it. */
export function Sessions() {
  const { sessions: say } = useWords('account');
  const sessions = useApi('GET /api/v1/sessions');
  const [isAsking, setAsking] = useState(false);
  const endOthers = useAction<void, { readonly ended: number }>(() => api('DELETE /api/v1/sessions'), {
    changes: ['GET /api/v1/sessions'],
  });
  const others = (sessions.data?.items ?? []).filter(({ current }) => !current).length;
  return (
    <Card
      title={say.title}
      about={say.about}
      actions={
        others > 0 && (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            {say.endOthers}
          </Button>
        )
      }
    >
      <Loaded query={sessions}>
        {({ items }) => (
          <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {items
              .toSorted((one, other) => Number(other.current) - Number(one.current))
              .map((one) => (
                <Line key={one.id} session={one} />
              ))}
          </Stack>
        )}
      </Loaded>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={say.endOthersAsk}
        verb={say.endOthers}
        action={endOthers}
      >
        {say.endOthersAbout(others)}
      </Confirm>
    </Card>
  );
}

const handheld = ['iPhone', 'iPad', 'Android'];

function Line({ session }: { readonly session: Session }) {
  const { sessions: say } = useWords('account');
  const [isAsking, setAsking] = useState(false);
  const { id, browser, system, current } = session;
  const end = useAction<void, undefined>(() => api('DELETE /api/v1/sessions/{id}', { params: { id } }), {
    changes: ['GET /api/v1/sessions'],
  });
  const called = browser ?? say.unknownBrowser;
  const name = system === null ? called : say.on(called, system);
  const Icon = handheld.includes(system ?? '') ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Icon size={20} stroke={1.6} aria-hidden style={{ flex: 'none' }} />
        <div>
          <Group gap="xs">
            <Text size="sm" fw={550}>
              {name}
            </Text>
            {current && (
              <Badge variant="light" size="sm" tt="none">
                {say.this}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {say.by[session.by]} · {say.seen} <When at={session.seenAt} />
          </Text>
        </div>
      </Group>
      {!current && (
        <Button
          variant="default"
          size="xs"
          flex="none"
          onClick={() => setAsking(true)}
          aria-label={`${say.end}: ${name}`}
        >
          {say.end}
        </Button>
      )}
      <Confirm opened={isAsking} onClose={() => setAsking(false)} title={say.endAsk(name)} verb={say.end} action={end}>
        {say.endAbout}
      </Confirm>
    </Group>
  );
}
