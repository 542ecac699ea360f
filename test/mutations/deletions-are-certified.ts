import type { TestContext } from 'node:test';
import { askErasure, proceed } from '#safeguards/erasure';
import { minute, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A call was erased. */
async function erased(t: TestContext) {
  const stage = await openStage(t);
  const { call } = await stage.leave(0);
  const { erasure } = await askErasure(stage.erases, { organisation: stage.business.organisation, what: { call } });
  await proceed(stage.erases, erasure);
  stage.ctx.clock.advance(15 * minute);
  return stage;
}

export default [
  mutationIn(erased, {
    breaks: 'certificates are signed with a key that nobody was told of',
    found: /has a certificate that is not genuine|of another key/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/erasure/certificate.ts',
        from: 'null, 2)}\\n`, [certificateSigner(ctx)]);',
        to: "null, 2)}\\n`, [noteSigner(`sotto/${ctx.keys.id}/deletions`, ctx.keys.derive('something-else'))]);",
      },
    ],
  }),
  mutationIn(erased, {
    breaks: 'an erasure is certified as final before processors have answered',
    found: /is not as final as it is|a processor has not answered/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/erasure/certificate.ts',
        from: '  const text: CertificateText = {\n    state,',
        to: "  const text: CertificateText = {\n    state: 'final',",
      },
    ],
  }),
];
