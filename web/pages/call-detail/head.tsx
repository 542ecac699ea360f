import { Group, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Caller } from '../../parts/call-rows.tsx';
import { Masked } from '../../parts/masked.tsx';
import { Outcome } from '../../parts/outcome.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';

/** Who called and when, and what came of it. The title of the window names nobody: it stays in the history of a browser. */
export function Head({ call }: { readonly call: Call }) {
  const say = useWords('callDetail');
  useEffect(() => {
    document.title = `${say.title} · Sotto`;
  }, [say]);
  const calls = useWords('calls');
  // Whose name is not there, or was deleted, is told by the number under it.
  const isNumber = !call.name && call.from !== null && call.from !== undefined;
  return (
    <Group justify="space-between" align="flex-end" mb="lg" gap="sm">
      <div>
        <Title order={1} fz={{ base: 24, sm: 28 }} lh={1.25}>
          {isNumber ? calls.call : <Caller call={call} />}
        </Title>
        <Group gap="xs" c="dimmed">
          {call.from !== null && call.from !== undefined && <Masked kind="call" id={call.id} phone={call.from} />}
          <Text component="span" inherit>
            <When at={call.startedAt} />
          </Text>
        </Group>
      </div>
      <Outcome call={call} />
    </Group>
  );
}
