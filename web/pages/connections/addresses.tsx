import { ActionIcon, Anchor, Collapse, CopyButton, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import type { Line } from './lines-card.tsx';

/** The addresses for whoever sets them by hand in the carrier's console. */
export function Addresses({ line }: { readonly line: Line }) {
  const { lines: say } = useWords('connections');
  const [opened, { toggle }] = useDisclosure();
  return (
    <div>
      <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={opened}>
        {say.addresses}
      </Anchor>
      <Collapse expanded={opened}>
        <Stack gap="xs" mt="xs">
          <Text size="sm" c="dimmed">
            {say.addressesAbout}
          </Text>
          <Address label={say.voiceUrl} url={line.voiceUrl} />
          <Address label={say.statusUrl} url={line.statusUrl} />
        </Stack>
      </Collapse>
    </div>
  );
}

function Address({ label, url }: { readonly label: string; readonly url: string }) {
  const { lines: say } = useWords('connections');
  return (
    <TextInput
      label={label}
      value={url}
      readOnly
      size="xs"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      rightSection={
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? say.copied : say.copy}>
              <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={`${say.copy}: ${label}`}>
                {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  );
}
