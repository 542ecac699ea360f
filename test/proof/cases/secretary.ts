import type { Cases, Making } from '../case.ts';

/** A call of whoever asks, or of nobody in particular. */
function call({ side, as, isWithin }: Making): Promise<string> {
  return side.call(isWithin ? as.member?.person : undefined);
}

/** Calls, what came of them, and what was recorded. */
export const secretaryCases: Cases = {
  'GET /api/v1/calls': { shows: 'calls', ok: 200 },
  'GET /api/v1/calls/:id': { names: { id: call }, ok: 200 },
  'PUT /api/v1/calls/:id/assignee': {
    names: { id: call, person: async ({ side }) => (await side.member('agent')).person },
    body: ({ person }) => ({ person }),
    missing: { person: 'input-invalid' },
    ok: 200,
  },
  'GET /api/v1/calls/:id/recording': {
    names: { id: ({ side, as, isWithin }) => side.recordedCall(isWithin ? as.member?.person : undefined) },
    ok: 200,
  },
  'GET /api/v1/leads': { shows: 'leads', ok: 200 },
  'GET /api/v1/messages': { shows: 'messages', ok: 200 },
  'GET /api/v1/appointments': { shows: 'appointments', ok: 200 },
  'GET /api/v1/agents/:id/latency': { names: { id: async ({ side }) => side.agent }, isShared: true, ok: 200 },
};
