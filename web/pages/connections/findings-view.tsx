import { Alert, Code, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import type { Checked } from './line-row.tsx';
import type { Line } from './lines-card.tsx';

type Finding = Checked['findings'][number];

/** What a check found: that all is well, or everything that is not, with what there is and what there should be. */
export function FindingsView({ checked }: { readonly line: Line; readonly checked: Checked }) {
  const { lines: say } = useWords('connections');
  if (checked.findings.length === 0) {
    return (
      <Alert aria-live="polite" role="note" color="sotto" variant="light" icon={<IconCircleCheck aria-hidden />}>
        {say.allRight}
      </Alert>
    );
  }
  return (
    <Alert
      aria-live="polite"
      role="note"
      variant="default"
      icon={<IconAlertTriangle color="var(--mantine-color-error)" aria-hidden />}
    >
      <Text size="sm" fw={600} mb={6}>
        {say.whatIsWrong}
      </Text>
      <List spacing="sm" size="sm">
        {checked.findings.map((finding) => (
          <List.Item key={finding.what}>
            <Said finding={finding} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** Where an address or a method is meant, both are shown; where a fixed word says it, the sentence is enough. */
const comparable = new Set<Finding['what']>([
  'public-url',
  'number',
  'voice-url',
  'voice-method',
  'status-url',
  'status-method',
]);

function Said({ finding }: { readonly finding: Finding }) {
  const { findings, explained, lines: say } = useWords('connections');
  const { what, is, shouldBe } = finding;
  const known = what === 'account' || what === 'carrier' ? explained[is as keyof typeof explained] : undefined;
  return (
    <>
      <Text size="sm">{known ?? findings[what]}</Text>
      {comparable.has(what) && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {say.is} <Code>{is ?? say.isNothing}</Code>, {say.shouldBe} <Code>{shouldBe ?? say.isNothing}</Code>
        </Text>
      )}
    </>
  );
}
