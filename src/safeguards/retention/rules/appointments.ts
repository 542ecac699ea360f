import { deleteRows, oldestOf, pick, type Aged } from '../due.ts';
import { handedOverAppointments } from '../hand-over-sweeps.ts';
import type { Rule } from '../rule.ts';

const appointments: Aged = { table: 'appointments', at: 'ends_at', holds: 'appointment' };

export default {
  say: { en: 'Appointments', es: 'Citas', pt: 'Agendamentos', hi: 'अपॉइंटमेंट' },
  subject: 'caller',
  purpose: {
    en: 'To keep the appointment that a caller made.',
    es: 'Atender la cita que concertó quien llama.',
    pt: 'Manter o horário que quem ligou marcou.',
    hi: 'कॉल करने वाले का लिया हुआ अपॉइंटमेंट रखने के लिए।',
  },
  covers: ['app.appointments.*'],
  keeps: {
    by: 'setting',
    from: { en: 'when it is over', es: 'cuando ha pasado', pt: 'quando termina', hi: 'उसके समाप्त होने' },
    mayLastWithAccount: true,
  },
  ends: ['key', 'row'],
  sweep: {
    keys: ['appointment'],
    due: (tx, due) => pick(appointments, tx, due),
    oldest: (tx, organisation) => oldestOf(appointments, tx, organisation),
    end: (_, tx, rows) => deleteRows(appointments, tx, rows),
  },
  afterHandOver: handedOverAppointments,
} satisfies Rule;
