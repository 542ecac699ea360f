import { Badge, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { LiveDot } from '../../parts/live-dot.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useWords } from '../../words/use-words.ts';
import type { Call, Entry } from './call.ts';
import classes from './call-detail.module.css';
import { Said } from './said.tsx';

/** What was said, in order; the words that nobody heard told apart. It grows while the call goes on. */
export function Transcript({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').transcript;
  const now = useNow();
  const entries = call.transcript;
  if (entries === undefined) return <Missing text={say.noAccess} />;
  if (entries.length === 0) return <Missing text={emptyReason(call, now, say)} />;
  const isLive = call.state === 'live';
  return (
    <Card
      title={say.title}
      {...(entries.some(isPartlyHeard) && { about: say.about })}
      actions={
        isLive && (
          <Badge variant="light" color="red" tt="none" leftSection={<LiveDot />}>
            {say.following}
          </Badge>
        )
      }
    >
      <ol className={classes['transcript']} aria-live={isLive ? 'polite' : 'off'}>
        {entries.map((entry, at) => (
          <Said key={entry.seq} entry={entry} isSpeaking={isLive && isLast(entries, at)} />
        ))}
      </ol>
    </Card>
  );
}

/** What the secretary meant to say and the caller did not, or did not wholly, hear. */
function isPartlyHeard({ speaker, kind, meant, heard }: Entry): boolean {
  return speaker === 'agent' && kind !== 'digits' && meant !== null && heard !== meant;
}

function isLast(entries: readonly Entry[], at: number): boolean {
  return entries.slice(at + 1).every(({ speaker }) => speaker === 'agent');
}

function emptyReason(call: Call, now: number, say: { waiting: string; erased: string; nothing: string }): string {
  if (call.state === 'live') return say.waiting;
  const isOver = call.keptUntil !== null && Date.parse(call.keptUntil) <= now;
  return isOver ? say.erased : say.nothing;
}

function Missing({ text }: { readonly text: string }) {
  const say = useWords('callDetail').transcript;
  return (
    <Card title={say.title}>
      <Text c="dimmed">{text}</Text>
    </Card>
  );
}
