import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';

/** What was recorded, for who may listen. The link is asked for when somebody wants to hear it, and lives five minutes. */
export function Recording({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').recording;
  const [source, setSource] = useState<string>();
  const open = useAction(() => api('GET /api/v1/calls/{id}/recording', { params: { id: call.id } }), {
    changes: [],
    // The link names the public address; this page may have been opened by another name of the same server.
    done: ({ url }) => setSource(new URL(url).pathname),
  });
  if (call.recordedMs === undefined || call.recordedMs === null) return null;
  return (
    <Card title={say.title} about={say.about}>
      {source === undefined ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          loading={open.isRunning}
          onClick={() => void open.run(undefined)}
        >
          {say.play(lengthOf(call.recordedMs))}
        </Button>
      ) : (
        <audio
          controls
          autoPlay
          src={source}
          aria-label={say.player}
          style={{ width: '100%' }}
          onError={() => setSource(undefined)}
        />
      )}
      <ProblemView problem={open.problem} />
    </Card>
  );
}

function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
