import type { Cases, Making, Names } from '../case.ts';

/** A call of whoever asks, or of nobody in particular. */
function call({ side, as, isWithin }: Making): Promise<string> {
  return side.call(isWithin ? as.member?.person : undefined);
}

/** What came of such a call. */
function cameOf(kind: 'leads' | 'messages'): (making: Making) => Promise<string> {
  return async (making) => {
    await call(making);
    const { side, as, isWithin } = making;
    const of = isWithin ? as.member?.person : undefined;
    const found = [...side.kinds[kind]].findLast(([, whose]) => whose === of);
    if (!found) throw new Error(`nothing of ${kind} came of a call`);
    return found[0];
  };
}

const ofCall = {
  names: { call },
  query: ({ call: id }: Names) => ({ call: id ?? '' }),
  missing: { call: 'nothing' },
} as const;

/** Calls, what came of them, and what was recorded. */
export const secretaryCases: Cases = {
  'GET /api/v1/call': { ok: 200 },
  'GET /api/v1/today': { ok: 200 },
  'GET /api/v1/calls': {
    shows: 'calls',
    names: {
      agent: async ({ side }) => side.agent,
      assigned: async ({ side, as }) => as.member?.person ?? side.owner.person,
    },
    query: ({ agent, assigned }) => ({ agent: agent ?? '', assigned: assigned ?? '' }),
    missing: { agent: 'nothing', assigned: 'nothing' },
    ok: 200,
  },
  'GET /api/v1/calls/:id': { names: { id: call }, ok: 200 },
  'PUT /api/v1/calls/:id/assignee': {
    names: { id: call, person: async ({ side }) => (await side.member('agent')).person },
    body: ({ person }) => ({ person }),
    missing: { person: 'input-invalid' },
    ok: 200,
  },
  'POST /api/v1/calls/:id/hand-over': {
    names: { id: call },
    body: (_, { once }) => ({ system: 'our-crm', reference: once }),
    ok: 200,
  },
  'GET /api/v1/calls/:id/recording': {
    names: { id: ({ side, as, isWithin }) => side.recordedCall(isWithin ? as.member?.person : undefined) },
    ok: 200,
  },
  'GET /api/v1/leads': { shows: 'leads', ...ofCall, ok: 200 },
  'PUT /api/v1/leads/:id/status': { names: { id: cameOf('leads') }, body: () => ({ status: 'contacted' }), ok: 204 },
  'GET /api/v1/messages': { shows: 'messages', ...ofCall, ok: 200 },
  'PUT /api/v1/messages/:id/done': { names: { id: cameOf('messages') }, body: () => ({ done: true }), ok: 204 },
  'GET /api/v1/appointments': {
    shows: 'appointments',
    names: { call, agent: async ({ side }) => side.agent },
    query: ({ call: id, agent }) => ({ call: id ?? '', agent: agent ?? '' }),
    missing: { call: 'nothing', agent: 'nothing' },
    ok: 200,
  },
  'POST /api/v1/reveal': {
    names: { id: call },
    body: ({ id }) => ({ kind: 'call', id }),
    // Whoever asks for the number of a call must be able to see its number masked.
    covers: { grants: { 'transcripts:read': 'own' }, otherwise: 'key-lacks-scope' },
    ok: 200,
  },
  'GET /api/v1/agents/:id/latency': { names: { id: async ({ side }) => side.agent }, isShared: true, ok: 200 },
};
