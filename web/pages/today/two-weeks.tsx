import { Group, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { dayInWords } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { counted, type Day } from './day.ts';
import classes from './today.module.css';

type Days = Day['calls']['days'];

/** How many calls there were each day, as bars; told day by day to who does not see them. */
export function TwoWeeks({ days }: { readonly days: Days }) {
  const say = useWords('today');
  const locale = useLocale();
  const most = Math.max(1, ...days.map(({ calls }) => calls));
  const sum = days.reduce((all, { calls }) => all + calls, 0);
  const written = (day: string, options: Intl.DateTimeFormatOptions) => dayInWords(day, locale, options);
  const short = { day: 'numeric', month: 'short' } as const;
  return (
    <Card title={say.days} about={say.daysTotal(counted(sum, locale, 'calls'))}>
      <ol className={classes['bars']}>
        {days.map(({ day, calls }) => {
          const told = say.day(written(day, { weekday: 'short', ...short }), calls);
          return (
            <li key={day} title={told}>
              <span className="aloud">{told}</span>
              <span
                className={classes['column']}
                style={{ height: `${Math.max(calls === 0 ? 0 : 4, (calls / most) * 100)}%` }}
              />
            </li>
          );
        })}
      </ol>
      <Group justify="space-between" aria-hidden>
        {[days[0], days.at(-1)].map((one) => (
          <Text key={one?.day} size="xs" c="dimmed">
            {one && written(one.day, short)}
          </Text>
        ))}
      </Group>
    </Card>
  );
}
