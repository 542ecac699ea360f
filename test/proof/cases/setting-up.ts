import type { Case, Cases, Making } from '../case.ts';

const agent: NonNullable<Case['names']>[string] = async ({ side }) => side.agent;
const line = ({ side }: Making) => side.line();

/** A number that nobody has, in the form that lines have. */
const freshNumber = (once: string) => `+1500557${once.replace(/\D/g, '').padStart(5, '0')}`;

/** How the secretary is set up, which numbers it answers, and what is left to do. */
export const settingUpCases: Cases = {
  'GET /api/v1/agents': { shows: 'agents', ok: 200 },
  'GET /api/v1/agents/:id': { names: { id: agent }, isShared: true, ok: 200 },
  'PATCH /api/v1/agents/:id': {
    names: { id: agent },
    body: (_, { once }) => ({ greeting: `Hello ${once}.` }),
    headers: () => ({ 'if-match': '*' }),
    isShared: true,
    ok: 200,
  },
  'GET /api/v1/agents/:id/opening': { names: { id: agent }, isShared: true, ok: 200 },
  'POST /api/v1/agents/:id/opening': {
    names: { id: agent },
    body: (_, { once }) => ({ greeting: `Hello ${once}.` }),
    isShared: true,
    ok: 200,
  },
  'GET /api/v1/agent-options': { ok: 200 },
  'GET /api/v1/lines': { shows: 'lines', ok: 200 },
  'POST /api/v1/lines': {
    names: { agentId: agent, account: ({ side }) => side.credential() },
    body: ({ agentId, account }, { once }) => ({ carrier: 'twilio', number: freshNumber(once), agentId, account }),
    missing: { agentId: 'input-invalid', account: 'input-invalid' },
    ok: 201,
  },
  'PATCH /api/v1/lines/:id': {
    names: { id: line, agentId: agent },
    body: ({ agentId }) => ({ agentId }),
    missing: { agentId: 'input-invalid' },
    ok: 204,
  },
  'DELETE /api/v1/lines/:id': { names: { id: line }, ok: 204 },
  'POST /api/v1/lines/:id/check': { names: { id: line }, ok: 200 },
  // The carrier is away, so that the number is not found. How one is pointed is tried beside the code.
  'POST /api/v1/lines/:id/point': { names: { id: line }, ok: 'input-invalid' },
  'GET /api/v1/setup': { ok: 200 },
  'PATCH /api/v1/setup': { body: () => ({ dismissed: true }), ok: 204 },
};
