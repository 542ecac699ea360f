import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import type { Membership, Role } from '../../parts/roles.ts';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import type { Person } from './people-card.tsx';
import { RoleChoice } from './role-choice.tsx';

type Props = { readonly person: Person; readonly mine: Membership; readonly onClose: () => void };

/** Gives a member another role. */
export function RoleDialog({ person, mine, onClose }: Props) {
  const say = useWords('team');
  const shell = useWords('shell');
  const { roles } = useWords('access');
  const tell = useTell();
  const [role, setRole] = useState<Role>(person.role);
  const name = person.name ?? say.nameless;
  const action = useAction(
    (to: Role) => api('PUT /api/v1/team/{id}/role', { params: { id: person.id }, body: { role: to } }),
    {
      changes: ['GET /api/v1/team', 'me'],
      done: () => tell(say.role.saved(name, roles[role].name)),
    },
  );
  const save = async () => {
    if (await action.run(role)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say.role.title(name)}
      centered
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {say.role.about}
        </Text>
        <RoleChoice label={say.inviting.role} value={role} mine={mine} onChange={setRole} />
        {person.id === mine.person && <Text size="sm">{say.role.own}</Text>}
        <ProblemView problem={action.problem} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shell.cancel}
          </Button>
          <Button loading={action.isRunning} disabled={role === person.role} onClick={() => void save()}>
            {say.role.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
