import { Group, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import classes from './call-detail.module.css';

type Turn = Call['turns'][number];

/** How long the caller waited for each answer, and for what. Absent where it was not measured: calls held by text. */
export function Waits({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').waits;
  const inSeconds = useSeconds();
  const { turns } = call;
  if (turns.length === 0) return null;
  const longest = Math.max(...turns.map(({ heardMs }) => heardMs), 1_000);
  const sorted = turns.map(({ heardMs }) => heardMs).toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (
    <Card title={say.title} about={say.about}>
      <ol className={classes['waits']}>
        {turns.map((turn) => (
          <Wait key={turn.n} turn={turn} longest={longest} />
        ))}
      </ol>
      <Group gap="md" mt="sm" aria-hidden>
        {(['listening', 'thinking', 'sending'] as const).map((part) => (
          <Text key={part} size="xs" c="dimmed" className={classes['legend']}>
            <span className={classes[part]} />
            {say[part]}
          </Text>
        ))}
      </Group>
      {turns.length > 1 && (
        <Text size="sm" mt="sm">
          {say.median(inSeconds(median))}
        </Text>
      )}
    </Card>
  );
}

function Wait({ turn, longest }: { readonly turn: Turn; readonly longest: number }) {
  const say = useWords('callDetail').waits;
  const inSeconds = useSeconds();
  const width = (ms: number) => ({ width: `${(Math.max(0, ms) / longest) * 100}%` });
  const { endpointMs, modelMs, heardMs } = turn;
  return (
    <li>
      <span className="aloud">{say.turn(turn.n, inSeconds(heardMs))}</span>
      <span className={classes['bar']} aria-hidden>
        <span className={classes['listening']} style={width(endpointMs)} />
        <span className={classes['thinking']} style={width(modelMs - endpointMs)} />
        <span className={classes['sending']} style={width(heardMs - modelMs)} />
      </span>
      <Text component="span" size="xs" className="numbers" aria-hidden>
        {say.seconds(inSeconds(heardMs))}
      </Text>
    </li>
  );
}

function useSeconds(): (ms: number) => string {
  const locale = useLocale();
  return (ms) => (ms / 1000).toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
