import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { mailLogSweeper, notify } from '#safeguards/notices';
import { day, hour, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A mail of a year ago and one of today. */
async function written(t: TestContext) {
  const stage = await openStage(t);
  const { organisation } = stage.business;
  const write = (agoMs: number) =>
    stage.ctx.db.tenant(organisation, (tx) =>
      notify(stage.ago(agoMs), tx, {
        organisation,
        to: new Personal('ana@example.com'),
        language: 'en',
        notice: { kind: 'password-changed' },
      }),
    );
  await write(365 * day + 2 * hour);
  await write(0);
  return stage;
}

export default mutationIn(written, {
  breaks: 'nothing ends what is known of mails',
  found: /is in the log for longer than a year \(mail:/,
  kind: 'omission',
  step: ({ ctx, jobs, work }) => work(mailLogSweeper({ ...ctx, db: jobs })),
});
