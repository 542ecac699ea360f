import { Type } from 'typebox';
import { iso } from '#base';
import { organisation } from '#safeguards/accounts';
import { appointmentsOf, moveAppointment } from '#secretary/appointments';
import { loadAgent } from '../agent.ts';
import { appointmentId, instantMs, minute, strict } from '../inputs.ts';
import { refuse } from '../refusal.ts';
import { tool } from '../tool.ts';

/** Another number's appointment is not found, as one that never was. */
export default tool({
  purpose: 'appointments',
  describe: "Moves one of the caller's own appointments to another time.",
  input: Type.Object({ appointmentId, startsAt: minute }, strict),
  async run(ctx, tx, call, input) {
    const { organisation: owner, callerNumber: phone, callId } = call;
    const own = phone && (await appointmentsOf(ctx, tx, owner, phone)).find(({ id }) => id === input.appointmentId);
    if (!own) throw refuse('not-found');
    // The hours are those of the agent it was booked with, which may be another one of the same business.
    const { hours } = await loadAgent(tx, owner, own.agentId);
    const { timeZone } = await organisation(tx, owner);
    const startsAt = instantMs(input.startsAt);
    const opening = { hours, timeZone };
    const moved = await moveAppointment(ctx, tx, { organisation: owner, id: own.id, phone, callId, startsAt, opening });
    return { appointmentId: moved.id, startsAt: iso(moved.startsAt) };
  },
});
