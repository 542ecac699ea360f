import { Button, Stack, Text } from '@mantine/core';
import { Command } from '../../parts/command.tsx';
import { EntryFrame } from '../../parts/entry-frame.tsx';
import { useWords } from '../../words/use-words.ts';

type Props = { readonly email: string; readonly by: 'mail' | 'outbox' | undefined; readonly onBack: () => void };

/** A link was asked for. Whether the address is anybody's is not told. */
export function LinkSent({ email, by, onBack }: Props) {
  const { linkSent: say } = useWords('signIn');
  return (
    <EntryFrame
      title={by === 'outbox' ? say.waiting : say.title}
      about={by === 'outbox' ? say.waitingAbout(email) : say.about(email)}
    >
      <Stack>
        {by === 'outbox' && (
          <>
            <Text size="sm">{say.outbox}</Text>
            <Command>./sotto outbox</Command>
          </>
        )}
        <Button variant="default" onClick={onBack}>
          {say.again}
        </Button>
      </Stack>
    </EntryFrame>
  );
}
