import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';

type Membership = AnswerOf<'GET /api/v1/session'>['organisations'][number];

/** Where one belongs, which is open now, and leaving. */
export function Organisations() {
  const { organisations: say } = useWords('account');
  const { session } = useMe();
  return (
    <Card title={say.title}>
      {session.organisations.length === 0 && (
        <div>
          <Text fw={550}>{say.none}</Text>
          <Text size="sm" c="dimmed">
            {say.noneAbout}
          </Text>
        </div>
      )}
      <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {session.organisations.map((one) => (
          <Line key={one.organisation} membership={one} isCurrent={one.organisation === session.organisation} />
        ))}
      </Stack>
    </Card>
  );
}

type LineProps = { readonly membership: Membership; readonly isCurrent: boolean };

function Line({ membership, isCurrent }: LineProps) {
  const { organisations: say } = useWords('account');
  const [isAsking, setAsking] = useState(false);
  const { organisation, name, role } = membership;
  const open = useAction(() => api('PUT /api/v1/session/organisation', { body: { organisation } }), {
    changes: [],
    done: () => location.assign('/'),
  });
  const leave = useAction<void, unknown>(
    () => api('DELETE /api/v1/memberships/{organisation}', { params: { organisation } }),
    { changes: [], done: () => location.assign('/account') },
  );
  return (
    <li>
      <Group justify="space-between">
        <div>
          <Group gap="xs">
            <Text size="sm" fw={550}>
              {name}
            </Text>
            {isCurrent && (
              <Badge variant="light" size="sm" tt="none">
                {say.current}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {say.roles[role] ?? role}
          </Text>
        </div>
        <Group gap="xs">
          {!isCurrent && (
            <Button variant="default" size="xs" loading={open.isRunning} onClick={() => void open.run(undefined)}>
              {say.open}
            </Button>
          )}
          <Button variant="subtle" color="gray" size="xs" onClick={() => setAsking(true)}>
            {say.leave}
          </Button>
        </Group>
      </Group>
      <ProblemView problem={open.problem} />
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={say.leaveAsk(name)}
        verb={say.leave}
        action={leave}
      >
        {say.leaveAbout}
      </Confirm>
    </li>
  );
}
