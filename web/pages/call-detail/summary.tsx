import { Badge, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { hiddenNumber } from '../../parts/hidden-number.ts';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import classes from './call-detail.module.css';

/** What the call was about. Absent for who may not read what was said, and once that has been erased. */
export function Summary({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').summary;
  const isErased = call.summary === null && call.outcome !== null;
  if (call.transcript === undefined || isErased) return null;
  const waits = call.state === 'live' ? say.live : say.soon;
  return (
    <Card title={say.title} actions={call.extraction?.urgent && <Urgent />}>
      <Text {...(!call.summary && { c: 'dimmed' })}>{call.summary ?? waits}</Text>
      {call.extraction && <Slots slots={call.extraction} summary={call.summary} />}
    </Card>
  );
}

function Urgent() {
  const say = useWords('callDetail').summary;
  return (
    <Badge color="red" variant="light" tt="none">
      {say.urgent}
    </Badge>
  );
}

type SlotsProps = { readonly slots: NonNullable<Call['extraction']>; readonly summary: Call['summary'] };

/** What was filled in: why they called, where they can be reached. */
function Slots({ slots: { reason, callback }, summary }: SlotsProps) {
  const say = useWords('callDetail').summary;
  const isTold = reason === undefined || summary?.includes(reason) === true;
  if (isTold && callback === undefined) return null;
  return (
    <dl className={`${classes['facts']} ${classes['slots']}`}>
      {!isTold && (
        <>
          <dt>{say.reason}</dt>
          <dd>{reason}</dd>
        </>
      )}
      {callback !== undefined && (
        <>
          <dt>{say.callback}</dt>
          <dd className="numbers">{hiddenNumber(callback)}</dd>
        </>
      )}
    </dl>
  );
}
