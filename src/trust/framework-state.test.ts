import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomUUID } from 'node:crypto';
import type { TrustDocument } from './attestations/documents.ts';
import { controlsFrom } from './control-inventory.ts';
import type { Status } from './claim.ts';
import { control, loadFrameworks, open, outOfScope, yours, type Framework } from './framework.ts';
import { frameworkState } from './framework-state.ts';
import type { ClaimState } from './state.ts';

const text = { en: 'A.', es: 'B.', pt: 'C.', hi: 'D.' };
const today = '2026-11-22';

const law: Framework = {
  name: text,
  edition: text,
  kind: 'law',
  binds: ['operator'],
  applies: text,
  report: 'gdpr-audit',
  source: { say: text, confidence: 'primary' },
  controls: [
    control('1', { kind: 'claims', claims: ['a', 'b'] }, text),
    control('2', { kind: 'claims', claims: ['b'], duty: 'training' }, text),
    control('3', outOfScope('no-paper'), text),
  ],
};

function at(
  framework: Framework,
  statuses: Readonly<Record<string, Status>>,
  documents: readonly TrustDocument[] = [],
) {
  return frameworkState(
    { id: 'the-law', item: framework },
    { today, statusOf: (id) => statuses[id] ?? 'unknown', keeping: (promise) => (promise === 'AUD-08' ? ['a'] : []) },
    documents,
  );
}

function document(given: Partial<TrustDocument>): TrustDocument {
  return {
    id: randomUUID(),
    kind: 'gdpr-audit',
    title: 'Report',
    issuer: 'Auditor',
    about: null,
    issuedOn: '2026-01-01',
    untilOn: '2026-12-31',
    sha256: '00',
    bytes: 1,
    isPublic: false,
    addedAt: 0,
    ...given,
  };
}

const kept = { a: 'proven', b: 'proven' } as const;
const statement = document({ kind: 'operator-statement', about: 'the-law', issuer: 'Operator' });

test('a law is in force when every claim holds and the operator has vouched for the duties of people', () => {
  assert.equal(at(law, kept, [statement]).status, 'in-force');
  assert.equal(at(law, { a: 'attested', b: 'in-force' }, [statement]).status, 'in-force');
});

test('without a word of the operator in date it is documented and no more', () => {
  assert.equal(at(law, kept).status, 'documented');
  assert.equal(at(law, kept, [document({ kind: 'operator-statement', about: 'another-law' })]).status, 'documented');
  const forPeople = { ...law, controls: [...law.controls, control('4', yours('risk'), text)] };
  assert.equal(at(forPeople, kept).status, 'documented');
});

test('one claim that is not kept at this moment takes it out of force, and shows at each line that leans on it', () => {
  for (const status of ['failing', 'overdue', 'attestation-expired', 'unknown', 'not-exercised'] as const) {
    const state = at(law, { a: 'proven', b: status }, [statement]);
    assert.equal(state.status, 'documented', status);
    const isBroken = status !== 'unknown' && status !== 'not-exercised';
    assert.deepEqual(
      state.lines.map((line) => line.state),
      isBroken ? ['failing', 'failing', 'not-applicable'] : ['unseen', 'unseen', 'not-applicable'],
    );
    assert.deepEqual(state.lines[1]!.claims, [{ id: 'b', status }]);
  }
});

test('a claim that is gone is unknown, never kept', () => {
  assert.equal(at(law, { a: 'proven' }, [statement]).status, 'documented');
});

test('what is open, or rests on what is not built, leaves it on the roadmap', () => {
  const withGap = { ...law, controls: [...law.controls, control('4', open('RES-02'), text)] };
  assert.equal(at(withGap, kept, [statement]).status, 'roadmap');
  assert.equal(at(law, { a: 'roadmap', b: 'proven' }, [statement]).status, 'roadmap');
});

test('what was open is answered by the claims of its promise, once there are any', () => {
  const waiting = { ...law, controls: [...law.controls, control('4', open('AUD-08', 'training'), text)] };
  const state = at(waiting, kept, [statement]);
  assert.equal(state.status, 'in-force');
  const { answer, state: stands, claims, duty, promise } = state.lines.at(-1)!;
  assert.deepEqual(
    { answer, stands, claims, duty, promise },
    { answer: 'claims', stands: 'holds', claims: [{ id: 'a', status: 'proven' }], duty: 'training', promise: null },
  );
  assert.equal(at(waiting, { ...kept, a: 'failing' }, [statement]).lines.at(-1)!.state, 'failing');
});

test('a law that binds nobody yet is never in force before its day', () => {
  const coming = { ...law, from: '2027-05-13' } as const;
  assert.equal(at(coming, kept, [statement]).status, 'documented');
  assert.equal(at(coming, kept, [statement]).isBinding, false);
  assert.equal(at({ ...law, from: '2026-11-22' }, kept, [statement]).status, 'in-force');
});

test('audited is said only with a report of its own kind about the operator', () => {
  assert.equal(at(law, {}, [document({})]).status, 'audited');
  assert.equal(at(law, {}, [document({ about: 'a-provider' })]).status, 'documented');
  assert.equal(at(law, {}, [document({ kind: 'soc2-report' })]).status, 'documented');
  const { report: _report, ...nobodyAudits } = law;
  assert.equal(at(nobodyAudits, kept, [document({})]).status, 'documented');
});

test('what only somebody outside can say is not claimed without them, whatever holds', () => {
  const reported = { ...law, kind: 'report' } as const;
  assert.equal(at(reported, kept, [statement]).status, 'not-claimed');
  assert.equal(at(reported, kept, [document({})]).status, 'audited');
});

test('a framework to which the program has no answer is not claimed', () => {
  assert.equal(at({ ...law, controls: [control('1', yours('risk'), text)] }, {}, [statement]).status, 'not-claimed');
});

test('no framework in the catalogue can be audited by a report about another', async () => {
  const kinds = (await loadFrameworks()).map(({ item }: { item: Framework }) => item.report);
  assert.ok(kinds.every((kind) => kind !== undefined));
  assert.equal(new Set(kinds).size, kinds.length);
});

function claim(id: string, status: Status, fulfils: ClaimState['fulfils']): ClaimState {
  return {
    id,
    status,
    fulfils,
    kind: 'proven',
    group: 'access',
    say: text,
    how: text,
    yourself: text,
    kept: ['keeper'],
    checked: 1,
    why: '',
    at: null,
    since: null,
    canFail: true,
    seenFailingAt: null,
    every: 60_000,
    budgetMs: 1,
    tookMs: 1,
    late: false,
  };
}

test('a control is a promise with its claims, the worst status of them, and the lines that rest on it', () => {
  const claims = [
    claim('a', 'proven', ['ACC-02', 'ACC-01']),
    claim('b', 'failing', ['ACC-01']),
    { ...claim('c', 'not-claimed', ['TRU-02']), kind: 'declined' as const },
  ];
  const controls = controlsFrom(claims, [at(law, kept)]);
  assert.deepEqual(
    controls.map(({ id, status, frameworks }) => [id, status, frameworks.flatMap(({ lines }) => lines)]),
    [
      ['ACC-01', 'failing', ['1', '2']],
      ['ACC-02', 'proven', ['1']],
    ],
  );
});
