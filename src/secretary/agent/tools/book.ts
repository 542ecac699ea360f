import { Type } from 'typebox';
import { iso } from '#base';
import { organisation } from '#safeguards/accounts';
import { book } from '#secretary/appointments';
import { loadAgent } from '../agent.ts';
import { instantMs, minute, personal, said, spokenNumber, strict } from '../inputs.ts';
import { tool } from '../tool.ts';

/** The appointment belongs to the number the caller rings from; a number they name is only where to reach them. */
export default tool({
  purpose: 'appointments',
  describe: 'Books an appointment for the caller, at a time find-slot gave or one the caller asked for.',
  input: Type.Object(
    {
      startsAt: minute,
      name: said('who comes', 200),
      phone: said('number to reach them, when it is not the one they ring from', 60),
      reason: said('what it is for', 2_000),
    },
    strict,
  ),
  async run(ctx, tx, call, input) {
    const { hours, visitMinutes } = await loadAgent(tx, call.organisation, call.agentId);
    const business = await organisation(tx, call.organisation);
    const booked = await book(ctx, tx, {
      organisation: call.organisation,
      agentId: call.agentId,
      callId: call.callId,
      contactId: call.contactId,
      startsAt: instantMs(input.startsAt),
      minutes: visitMinutes,
      name: personal(input.name),
      phone: spokenNumber(input.phone, business) ?? call.callerNumber,
      reason: personal(input.reason),
      ownerNumber: call.callerNumber,
      opening: { hours, timeZone: business.timeZone },
    });
    return { appointmentId: booked.id, startsAt: iso(booked.startsAt) };
  },
});
