import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Agent, Field } from './draft.ts';
import type { Draft } from './use-draft.ts';

/** Two people wrote at once: both versions of what they disagree on, and the choice. */
export function ConflictView({ draft }: { readonly draft: Draft }) {
  const { conflict: say, fields } = useWords('agent');
  const { conflict, agent, settle } = draft;
  return (
    <Modal
      opened={conflict !== undefined}
      onClose={() => settle('mine')}
      title={say.title}
      size="xl"
      centered
      withCloseButton={false}
    >
      <Stack>
        <Text size="sm">{say.about}</Text>
        <Table.ScrollContainer minWidth={420} type="native">
          <Table verticalSpacing="sm" layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={130}>{say.field}</Table.Th>
                <Table.Th>{say.theirs}</Table.Th>
                <Table.Th>{say.mine}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {conflict?.odds.map((field) => (
                <Table.Tr key={field}>
                  <Table.Th scope="row">{fields[field]}</Table.Th>
                  <Version agent={conflict.theirs.json} field={field} />
                  <Version agent={agent} field={field} />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => settle('theirs')}>
            {say.takeTheirs}
          </Button>
          <Button onClick={() => settle('mine')} data-autofocus>
            {say.keepMine}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Version({ agent, field }: { readonly agent: Agent; readonly field: Field }) {
  const lines = useLinesOf(agent, field);
  return (
    <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
      {lines.map((line, at) => (
        <Text key={at} size="sm">
          {line}
        </Text>
      ))}
    </Table.Td>
  );
}

/** What a field says, as people read it. */
function useLinesOf(agent: Agent, field: Field): readonly string[] {
  const { conflict: say, hours } = useWords('agent');
  const names = new Intl.DisplayNames(useLocale(), { type: 'language' });
  if (field === 'facts')
    return orNothing(
      agent.facts.map(({ about, answer }) => `${about}: ${answer}`),
      say.nothing,
    );
  if (field === 'tools') return orNothing(agent.tools, say.nothing);
  if (field === 'hours') return hoursLines(agent.hours, hours.days, hours.closed);
  if (field === 'language') return [names.of(agent.language) ?? agent.language];
  const value = agent[field];
  if (typeof value === 'boolean') return [value ? say.yes : say.no];
  return [value === null || value === '' ? say.nothing : String(value)];
}

function orNothing(lines: readonly string[], nothing: string): readonly string[] {
  return lines.length === 0 ? [nothing] : lines;
}

function hoursLines(hours: Agent['hours'], days: Readonly<Record<string, string>>, closed: string): readonly string[] {
  return Object.entries(days).map(([day, name]) => {
    const spans = hours[day as keyof Agent['hours']].map(({ from, to }) => `${from}–${to}`).join(', ');
    return `${name}: ${spans || closed}`;
  });
}
