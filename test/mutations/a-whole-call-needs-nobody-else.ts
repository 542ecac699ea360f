import type { TestContext } from 'node:test';
import { sql } from '#base';
import { visitNumber } from '../../src/trust/canary-visit-line.ts';
import { asAdmin, openVisited } from '../visiting.ts';
import { mutationIn } from './mutation.ts';

/** The product has rung itself, an hour ago. */
async function visited(t: TestContext) {
  const opened = await openVisited(t);
  await opened.visit();
  opened.pass(60);
  return { ...opened, means: opened.ground.means };
}

export default mutationIn(visited, {
  breaks: 'the line of the number that is rung is gone',
  found: /something did not come about \(call \d+\)/,
  kind: 'deed',
  async deed({ ground, visitor }) {
    await asAdmin(ground, sql`update app.lines set e164 = '+15005550199' where e164 = ${visitNumber}`);
    await visitor.visitNow();
  },
});
