import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { useWords } from '../../words/use-words.ts';
import { CertificateLink } from './certificate-link.tsx';
import classes from './deletion.module.css';
import { standingOf } from './erasure.ts';
import { StandingMark } from './standing-mark.tsx';

type Props = {
  readonly asked: AnswerOf<'POST /api/v1/erasures'>;
  readonly onAnother: () => void;
};

/** What came of it, as it goes on, and what whoever asked has to keep: it is shown this once. */
export function Forgotten({ asked, onAnother }: Props) {
  const { forget: say } = useWords('deletion');
  const { data: erasure = asked } = useApi('GET /api/v1/erasures/{id}', { params: { id: asked.id } });
  // The form that had the focus is gone.
  const title = useRef<HTMLParagraphElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <Stack gap="md" align="flex-start">
      <Text ref={title} tabIndex={-1} fw={600}>
        {erasure.erasedAt === null ? say.underWay : say.done}
      </Text>
      <Group gap="lg" justify="space-between" w="100%">
        <StandingMark standing={standingOf(erasure)} />
        <CertificateLink erasure={erasure} />
      </Group>
      <div className={classes['salt']}>
        <TextInput
          label={say.salt}
          description={say.saltAbout}
          value={asked.salt}
          readOnly
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        {/* Browsers lend the clipboard to pages that came encrypted, or from this machine. */}
        {window.isSecureContext && <Copy text={asked.salt} />}
      </div>
      <Button variant="default" size="xs" onClick={onAnother}>
        {say.another}
      </Button>
    </Stack>
  );
}

function Copy({ text }: { readonly text: string }) {
  const { forget: say } = useWords('deletion');
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        >
          <span aria-live="polite">{copied ? say.copied : say.copy}</span>
        </Button>
      )}
    </CopyButton>
  );
}
