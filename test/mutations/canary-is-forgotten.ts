import type { TestContext } from 'node:test';
import { sql } from '#base';
import { asAdmin, minute, openVisited, past } from '../visiting.ts';
import { mutationIn } from './mutation.ts';

/** The product has rung itself, and the time of that call is over. */
async function visited(t: TestContext) {
  const opened = await openVisited(t);
  const last = await opened.visit();
  opened.pass((last.dueAt! - opened.ground.ctx.clock.now()) / minute);
  return { ...opened, means: opened.ground.means };
}

export default [
  mutationIn(visited, {
    breaks: 'what is past its time does not end',
    found: /something of a call that is past its time is there/,
    kind: 'omission',
    step: ({ purge }) => purge(),
  }),
  mutationIn(async (t) => past(t).then((opened) => ({ ...opened, means: opened.ground.means })), {
    breaks: 'what was said is copied to where nobody looks for it',
    found: /something that the canary said is there \(app\.agents/,
    kind: 'deed',
    async deed({ ground }) {
      const [mark] = ground.means.canary.visits.marks.common.filter(({ kind }) => kind === 'word');
      await asAdmin(ground, sql`update app.agents set name = ${mark?.text ?? ''}`);
    },
  }),
];
