import { Button, List } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useCan, useZone } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import { useResults } from './results.tsx';

type Props = { readonly call: Call };

/** What else shows the call or what came of it; the call itself is not looked for again. */
const changes = [
  'GET /api/v1/calls',
  'GET /api/v1/messages',
  'GET /api/v1/leads',
  'GET /api/v1/appointments',
  'GET /api/v1/today',
  'GET /api/v1/erasures',
] as const;

/** Deletes the call with all that came of it, for who may. */
export function Deleting({ call }: Props) {
  const { deleting: say } = useWords('callDetail');
  const [isAsking, setAsking] = useState(false);
  if (!useCan('erasures:write')) return null;
  return (
    <>
      <Button
        variant="default"
        c="var(--mantine-color-error)"
        leftSection={<IconTrash size={17} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {say.verb}
      </Button>
      {isAsking && <Question call={call} onClose={() => setAsking(false)} />}
    </>
  );
}

function Question({ call, onClose }: Props & { readonly onClose: () => void }) {
  const { deleting: say } = useWords('callDetail');
  const navigate = useNavigate();
  const tell = useTell();
  const when = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'long', timeStyle: 'short', timeZone: useZone() });
  const action = useAction(
    async () => {
      const asked = await api('DELETE /api/v1/calls/{id}', { params: { id: call.id } });
      // Before anything is looked up again: this page would find nothing.
      await navigate({ to: '/calls' });
      return asked;
    },
    { changes, done: ({ erasedAt }) => tell(erasedAt === null ? say.waits : say.done) },
  );
  const { messages, leads, appointments } = useResults(call.id);
  const came = [
    ...(messages.length > 0 ? [say.parts.messages(messages.length)] : []),
    ...(leads.length > 0 ? [say.parts.leads(leads.length)] : []),
    ...(appointments.length > 0 ? [say.parts.appointments(appointments.length)] : []),
  ];
  return (
    <Confirm opened onClose={onClose} title={say.title} verb={say.go} action={action}>
      {say.about(when.format(Date.parse(call.startedAt)))}
      <List size="sm" my="xs" spacing={4}>
        {[...say.goes, ...came].map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
      {say.proof}
    </Confirm>
  );
}
