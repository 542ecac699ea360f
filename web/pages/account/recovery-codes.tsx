import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMe } from '../../api/me.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './recovery-codes.module.css';

type Props = { readonly codes: readonly string[]; readonly onKept: () => void };

/** The codes, this once. It goes away only when somebody says that they have kept them. */
export function RecoveryCodes({ codes, onKept }: Props) {
  const { codes: say } = useWords('account');
  const { session } = useMe();
  const text = `${say.heading(session.email)}\n\n${codes.join('\n')}\n`;
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={say.title}
      centered
    >
      <Stack>
        <Text size="sm">{say.about}</Text>
        <div className={classes.sheet}>
          <p className={classes.heading}>{say.heading(session.email)}</p>
          <Stack component="ol" gap={6} m={0} p={0} className={classes.codes}>
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </Stack>
        </div>
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => save(say.file, text)}
          >
            {say.download}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => print()}
          >
            {say.print}
          </Button>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? say.copied : say.copy}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Button onClick={onKept} data-autofocus>
          {say.kept}
        </Button>
      </Stack>
    </Modal>
  );
}

/** Hands a text over as a file. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
