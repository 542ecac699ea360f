import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useWords } from '../../words/use-words.ts';
import classes from './call.module.css';
import { useHabits } from './habits.ts';
import type { Call } from './use-call.ts';

/** What a caller says, in writing. */
export function Composer({ call }: { readonly call: Call }) {
  const say = useWords('call');
  const [draft, setDraft] = useState('');
  const isReady = call.conversation.stage === 'under-way';
  const field = useRef<HTMLInputElement>(null);
  const isNew = !call.conversation.lines.some(({ by }) => by === 'caller');
  useEffect(() => {
    // At the beginning, and when what was chosen of the first suggestions has gone with them.
    if (document.activeElement === document.body) field.current?.focus();
  }, [isNew]);
  const send = (text: string) => {
    if (text.trim() === '' || !isReady) return;
    call.say(text.trim());
    setDraft('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(draft);
  };
  return (
    <Stack gap="xs" p="md" className={classes['foot']}>
      <Suggestions texts={isNew ? say.suggestions : say.later} say={send} isOff={!isReady} />
      <form onSubmit={submit}>
        <TextInput
          size="md"
          radius="xl"
          aria-label={say.placeholder}
          placeholder={say.placeholder}
          value={draft}
          maxLength={1_000}
          autoComplete="off"
          ref={field}
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value);
            call.writing();
          }}
          rightSectionWidth={46}
          rightSection={
            <ActionIcon
              type="submit"
              size={34}
              radius="xl"
              aria-label={say.send}
              disabled={draft.trim() === '' || !isReady}
            >
              <IconSend2 size={18} aria-hidden />
            </ActionIcon>
          }
        />
      </form>
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {say.interruptHint}
        </Text>
        <ReadAloud call={call} />
      </Group>
    </Stack>
  );
}

function ReadAloud({ call }: { readonly call: Call }) {
  const say = useWords('call');
  const habits = useHabits();
  if (!habits.hasVoice) return null;
  return (
    <Switch
      size="xs"
      label={say.readAloud}
      checked={habits.aloud}
      onChange={({ currentTarget }) => {
        habits.setAloud(currentTarget.checked);
        call.speakAloud(currentTarget.checked);
      }}
    />
  );
}

type SuggestionsProps = {
  readonly texts: readonly string[];
  readonly say: (text: string) => void;
  readonly isOff: boolean;
};

/** Something to begin with, for who does not know what to say; and what is often said later. */
function Suggestions({ texts, say, isOff }: SuggestionsProps) {
  const words = useWords('call');
  return (
    <Group component="fieldset" className={classes['chips']} gap={6} aria-label={words.tryThis}>
      {texts.map((text) => (
        <Button
          key={text}
          size="compact-sm"
          radius="xl"
          variant="default"
          fw={500}
          disabled={isOff}
          onClick={() => say(text)}
        >
          {text}
        </Button>
      ))}
    </Group>
  );
}
