import { Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import { counted, type Day } from './day.ts';
import classes from './today.module.css';

/** What came of today's calls, the most frequent first. */
export function Outcomes({ outcomes }: { readonly outcomes: Day['calls']['outcomes'] }) {
  const say = useWords('today');
  const names = useWords('calls').outcomes;
  const locale = useLocale();
  const all = Math.max(
    1,
    outcomes.reduce((sum, { calls }) => sum + calls, 0),
  );
  return (
    <Card title={say.outcomes}>
      {outcomes.length === 0 && (
        <Text size="sm" c="dimmed">
          {say.outcomesNone}
        </Text>
      )}
      <ul className={`${classes['plain']} ${classes['outcomes']}`}>
        {outcomes.map(({ outcome, calls }) => (
          <li key={outcome}>
            <Text size="sm" component="span">
              {names[outcome] ?? outcome}
            </Text>
            <Text size="sm" fw={600} component="span" className="numbers">
              {counted(calls, locale, 'calls')}
            </Text>
            <span className={classes['share']} style={{ width: `${(calls / all) * 100}%` }} aria-hidden />
          </li>
        ))}
      </ul>
    </Card>
  );
}
