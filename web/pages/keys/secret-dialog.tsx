import { Button, Code, CopyButton, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import classes from './keys.module.css';

type Props = { readonly secret: string; readonly onClose: () => void };

/** Shows a key, this once: nothing but its own button closes it. */
export function SecretDialog({ secret, onClose }: Props) {
  const say = useWords('keys').secret;
  return (
    <Modal
      opened
      onClose={onClose}
      title={say.title}
      size="lg"
      centered
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Text size="sm">{say.about}</Text>
        <div className={classes['secret']}>
          <TextInput
            label={say.label}
            value={secret}
            readOnly
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onFocus={(event) => event.currentTarget.select()}
          />
          {/* Browsers lend the clipboard to pages that came encrypted, or from this machine. */}
          {window.isSecureContext && <Copy text={secret} />}
        </div>
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {say.tryIt}
          </Text>
          <Code block fz="xs" className={classes['command'] ?? ''}>
            {`curl -H 'Authorization: Bearer ${secret}' \\\n  ${location.origin}/api/v1/me`}
          </Code>
        </div>
        <Button onClick={onClose} ms="auto">
          {say.done}
        </Button>
      </Stack>
    </Modal>
  );
}

function Copy({ text }: { readonly text: string }) {
  const say = useWords('keys').secret;
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          data-autofocus
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        >
          <span aria-live="polite">{copied ? say.copied : say.copy}</span>
        </Button>
      )}
    </CopyButton>
  );
}
