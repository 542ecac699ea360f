import { Button, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCan } from '../../api/me.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useWords } from '../../words/use-words.ts';
import { InvitationsCard } from './invitations-card.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PeopleCard } from './people-card.tsx';
import { RolesCard } from './roles-card.tsx';

/** Who belongs to the business, who is invited, and what each role may do. */
export default function TeamPage() {
  const say = useWords('team');
  const mayChange = useCan('team:write');
  const [isInviting, setInviting] = useState(false);
  const invite = mayChange && (
    <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setInviting(true)}>
      {say.invite}
    </Button>
  );
  return (
    <PageFrame title={say.title} about={say.about} actions={invite}>
      <Stack gap="lg">
        <PeopleCard />
        <InvitationsCard />
        <RolesCard />
      </Stack>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </PageFrame>
  );
}
