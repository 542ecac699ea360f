import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useZone } from '../../api/me.ts';
import { useToday } from '../../parts/use-now.ts';
import { When } from '../../parts/when.tsx';
import { addDays, dayInWords, dayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { Details } from './details.tsx';
import type { Appointment } from './appointment.ts';
import classes from './appointments.module.css';

type Props = { readonly monday: string; readonly appointments: readonly Appointment[] };

/** Seven days side by side, or below each other where there is no room. A weekend without appointments is narrow. */
export function Week({ monday, appointments }: Props) {
  const zone = useZone();
  const [open, setOpen] = useState<Appointment>();
  const byDay = Map.groupBy(appointments, ({ startsAt }) => dayOf(startsAt, zone));
  const days = Array.from({ length: 7 }, (_, at) => addDays(monday, at));
  return (
    <>
      <ol className={classes['week']}>
        {days.map((date) => (
          <Day key={date} date={date} appointments={byDay.get(date) ?? []} onOpen={setOpen} />
        ))}
      </ol>
      <Details appointment={open} onClose={() => setOpen(undefined)} />
    </>
  );
}

type DayProps = {
  readonly date: string;
  readonly appointments: readonly Appointment[];
  readonly onOpen: (appointment: Appointment) => void;
};

function Day({ date, appointments, onOpen }: DayProps) {
  const say = useWords('appointments');
  const locale = useLocale();
  const isToday = useToday() === date;
  return (
    <li className={classes['day']} {...(isToday && { 'aria-current': 'date', 'data-today': true })}>
      <div className={classes['date']}>
        <Text component="span" size="sm" fw={600}>
          {dayInWords(date, locale, { weekday: 'short' })}
        </Text>
        <Text component="span" size="sm" c="dimmed">
          {dayInWords(date, locale, { day: 'numeric', month: 'short' })}
        </Text>
        {isToday && <span className="aloud">{say.today}</span>}
      </div>
      <ul>
        {appointments.map((one) => (
          <li key={one.id}>
            <Slot appointment={one} onOpen={() => onOpen(one)} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function Slot({ appointment, onOpen }: { readonly appointment: Appointment; readonly onOpen: () => void }) {
  const say = useWords('appointments');
  const { startsAt, name, reason } = appointment;
  return (
    <UnstyledButton className={classes['slot']} onClick={onOpen}>
      <Text size="xs" c="dimmed" component="span" display="block">
        <When at={startsAt} show="time" />
      </Text>
      <Text size="sm" fw={600} component="span" display="block">
        {name ?? say.anonymous}
      </Text>
      {reason !== null && (
        <Text size="xs" c="dimmed" component="span" lineClamp={2}>
          {reason}
        </Text>
      )}
    </UnstyledButton>
  );
}
