import { iso } from '#base';
import { Type } from 'typebox';
import { appointmentsOf } from '#secretary/appointments';
import { strict } from '../inputs.ts';
import { refuse } from '../refusal.ts';
import { tool } from '../tool.ts';

/** There is no way to ask for another number's appointments: the input has no place to name one. */
export default tool({
  purpose: 'appointments',
  describe: 'Finds the appointments of the caller, by the number they ring from.',
  input: Type.Object({}, strict),
  async run(ctx, tx, call) {
    if (!call.callerNumber) throw refuse('number-withheld');
    const own = await appointmentsOf(ctx, tx, call.organisation, call.callerNumber);
    return { appointments: own.map(({ id, startsAt }) => ({ appointmentId: id, startsAt: iso(startsAt) })) };
  },
});
