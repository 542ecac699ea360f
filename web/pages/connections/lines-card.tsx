import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconPlus, IconWorldOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useWords } from '../../words/use-words.ts';
import { AddLine } from './add-line.tsx';
import { LineRow, type Checked } from './line-row.tsx';

export type Lines = AnswerOf<'GET /api/v1/lines'>;
export type Line = Lines['items'][number];

/** The numbers of the business: who answers them, and whether calls arrive. */
export function LinesCard() {
  const { lines: say } = useWords('connections');
  const lines = useApi('GET /api/v1/lines');
  const [isAdding, setAdding] = useState(false);
  const [found, setFound] = useState<Readonly<Record<string, Checked>>>({});
  const tell = (id: string, checked: Checked) => setFound((before) => ({ ...before, [id]: checked }));
  const mayAdd = useCan('lines:write') && (lines.data?.accounts.length ?? 0) > 0;
  return (
    <Card
      title={say.title}
      about={say.about}
      actions={
        mayAdd &&
        !isAdding && (
          <Button
            variant="default"
            size="xs"
            onClick={() => setAdding(true)}
            leftSection={<IconPlus size={14} aria-hidden />}
          >
            {say.add}
          </Button>
        )
      }
    >
      <Loaded query={lines} lines={3}>
        {(known) => (
          <Stack gap="lg">
            {!known.isReachable && <NotReachable origin={known.origin} />}
            {isAdding && <AddLine accounts={known.accounts} onDone={() => setAdding(false)} onChecked={tell} />}
            {known.items.length === 0 && !isAdding && <NoLine hasAccount={known.accounts.length > 0} />}
            {known.items.map((line) => (
              <LineRow key={line.id} line={line} checked={found[line.id]} onChecked={(told) => tell(line.id, told)} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}

function NotReachable({ origin }: { readonly origin: string }) {
  const { lines: say } = useWords('connections');
  return (
    <Alert variant="default" icon={<IconWorldOff color="var(--mantine-color-orange-6)" aria-hidden />}>
      <Text size="sm" fw={600}>
        {say.notReachable}
      </Text>
      <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
        {say.notReachableAbout(origin)}
      </Text>
    </Alert>
  );
}

function NoLine({ hasAccount }: { readonly hasAccount: boolean }) {
  const { lines: say } = useWords('connections');
  const isOwner = useCan('credentials:write');
  const first = isOwner ? say.emptyNoAccount : say.emptyNoOwner;
  return <Text size="sm">{hasAccount ? say.empty : first}</Text>;
}
