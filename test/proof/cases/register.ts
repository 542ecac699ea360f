import type { Case, Cases } from '../case.ts';

const form = () => ({ 'content-type': 'application/x-www-form-urlencoded' });
const version: Case = { words: { number: '1' }, ok: 200 };

/** Who gets data, in every version, and being told of changes. */
export const registerCases: Cases = {
  'GET /trust/processors': { ok: 200 },
  'GET /trust/processors.json': { ok: 200 },
  'GET /trust/processors.atom': { ok: 200 },
  'GET /trust/processors/versions': { ok: 200 },
  'GET /trust/processors/versions.json': { ok: 200 },
  'GET /trust/processors/versions/:number': version,
  'GET /trust/processors/versions/:number.json': version,
  'GET /trust/processors/subscription': { ok: 200 },
  'POST /trust/processors/subscription': {
    body: () => new URLSearchParams({ address: 'reader@example.com' }).toString(),
    headers: form,
    ok: 200,
  },
  'POST /trust/processors/subscription/answer': {
    body: () => new URLSearchParams({ id: '00000000-0000-7000-8000-0000000000d0', token: 'none' }).toString(),
    headers: form,
    ok: 200,
  },
};
