import { holdMs } from '../a-hold.ts';
import type { Cases, Making } from '../case.ts';

const hold = ({ side }: Making) => side.hold();

/** What must not be deleted, and who says so. */
export const holdCases: Cases = {
  'GET /api/v1/holds': { shows: 'holds', ok: 200 },
  'GET /api/v1/holds/:id': { names: { id: hold }, ok: 200 },
  'POST /api/v1/holds': {
    names: { call: ({ side }) => side.call() },
    body: ({ call }, { stage }) => ({
      reason: 'A claim at law.',
      until: new Date(stage.ctx.clock.now() + holdMs).toISOString(),
      call,
    }),
    ok: 201,
  },
  'POST /api/v1/holds/:id/approve': { names: { id: hold }, ok: 200 },
  'POST /api/v1/holds/:id/lift': { names: { id: hold }, ok: 200 },
};
