import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { altered } from './asking.ts';
import type { Reach } from './claim.ts';
import claim from './claims/framework-status-is-computed.ts';
import { keepEvidence } from './evidence.ts';
import type { FrameworkState } from './framework-state.ts';
import { prove } from './prove.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
  // Of one claim the evidence says that it is not kept.
  const verdict = { claim: 'audit-is-append-only', status: 'failing', checked: 1, why: 'A row was changed.' } as const;
  await keepEvidence(ground.ctx, { ...verdict, canFail: true, at: ground.ctx.clock.now() - 300_000, tookMs: 1 });
});
after(() => ground.close());

type Change = (framework: FrameworkState) => object;

/** A product whose list tells one framework so. */
function telling(id: string, change: Change): (reach: Reach) => Reach {
  return (reach) =>
    altered(reach, ({ path }, answer) => {
      if (path !== '/trust/frameworks.json' || answer.status !== 200) return answer;
      const told = JSON.parse(answer.body) as { readonly frameworks: readonly FrameworkState[] };
      const frameworks = told.frameworks.map((one) => (one.id === id ? { ...one, ...change(one) } : one));
      return { ...answer, body: JSON.stringify({ ...told, frameworks }) };
    });
}

const lies: Readonly<Record<string, (reach: Reach) => Reach>> = {
  'a law is in force before its day': telling('dpdp', () => ({ status: 'in-force' })),
  'open lines are documented': telling('gdpr', () => ({ status: 'documented' })),
  'a line holds on a claim that nobody looked at': telling('gdpr', ({ lines }) => ({
    lines: lines.map((line) => (line.state === 'unseen' ? { ...line, state: 'holds' } : line)),
  })),
  'a line calls a failing claim proven': telling('gdpr', ({ lines }) => ({
    lines: lines.map((line) => ({ ...line, claims: line.claims.map((one) => ({ ...one, status: 'proven' })) })),
  })),
  'a framework is left out': telling('gdpr', () => ({ id: 'another' })),
  'the page is greener than the list': (reach) =>
    altered(reach, ({ path }, answer) =>
      path.startsWith('/trust/frameworks?')
        ? { ...answer, body: answer.body.replaceAll(/(<li id="gdpr" class=)"[a-z-]+"/g, '$1"attested"') }
        : answer,
    ),
};

for (const [lie, broken] of Object.entries(lies)) {
  test(`it is noticed when ${lie}`, async () => {
    const item = { ...claim, counterexample: { kind: 'senses', broken } } as const;
    const { status, canFail, why } = await prove({ id: 'framework-status-is-computed', item }, ground.means);
    assert.deepEqual([status, canFail], ['proven', true], why);
  });
}

test('a promise that is kept since a moment ago may be called kept: that is no lie', async () => {
  const { clock } = ground.ctx;
  const look = {
    claim: 'no-organisation-sees-another',
    checked: 1,
    why: 'As it is.',
    canFail: true,
    tookMs: 1,
  } as const;
  await keepEvidence(ground.ctx, { ...look, status: 'not-exercised', at: clock.now() - 300_000 });
  await keepEvidence(ground.ctx, { ...look, status: 'proven', at: clock.now() - 5_000 });
  const { status, why } = await prove({ id: 'framework-status-is-computed', item: claim }, ground.means);
  assert.equal(status, 'proven', why);
});
