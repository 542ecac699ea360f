import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCan, useZone } from '../../api/me.ts';
import { Masked } from '../../parts/masked.tsx';
import { When } from '../../parts/when.tsx';
import { dayInWords, dayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Appointment } from './appointment.ts';
import classes from './appointments.module.css';

/** One appointment in a list. */
export function ListRow({ appointment }: { readonly appointment: Appointment }) {
  const say = useWords('appointments');
  const { call } = useWords('messages');
  const locale = useLocale();
  const zone = useZone();
  const mayCall = useCan('calls:read');
  const { id, startsAt, endsAt, name, reason, phone, callId } = appointment;
  const day = dayInWords(dayOf(startsAt, zone), locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return (
    <li className={classes['row']}>
      <div>
        <Text size="sm" fw={600}>
          {day}
        </Text>
        <Text size="sm" c="dimmed">
          <When at={startsAt} show="time" /> – <When at={endsAt} show="time" />
        </Text>
      </div>
      <div>
        <Text size="sm" fw={600}>
          {name ?? say.anonymous}
        </Text>
        <Text size="sm" c="dimmed">
          {reason ?? say.noReason}
        </Text>
      </div>
      <Text size="sm" component="div">
        {phone !== null && <Masked kind="appointment" id={id} phone={phone} />}
        {callId !== null && mayCall && (
          <Anchor
            inherit
            display="block"
            renderRoot={(props) => <Link {...props} to="/calls/$id" params={{ id: callId } as never} />}
          >
            {call}
          </Anchor>
        )}
      </Text>
    </li>
  );
}
