import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { noticeSender, notify } from '#safeguards/notices';
import { day, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A mail was written some days ago. */
async function written(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, business } = stage;
  await ctx.db.tenant(business.organisation, (tx) =>
    notify(ctx, tx, {
      organisation: business.organisation,
      to: new Personal('ana@example.com'),
      language: 'en',
      notice: { kind: 'password-changed' },
    }),
  );
  ctx.clock.advance(8 * day);
  return stage;
}

export default mutationIn(written, {
  breaks: 'nobody sends mails or gives them up',
  found: /what a mail says is still there, and it is waiting \(mail:/,
  kind: 'omission',
  async step({ sweeps, jobs, ctx, means, work }) {
    const mailer = { vendor: 'postmark', keepMs: 0, send: async () => ({ id: 'somewhere' }), check: async () => [] };
    await work(noticeSender({ ...ctx, ...sweeps, db: jobs, publicUrl: () => means.origin }, mailer));
  },
});
