import { Anchor, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCan } from '../../api/me.ts';
import { Masked } from '../../parts/masked.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Appointment } from './appointment.ts';
import classes from './appointments.module.css';

type Props = { readonly appointment: Appointment | undefined; readonly onClose: () => void };

/** All that is known of one appointment. */
export function Details({ appointment, onClose }: Props) {
  const say = useWords('appointments');
  const { close } = useWords('shell');
  const mayCall = useCan('calls:read');
  const callId = appointment?.callId ?? null;
  return (
    <Modal
      opened={appointment !== undefined}
      onClose={onClose}
      title={appointment?.name ?? say.anonymous}
      centered
      closeButtonProps={{ 'aria-label': close }}
    >
      {appointment && (
        <dl className={classes['facts']}>
          <dt>{say.when}</dt>
          <dd>
            <When at={appointment.startsAt} show="day" />, <When at={appointment.startsAt} show="time" /> –{' '}
            <When at={appointment.endsAt} show="time" />
          </dd>
          <dt>{say.reason}</dt>
          <dd>{appointment.reason ?? say.noReason}</dd>
          {appointment.phone !== null && (
            <>
              <dt>{say.phone}</dt>
              <dd>
                <Masked kind="appointment" id={appointment.id} phone={appointment.phone} />
              </dd>
            </>
          )}
          <dt>{say.made}</dt>
          <dd>
            <When at={appointment.createdAt} />
          </dd>
        </dl>
      )}
      {callId !== null && mayCall && (
        <Anchor renderRoot={(props) => <Link {...props} to="/calls/$id" params={{ id: callId } as never} />}>
          {say.call}
        </Anchor>
      )}
    </Modal>
  );
}
