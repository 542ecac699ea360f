import { ActionIcon, Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Card } from '../../parts/card.tsx';
import { errorAt, isWrong } from '../../parts/mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import type { Agent } from './draft.ts';
import type { PartProps } from './editor.tsx';

type Fact = Agent['facts'][number];

/** Questions and their answers. */
export function FactsCard({ draft, isLocked }: PartProps) {
  const { facts: say } = useWords('agent');
  const { agent, set, mistakes } = draft;
  const { facts } = agent;
  const add = () => set({ facts: [...facts, { about: '', answer: '' }] });
  return (
    <Card title={say.title} about={say.about}>
      <Stack gap="md">
        {facts.length === 0 && (
          <Text size="sm" c="dimmed">
            {say.empty}
          </Text>
        )}
        {facts.length > 0 && <Heads />}
        {facts.map((fact, at) => (
          <FactRow
            key={at}
            fact={fact}
            isLocked={isLocked}
            wrong={{
              about: isWrong(mistakes, `/facts/${at}/about`),
              answer: isWrong(mistakes, `/facts/${at}/answer`),
            }}
            onChange={(next) => set({ facts: facts.map((one, index) => (index === at ? next : one)) })}
            onRemove={() => set({ facts: facts.filter((_, index) => index !== at) })}
          />
        ))}
        <FactsError mistakes={mistakes} />
        {!isLocked && facts.length < 200 && (
          <Group>
            <Button variant="default" onClick={add} leftSection={<IconPlus size={16} aria-hidden />}>
              {say.add}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** What the columns are, where they are columns. Each field says it by itself as well. */
function Heads() {
  const { facts: say } = useWords('agent');
  return (
    <SimpleGrid cols={2} spacing="xs" me={44} mb={-8} visibleFrom="sm" aria-hidden>
      <Text size="xs" fw={600} c="dimmed">
        {say.topic}
      </Text>
      <Text size="xs" fw={600} c="dimmed">
        {say.answer}
      </Text>
    </SimpleGrid>
  );
}

function FactsError({ mistakes }: { readonly mistakes: PartProps['draft']['mistakes'] }) {
  const { mistakes: wrong } = useWords('agent');
  const error = errorAt(mistakes, '/facts', wrong.facts);
  if (error === undefined) return null;
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert">
      {error}
    </Text>
  );
}

type RowProps = {
  readonly fact: Fact;
  readonly isLocked: boolean;
  readonly wrong: { readonly [part in keyof Fact]: boolean };
  readonly onChange: (fact: Fact) => void;
  readonly onRemove: () => void;
};

function FactRow({ fact, isLocked, wrong, onChange, onRemove }: RowProps) {
  const { facts: say } = useWords('agent');
  return (
    <Group
      align="flex-start"
      gap="xs"
      wrap="nowrap"
      component="fieldset"
      bd="none"
      m={0}
      p={0}
      aria-label={fact.about || say.topic}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" flex={1}>
        <TextInput
          aria-label={say.topic}
          placeholder={say.topicHint}
          value={fact.about}
          error={wrong.about}
          disabled={isLocked}
          onChange={({ currentTarget: { value } }) => onChange({ ...fact, about: value })}
        />
        <Textarea
          aria-label={say.answer}
          placeholder={say.answerHint}
          value={fact.answer}
          error={wrong.answer}
          disabled={isLocked}
          autosize
          minRows={1}
          onChange={({ currentTarget: { value } }) => onChange({ ...fact, answer: value })}
        />
      </SimpleGrid>
      {!isLocked && (
        <ActionIcon variant="subtle" color="gray" size={36} onClick={onRemove} aria-label={say.remove(fact.about)}>
          <IconTrash size={17} />
        </ActionIcon>
      )}
    </Group>
  );
}
