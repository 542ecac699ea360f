import { aCallToErase } from '../an-erasure.ts';
import type { Cases, Making } from '../case.ts';

const call = ({ ctx, side }: Making) => aCallToErase(ctx, side);
const erasure = ({ side }: Making) => side.erasure();

/** What is erased because somebody asks for it, and its certificates. */
export const erasureCases: Cases = {
  'GET /api/v1/erasures': { shows: 'erasures', ok: 200 },
  'POST /api/v1/erasures': { names: { call }, body: (names) => ({ call: names['call'] }), ok: 202 },
  'DELETE /api/v1/calls/:id': { names: { id: call }, ok: 202 },
  'GET /api/v1/erasures/:id': { names: { id: erasure }, ok: 200 },
  'GET /api/v1/erasures/:id/certificate': { names: { id: erasure }, ok: 200 },
  'GET /.well-known/sotto/certificate-key': { ok: 200 },
  // What is listed are deletions, which have ids of their own.
  'GET /api/v1/processors/erasures': {
    names: { erasure },
    query: (names) => ({ erasure: names['erasure']! }),
    missing: { erasure: 'nothing' },
    shows: 'nothing',
    ok: 200,
  },
};
