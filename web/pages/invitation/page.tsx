import { Anchor, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { isRefusal } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { EntryFrame } from '../../parts/entry-frame.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { takeFromHash } from '../../parts/take-from-hash.ts';
import { useWords } from '../../words/use-words.ts';

/** Where the token waits while somebody signs in; in this tab alone. */
const waiting = 'sotto-invitation';

/** What the mail of an invitation leads to. Nothing happens before its button is pressed. */
export default function Invitation() {
  const say = useWords('signIn');
  const [token] = useState(takeToken);
  const action = useAction(join, { changes: [], done: () => location.replace('/') });
  if (token === undefined) {
    return (
      <EntryFrame title={say.mailed.none} about={say.mailed.noneAbout}>
        <Anchor href="/sign-in">{say.title}</Anchor>
      </EntryFrame>
    );
  }
  const code = action.problem?.code;
  const meet = async (leave: boolean) => {
    // Signing out has the browser forget what it keeps of us, so this comes after it.
    if (leave) await api('POST /api/v1/sign-out').catch(() => {});
    sessionStorage.setItem(waiting, token);
    location.assign(leave ? '/invitation' : '/sign-in?next=%2Finvitation');
  };
  if (code === 'sign-in-needed' || code === 'invitation-for-other') {
    const isOther = code === 'invitation-for-other';
    const { known, knownAbout, knownGo, other, otherAbout, otherGo } = say.invitation;
    return (
      <EntryFrame title={isOther ? other : known} about={isOther ? otherAbout : knownAbout}>
        <Button size="md" fullWidth onClick={() => void meet(isOther)}>
          {isOther ? otherGo : knownGo}
        </Button>
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={say.invitation.title} about={say.invitation.about}>
      <Stack>
        <ProblemView problem={action.problem} />
        <Button size="md" loading={action.isRunning} onClick={() => void action.run(token)}>
          {say.invitation.submit}
        </Button>
      </Stack>
    </EntryFrame>
  );
}

function takeToken(): string | undefined {
  const kept = sessionStorage.getItem(waiting) ?? undefined;
  sessionStorage.removeItem(waiting);
  return takeFromHash() ?? kept;
}

/** Whoever is signed in accepts as such; whoever is new here becomes known by the link, which was mailed to them. */
async function join(token: string): Promise<void> {
  const { organisation } = await accept(token);
  await api('PUT /api/v1/session/organisation', { body: { organisation } });
}

async function accept(token: string) {
  try {
    return await api('POST /api/v1/invitations/accept', { body: { token } });
  } catch (error) {
    if (!isRefusal(error, 'sign-in-needed')) throw error;
    await api('POST /api/v1/sign-up/invitation', { body: { token } });
    return api('POST /api/v1/invitations/accept', { body: { token } });
  }
}
