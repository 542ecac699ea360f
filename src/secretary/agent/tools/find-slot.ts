import { Type } from 'typebox';
import { iso } from '#base';
import { organisation } from '#safeguards/accounts';
import { freeSlots } from '#secretary/appointments';
import { loadAgent } from '../agent.ts';
import { instant, instantMs, strict } from '../inputs.ts';
import { refuse } from '../refusal.ts';
import { tool } from '../tool.ts';

/** Tells when there is room, never who takes the rest. */
export default tool({
  purpose: 'appointments',
  describe: 'Finds free appointment times between two instants, earliest first.',
  input: Type.Object({ from: instant, until: instant, limit: Type.Integer({ minimum: 1, maximum: 20 }) }, strict),
  async run(ctx, tx, call, input) {
    const { hours, visitMinutes } = await loadAgent(tx, call.organisation, call.agentId);
    const { timeZone } = await organisation(tx, call.organisation);
    const slots = await freeSlots(ctx, tx, {
      organisation: call.organisation,
      agentId: call.agentId,
      hours,
      timeZone,
      visitMinutes,
      from: instantMs(input.from),
      until: instantMs(input.until),
      limit: input.limit,
    });
    if (slots.length === 0) throw refuse('none-free');
    return { slots: slots.map(iso) };
  },
});
