import { ActionIcon, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useCan } from '../api/me.ts';
import { useAction } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { hiddenNumber } from './hidden-number.ts';

type Props = {
  /** What the number belongs to. */
  readonly kind: 'call' | 'lead' | 'message' | 'appointment';
  readonly id: string;
  /** As the server shows it: all but the last figures hidden. */
  readonly phone: string;
};

/** A number as people see it. The whole of it is shown to who may see it and asks; that they did is written down. */
export function Masked(props: Props) {
  // What was shown belongs to this one alone: another one in the same place begins hidden.
  return <OneNumber key={`${props.kind} ${props.id} ${props.phone}`} {...props} />;
}

function OneNumber({ kind, id, phone }: Props) {
  const say = useWords('shell');
  const isAllowed = useCan('numbers:read');
  const [whole, setWhole] = useState<string>();
  const reveal = useAction(() => api('POST /api/v1/reveal', { body: { kind, id } }), {
    changes: [],
    done: ({ phone: shown }) => setWhole(shown ?? undefined),
  });
  return (
    <Group component="span" gap={4} wrap="nowrap" display="inline-flex">
      <Text component="span" inherit className="numbers">
        {whole ?? hiddenNumber(phone)}
      </Text>
      {whole !== undefined && <Copy text={whole} />}
      {whole === undefined && isAllowed && phone.includes('***') && (
        <Tooltip
          label={reveal.problem ? (say.problems[reveal.problem.code]?.title ?? reveal.problem.title) : say.reveal}
          multiline
          maw={240}
        >
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={say.reveal}
            loading={reveal.isRunning}
            onClick={() => void reveal.run(undefined)}
          >
            <IconEye size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}

function Copy({ text }: { readonly text: string }) {
  const say = useWords('shell');
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? say.copied : say.copy} onClick={copy}>
          {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}
