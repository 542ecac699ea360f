import { Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import classes from './call-detail.module.css';
import { decisionIn } from './decision-in.ts';

/** Each decision of the call, with its reason, in order. */
export function Decisions({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').decisions;
  const { ends } = useWords('calls');
  const told = call.decisions.flatMap((one) => {
    const words = decisionIn(say, ends, one);
    return words ? [{ at: one.at, ...words }] : [];
  });
  if (told.length === 0) return null;
  return (
    <Card title={say.title} about={say.about}>
      <ol className={classes['decisions']}>
        {told.map(({ at, text, source }, index) => (
          <li key={index}>
            <Text size="sm">{text}</Text>
            <Text size="xs" c="dimmed">
              <When at={at} show="seconds" />
              {source !== undefined && ` · ${source}`}
            </Text>
          </li>
        ))}
      </ol>
    </Card>
  );
}
