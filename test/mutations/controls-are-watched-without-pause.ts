import type { TestContext } from 'node:test';
import { evidenceKeeper, keepEvidence } from '#trust';
import { openProvingGround } from '../proving.ts';
import { mutationIn } from './mutation.ts';

const minute = 60_000;

/** Two claims were looked at every five minutes. */
async function watched(t: TestContext) {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const look = (claim: string) =>
    keepEvidence(ground.ctx, {
      claim,
      status: 'proven',
      checked: 1,
      why: 'Nothing broken was found.',
      canFail: true,
      at: ground.ctx.clock.now(),
      tookMs: 1,
    });
  const pass = async (minutes: number, claims: readonly string[]) => {
    for (let at = 0; at < minutes; at += 5) {
      ground.ctx.clock.advance(5 * minute);
      for (const claim of claims) await look(claim);
    }
  };
  await pass(60, ['calls-are-summarised', 'audit-refuses-change']);
  return { ...ground, pass, keep: () => evidenceKeeper(ground.ctx).run() };
}

export default [
  mutationIn(watched, {
    breaks: 'looks are not written into the audit log',
    found: /looks without an entry of the audit log \(app\.evidence\)/,
    quick: true,
    kind: 'omission',
    step: async ({ keep }) => void (await keep()),
  }),
  mutationIn(
    async (t) => {
      const scene = await watched(t);
      await scene.keep();
      return scene;
    },
    {
      breaks: 'one promise is not looked at any more while the others are',
      found: /not looked at for two intervals \(audit-refuses-change\)/,
      kind: 'deed',
      async deed({ pass, keep }) {
        await pass(60, ['calls-are-summarised']);
        await keep();
      },
    },
  ),
];
