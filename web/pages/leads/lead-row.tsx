import { Anchor, Badge, NativeSelect, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Masked } from '../../parts/masked.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import { statuses, statusOf, type Lead, type Status } from './lead.ts';
import classes from './leads.module.css';

const colours = { new: 'blue', contacted: 'yellow', won: 'teal', lost: 'gray' } as const;

/** One lead: who, what they want, where to reach them, and where it stands. */
export function LeadRow({ lead }: { readonly lead: Lead }) {
  const say = useWords('leads');
  const mayChange = useCan('leads:write');
  const mayCall = useCan('calls:read');
  const status = statusOf(lead);
  return (
    <li className={classes['row']}>
      <div className={classes['who']}>
        <Text fw={600} size="sm">
          {lead.name ?? say.anonymous}
        </Text>
        <Text size="sm" {...(lead.interest === null && { c: 'dimmed' })}>
          {lead.interest ?? say.nothingSaid}
        </Text>
      </div>
      <Text size="sm" component="div" className={classes['phone']}>
        {lead.phone !== null && <Masked kind="lead" id={lead.id} phone={lead.phone} />}
      </Text>
      <Text size="sm" c="dimmed" component="div" className={classes['when']}>
        <When at={lead.createdAt} />
        {mayCall && (
          <Anchor
            inherit
            display="block"
            renderRoot={(props) => <Link {...props} to="/calls/$id" params={{ id: lead.callId } as never} />}
          >
            {say.call}
          </Anchor>
        )}
      </Text>
      <div className={classes['status']}>
        {mayChange ? (
          <Standing lead={lead} status={status} />
        ) : (
          <Badge variant="light" color={colours[status]} tt="none">
            {say.statuses[status]}
          </Badge>
        )}
      </div>
    </li>
  );
}

function Standing({ lead, status }: { readonly lead: Lead; readonly status: Status }) {
  const say = useWords('leads');
  const change = useAction(
    (next: Status) => api('PUT /api/v1/leads/{id}/status', { params: { id: lead.id }, body: { status: next } }),
    { changes: ['GET /api/v1/leads', 'GET /api/v1/today'] },
  );
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={say.status(lead.name ?? say.anonymous)}
        value={status}
        disabled={change.isRunning}
        data={statuses.map((value) => ({ value, label: say.statuses[value] }))}
        onChange={({ currentTarget }) => {
          const next = statuses.find((one) => one === currentTarget.value);
          if (next) void change.run(next);
        }}
      />
      <ProblemView problem={change.problem} />
    </>
  );
}
