import { Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { problemOf } from '../../api/problem.ts';
import { Card } from '../../parts/card.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import { TryIt } from './try-it.tsx';
import { useAloud } from './use-aloud.ts';
import { useOpening, type Heard } from './use-opening.ts';
import type { Draft } from './use-draft.ts';

type Sentence = Heard['sentences'][number];

/** What a caller hears before they have said a word, sentence by sentence, with the reason for each. */
export function OpeningPreview({ draft }: { readonly draft: Draft }) {
  const { preview: say } = useWords('agent');
  const { heard, isBroken, error } = useOpening(draft);
  return (
    <Box pos="sticky" top={80}>
      <Card title={say.title} actions={heard && <Listen heard={heard} language={draft.agent.language} />}>
        {heard ? <Sentences heard={heard} /> : <Waiting />}
        <Stack gap={4} mt="md" aria-live="polite">
          {heard && <Notes heard={heard} />}
          {draft.isDirty && !isBroken && <Note>{say.unsaved}</Note>}
          {isBroken && <Note>{say.broken}</Note>}
        </Stack>
        <TryIt id={draft.base.id} isDirty={draft.isDirty} />
        {error && !isBroken && !heard && <ProblemView problem={problemOf(error)} />}
      </Card>
    </Box>
  );
}

function Waiting() {
  return (
    <Stack gap="sm" aria-busy="true">
      <Skeleton height={44} />
      <Skeleton height={44} />
      <Skeleton height={44} />
    </Stack>
  );
}

function Sentences({ heard }: { readonly heard: Heard }) {
  return (
    <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {heard.sentences.map((sentence, at) => (
        <SentenceLine key={at} sentence={sentence} law={heard.disclosure.law} />
      ))}
    </Stack>
  );
}

function SentenceLine({ sentence, law }: { readonly sentence: Sentence; readonly law: string }) {
  const { preview: say } = useWords('agent');
  const { what, text, why, by } = sentence;
  return (
    <Box component="li" ps="sm" style={{ borderInlineStart: '3px solid var(--mantine-primary-color-filled)' }}>
      <Text size="xs" c="dimmed" fw={600}>
        {say.what[what]}
      </Text>
      <Text lh={1.45}>“{text}”</Text>
      <Text size="xs" c="dimmed" mt={2}>
        {say.why[why]} {why === 'law' ? say.law(law) : ''} {by === 'model' ? `(${say.by.model})` : ''}
      </Text>
    </Box>
  );
}

function Notes({ heard }: { readonly heard: Heard }) {
  const { preview: say } = useWords('agent');
  const recording = say.recording[heard.recording.why];
  return (
    <>
      {heard.standIn && <Note>{say.standIn}</Note>}
      {recording !== '' && <Note>{recording}</Note>}
    </>
  );
}

function Note({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function Listen({ heard, language }: { readonly heard: Heard; readonly language: string }) {
  const { preview: say } = useWords('agent');
  const aloud = useAloud();
  if (!aloud.isThere) return null;
  const isOn = aloud.at !== undefined;
  const start = () =>
    aloud.speak(
      heard.sentences.map(({ text }) => text),
      language,
    );
  return (
    <Group gap="xs" flex="none">
      <Button
        size="xs"
        variant="light"
        leftSection={isOn ? <IconPlayerStop size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
        onClick={isOn ? aloud.stop : start}
      >
        {isOn ? say.stop : say.listen}
      </Button>
    </Group>
  );
}
