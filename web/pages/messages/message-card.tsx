import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Masked } from '../../parts/masked.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';

type Message = AnswerOf<'GET /api/v1/messages'>['items'][number];

/** One message: from whom, what about, where they can be reached, and whether somebody has seen to it. */
export function MessageCard({ message }: { readonly message: Message }) {
  const say = useWords('messages');
  const mayCall = useCan('calls:read');
  const mayChange = useCan('messages:write');
  return (
    <li>
      <Card>
        <Group justify="space-between" align="flex-start" gap="xs" mb={6}>
          <Group gap="xs">
            <Text fw={600}>{message.name ?? say.anonymous}</Text>
            {message.urgent && (
              <Badge color="red" variant="light" tt="none">
                {say.isUrgent}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            <When at={message.createdAt} />
          </Text>
        </Group>
        <Text {...(message.body === null && { c: 'dimmed' })}>{message.body ?? say.erased}</Text>
        <Group justify="space-between" mt="md" gap="sm">
          <Group gap="lg" fz="sm">
            {message.callback !== null && (
              <span>
                <Text component="span" inherit c="dimmed">
                  {say.reach}:{' '}
                </Text>
                <Masked kind="message" id={message.id} phone={message.callback} />
              </span>
            )}
            {message.callId !== null && mayCall && (
              <Anchor
                inherit
                renderRoot={(props) => <Link {...props} to="/calls/$id" params={{ id: message.callId } as never} />}
              >
                {say.call}
              </Anchor>
            )}
          </Group>
          {mayChange && <SeeTo message={message} />}
        </Group>
      </Card>
    </li>
  );
}

function SeeTo({ message }: { readonly message: Message }) {
  const say = useWords('messages');
  const isDone = message.doneAt !== null;
  const name = message.name ?? say.anonymous;
  const seeTo = useAction(
    () => api('PUT /api/v1/messages/{id}/done', { params: { id: message.id }, body: { done: !isDone } }),
    { changes: ['GET /api/v1/messages', 'GET /api/v1/today'] },
  );
  const Icon = isDone ? IconArrowBackUp : IconCheck;
  return (
    <>
      <Button
        size="xs"
        variant={isDone ? 'default' : 'light'}
        leftSection={<Icon size={15} aria-hidden />}
        aria-label={isDone ? say.reopenOf(name) : say.markDoneOf(name)}
        loading={seeTo.isRunning}
        onClick={() => void seeTo.run(undefined)}
      >
        {isDone ? say.reopen : say.markDone}
      </Button>
      <ProblemView problem={seeTo.problem} />
    </>
  );
}
