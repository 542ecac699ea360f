import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useZone } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { useToday } from '../../parts/use-now.ts';
import { When } from '../../parts/when.tsx';
import { addDays, dayInWords, dayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Day } from './day.ts';
import classes from './today.module.css';

/** Who comes next. Absent for who may not see appointments. */
export function NextAppointments({ day }: { readonly day: Day }) {
  const say = useWords('today');
  const { appointments } = day;
  if (!appointments) return null;
  return (
    <Card
      title={say.next}
      actions={
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/appointments" />}>
          {say.nextAll}
        </Anchor>
      }
    >
      {appointments.length === 0 && (
        <Text size="sm" c="dimmed">
          {say.nextNone}
        </Text>
      )}
      <Stack gap="sm" component="ul" className={classes['plain']}>
        {appointments.map(({ id, startsAt, name, reason }) => (
          <li key={id} className={classes['coming']}>
            <Text size="sm" component="div">
              <RelativeDay at={startsAt} />
              <Text fw={600} component="div">
                <When at={startsAt} show="time" />
              </Text>
            </Text>
            <Text size="sm" component="div">
              <Text fw={600} component="div">
                {name ?? say.anonymous}
              </Text>
              <Text c="dimmed" lineClamp={2}>
                {reason}
              </Text>
            </Text>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

/** Today and tomorrow by name, other days by their date. */
function RelativeDay({ at }: { readonly at: string }) {
  const zone = useZone();
  const locale = useLocale();
  const date = dayOf(at, zone);
  const today = useToday();
  const ahead = [0, 1].find((days) => addDays(today, days) === date);
  const words =
    ahead === undefined
      ? dayInWords(date, locale, { weekday: 'short', day: 'numeric', month: 'short' })
      : new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(ahead, 'day');
  return (
    <Text c="dimmed" component="div" className={classes['capital']}>
      {words}
    </Text>
  );
}
