import { Badge, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Command } from '../../parts/command.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { isBeyond, useMembership } from '../../parts/roles.ts';
import { When } from '../../parts/when.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './team.module.css';

type Invitation = AnswerOf<'GET /api/v1/invitations'>['items'][number];

const changes = ['GET /api/v1/invitations'] as const;

/** Invitations that were sent and not accepted yet. There are at most a hundred. */
export function InvitationsCard() {
  const say = useWords('team').invitations;
  const invitations = useApi('GET /api/v1/invitations', { query: { limit: 100 } });
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={invitations} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {say.none}
            </Text>
          ) : (
            <>
              <WithoutMail />
              <ul className={classes['rows']}>
                {items.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

/** Where no mail leaves, the link has to be handed over. */
function WithoutMail() {
  const { linkSent: say } = useWords('signIn');
  const methods = useApi('GET /api/v1/sign-in/methods');
  if (methods.data?.link !== 'outbox') return null;
  return (
    <Stack gap={4} mb="sm">
      <Text size="sm" c="dimmed">
        {say.outbox}
      </Text>
      <Command>./sotto outbox</Command>
    </Stack>
  );
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }) {
  const words = useWords('team');
  const say = words.invitations;
  const { roles } = useWords('access');
  return (
    <li className={`${classes['row']} ${classes['invitation']}`}>
      <div className={classes['who']}>
        <Text fw={550} truncate>
          {invitation.name ?? words.nameless}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {invitation.email}
        </Text>
      </div>
      <Text size="sm" c="dimmed" component="div">
        {invitation.isExpired ? (
          <Badge color="gray" variant="light" tt="none">
            {say.expired}
          </Badge>
        ) : (
          <>
            {say.until} <When at={invitation.expiresAt} show="date" />
          </>
        )}
        <br />
        {say.sentTimes(invitation.sent)}
      </Text>
      <Text size="sm" fw={500}>
        {roles[invitation.role].name}
      </Text>
      <Buttons invitation={invitation} />
    </li>
  );
}

function Buttons({ invitation }: { readonly invitation: Invitation }) {
  const words = useWords('team');
  const say = words.invitations;
  const mayChange = useCan('team:write');
  const mine = useMembership();
  const tell = useTell();
  const [isAsking, setAsking] = useState(false);
  const { id } = invitation;
  const name = invitation.name ?? words.nameless;
  const again = useAction((one: string) => api('POST /api/v1/invitations/{id}/resend', { params: { id: one } }), {
    changes,
    done: () => tell(say.againDone(name)),
  });
  const withdraw = useAction(() => api('DELETE /api/v1/invitations/{id}', { params: { id } }), { changes });
  if (!mayChange || isBeyond(mine, invitation.role)) return <span />;
  return (
    <div>
      <div className={classes['buttons']}>
        <Button size="xs" variant="default" loading={again.isRunning} onClick={() => void again.run(id)}>
          {say.again}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => setAsking(true)}>
          {say.withdraw}
        </Button>
      </div>
      <ProblemView problem={again.problem} />
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={say.withdrawing.title(name)}
        verb={say.withdrawing.verb}
        action={withdraw}
      >
        {say.withdrawing.about}
      </Confirm>
    </div>
  );
}
