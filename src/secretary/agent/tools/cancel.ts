import { Type } from 'typebox';
import { cancelAppointment } from '#secretary/appointments';
import { appointmentId, strict } from '../inputs.ts';
import { refuse } from '../refusal.ts';
import { tool } from '../tool.ts';

/** Another number's appointment is not found, as one that never was. */
export default tool({
  purpose: 'appointments',
  describe: "Cancels one of the caller's own appointments.",
  input: Type.Object({ appointmentId }, strict),
  async run(ctx, tx, call, input) {
    const { organisation, callerNumber: phone, callId } = call;
    if (!phone) throw refuse('not-found');
    await cancelAppointment(ctx, tx, { organisation, id: input.appointmentId, phone, callId });
    return {};
  },
});
