import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconAddressBook, IconCalendar, IconMessage } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { keyOf } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import classes from './call-detail.module.css';

/** Appointment, message and lead that came of the call. Absent for who may see none of them. */
export function Results({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').results;
  const { appointments, messages, leads, isKnown, isShown } = useResults(call.id);
  if (!isShown) return null;
  const isNothing = isKnown && appointments.length + messages.length + leads.length === 0;
  return (
    <Card title={say.title}>
      <Stack gap="sm" aria-busy={!isKnown}>
        {isNothing && <Text c="dimmed">{call.state === 'live' ? say.noneLive : say.none}</Text>}
        {appointments.map(({ id, startsAt, reason, status }) => (
          <Result key={id} icon={IconCalendar} what={say.appointment} note={status === 'cancelled' && say.cancelled}>
            <When at={startsAt} />
            {reason !== null && <Text c="dimmed">{reason}</Text>}
          </Result>
        ))}
        {messages.map(({ id, body, urgent }) => (
          <Result key={id} icon={IconMessage} what={say.message} note={urgent && say.urgent}>
            {body}
          </Result>
        ))}
        {leads.map(({ id, interest, name }) => (
          <Result key={id} icon={IconAddressBook} what={say.lead} note={false}>
            {interest ?? name}
          </Result>
        ))}
      </Stack>
    </Card>
  );
}

type ResultProps = {
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>;
  readonly what: string;
  readonly note: string | false;
  readonly children: ReactNode;
};

function Result({ icon: Icon, what, note, children }: ResultProps) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <span className={classes['icon']} aria-hidden>
        <Icon size={18} stroke={1.7} />
      </span>
      <Text component="div" size="sm">
        <Group gap="xs">
          <Text component="span" inherit fw={600}>
            {what}
          </Text>
          {note !== false && (
            <Badge size="sm" color="red" variant="light" tt="none">
              {note}
            </Badge>
          )}
        </Group>
        {children}
      </Text>
    </Group>
  );
}

/** What came of a call: what may be seen is looked up; the rest is nothing. */
export function useResults(call: string) {
  const mayAppointments = useCan('appointments:read');
  const mayMessages = useCan('messages:read');
  const mayLeads = useCan('leads:read');
  const given = { query: { call } } as const;
  const appointments = useQuery({
    queryKey: keyOf('GET /api/v1/appointments', given),
    queryFn: () => api('GET /api/v1/appointments', given),
    enabled: mayAppointments,
  });
  const messages = useQuery({
    queryKey: keyOf('GET /api/v1/messages', given),
    queryFn: () => api('GET /api/v1/messages', given),
    enabled: mayMessages,
  });
  const leads = useQuery({
    queryKey: keyOf('GET /api/v1/leads', given),
    queryFn: () => api('GET /api/v1/leads', given),
    enabled: mayLeads,
  });
  return {
    appointments: appointments.data?.items ?? [],
    messages: messages.data?.items ?? [],
    leads: leads.data?.items ?? [],
    isKnown: [appointments, messages, leads].every(({ isLoading }) => !isLoading),
    isShown: mayAppointments || mayMessages || mayLeads,
  };
}
