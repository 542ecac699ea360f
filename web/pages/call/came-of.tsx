import { Anchor, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCalendarEvent, IconMessage, IconUserStar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useZone } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { When } from '../../parts/when.tsx';
import { dayOf, mondayOf } from '../../parts/zone.ts';
import { useWords } from '../../words/use-words.ts';

type Result = {
  readonly call: AnswerOf<'GET /api/v1/calls/{id}'>;
  readonly appointments: AnswerOf<'GET /api/v1/appointments'>['items'];
  readonly messages: AnswerOf<'GET /api/v1/messages'>['items'];
  readonly leads: AnswerOf<'GET /api/v1/leads'>['items'];
};

/** How often it is looked whether the summary is there, and for how many looks. */
const lookEveryMs = 1_000;
const mostLooks = 40;

/** What the call left behind: looked up until it has been summed up. */
export function CameOf({ id }: { readonly id: string }) {
  const say = useWords('call').after;
  const { data, dataUpdatedAt, errorUpdateCount } = useQuery({
    queryKey: ['what came of a call', id],
    queryFn: () => lookUp(id),
    refetchInterval: ({ state }) =>
      state.data?.call.outcome || state.dataUpdateCount + state.errorUpdateCount > mostLooks ? false : lookEveryMs,
  });
  const isDone = Boolean(data?.call.outcome);
  const isSlow = !isDone && dataUpdatedAt > 0 && errorUpdateCount > mostLooks;
  return (
    <Card title={say.title} aria-busy={!isDone}>
      <Stack gap="md" aria-live="polite">
        {!isDone && (
          <Group gap="xs">
            {!isSlow && <Loader size="xs" />}
            <Text c="dimmed">{isSlow ? say.slow : say.writing}</Text>
          </Group>
        )}
        {data && <Results {...data} />}
        {data && isDone && <Summary {...data} />}
        <Anchor component={Link} to="/calls/$id" params={{ id } as never} fw={600} size="sm">
          {say.whole}
        </Anchor>
      </Stack>
    </Card>
  );
}

async function lookUp(id: string): Promise<Result> {
  const query = { call: id };
  const [call, appointments, messages, leads] = await Promise.all([
    api('GET /api/v1/calls/{id}', { params: { id } }),
    api('GET /api/v1/appointments', { query }),
    api('GET /api/v1/messages', { query }),
    api('GET /api/v1/leads', { query }),
  ]);
  return { call, appointments: appointments.items, messages: messages.items, leads: leads.items };
}

function Results({ appointments, messages, leads }: Result) {
  const say = useWords('call').after;
  const zone = useZone();
  const weekOf = (at: string) => ({ week: mondayOf(dayOf(at, zone)) });
  return (
    <>
      {appointments.map(({ id, startsAt, status, name }) => (
        <One
          key={id}
          icon={IconCalendarEvent}
          kind={say.appointment}
          to="/appointments"
          search={weekOf(startsAt)}
          see={say.seeAppointment}
        >
          <When at={startsAt} show="day" />, <When at={startsAt} show="time" />
          {name !== null && ` · ${name}`}
          {status === 'cancelled' && ` (${say.cancelled})`}
        </One>
      ))}
      {messages.map(({ id, body }) => (
        <One key={id} icon={IconMessage} kind={say.message} to="/messages" see={say.seeMessage}>
          {body}
        </One>
      ))}
      {leads.map(({ id, name, interest }) => (
        <One key={id} icon={IconUserStar} kind={say.lead} to="/leads" see={say.seeLead}>
          {[name, interest].filter(Boolean).join(' · ')}
        </One>
      ))}
    </>
  );
}

function Summary({ call, appointments, messages, leads }: Result) {
  const say = useWords('call').after;
  const isNothing = appointments.length + messages.length + leads.length === 0;
  return (
    <div>
      {isNothing && <Text c="dimmed">{say.nothing}</Text>}
      {call.summary && (
        <>
          <Text size="sm" c="dimmed" mt={isNothing ? 'sm' : 0}>
            {say.summary}
          </Text>
          <Text>{call.summary}</Text>
        </>
      )}
    </div>
  );
}

type OneProps = {
  readonly icon: ComponentType<{ readonly size?: number }>;
  readonly kind: string;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly see: string;
  readonly children: ReactNode;
};

function One({ icon: Icon, kind, to, search = {}, see, children }: OneProps) {
  return (
    <Group align="flex-start" wrap="nowrap" gap="sm">
      <Icon size={20} aria-hidden />
      <div>
        <Text size="sm" c="dimmed">
          {kind}
        </Text>
        <Text>{children}</Text>
        <Anchor component={Link} to={to} search={search as never} size="sm">
          {see}
        </Anchor>
      </div>
    </Group>
  );
}
