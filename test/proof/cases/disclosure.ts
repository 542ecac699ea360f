import { newForm } from '#safeguards/disclosure';
import { setFigures } from '#secretary/figures';
import { publish } from '../../publish.ts';
import { makeBusiness } from '../../rows.ts';
import { ask } from '../ask.ts';
import { nobody } from '../persona.ts';
import type { Case, Cases, Making } from '../case.ts';

const held: Case = { names: { token: receipt }, missing: { token: 'not-found' }, isOpenToHolders: true, ok: 200 };

const numbersOf: Case = {
  names: {
    // A business of its own: what the others say of themselves is changed meanwhile.
    async slug({ ctx, stage }) {
      const { organisation } = await makeBusiness(ctx.db);
      const slug = stage.once();
      await publish(ctx, { organisation, slug });
      await ctx.db.tenant(organisation, (tx) => setFigures(ctx, tx, { organisation, isPublic: true, by: 'system' }));
      return slug;
    },
  },
  missing: { slug: 'not-found' },
  isOpenToHolders: true,
  ok: 200,
};

/** How weaknesses are reported, how it answers, and what is public in numbers. */
export const disclosureCases: Cases = {
  'GET /trust/security': { ok: 200 },
  'GET /trust/security.json': { ok: 200 },
  'GET /.well-known/security.txt': { ok: 200 },
  'GET /security.txt': { ok: 308 },
  'POST /trust/security': {
    body: (_, { stage }) =>
      new URLSearchParams({ title: 'A door', details: 'Open.', contact: '', form: newForm(stage.ctx) }).toString(),
    headers: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
    ok: 303,
  },
  'POST /trust/security/reports': { body: () => ({ title: 'A door', details: 'Open.' }), ok: 201 },
  'GET /trust/security/report/:token': held,
  'GET /trust/security/reports/:token': held,
  'GET /trust/status': { ok: 200 },
  'GET /trust/status.json': { ok: 200 },
  'GET /trust/numbers': { ok: 200 },
  'GET /trust/numbers.json': { ok: 200 },
  'GET /trust/live': { ok: 200 },
  'GET /trust/live.json': { ok: 200 },
  'GET /trust/of/:slug/numbers': numbersOf,
  'GET /trust/of/:slug/numbers.json': numbersOf,
  'GET /api/v1/organisation/figures': { ok: 200 },
  'PUT /api/v1/organisation/figures': {
    body: () => ({ public: true }),
    headers: () => ({ 'if-match': '*' }),
    ok: 200,
  },
};

async function receipt({ stage }: Making): Promise<string> {
  const body = { title: 'A door', details: 'Open.' };
  const asked = { method: 'POST', url: '/trust/security/reports', body } as const;
  const answer = await ask(stage.world.app.server, nobody, asked);
  return (JSON.parse(answer.body) as { receipt: string }).receipt.split('/').at(-1) ?? '';
}
