import type { TestContext } from 'node:test';
import { isProblem } from '#base';
import { egressBooks } from '#safeguards/register';
import { openProvingGround } from '../proving.ts';
import { mutationIn } from './mutation.ts';

/** An installation that sends its mail by a company outside. */
async function mailing(t: TestContext) {
  const ground = await openProvingGround({
    env: { SOTTO_MAIL: 'postmark', SOTTO_MAIL_FROM: 'a@b.test', SOTTO_POSTMARK_TOKEN: 'x' },
  });
  t.after(() => ground.close());
  return ground;
}

export default mutationIn(mailing, {
  breaks: 'part of the program asks for a host that no vendor file lists',
  found: /stray-part asked for a host that nobody lists, since \S+ \(collector\.example\)/,
  kind: 'deed',
  async deed({ ctx }) {
    const to = { name: 'Stray part', purpose: '', data: [], region: '', hosts: [] };
    await ctx.http(to, { method: 'GET', url: 'https://collector.example/' }).catch((error: unknown) => {
      if (!isProblem(error, 'host-not-listed')) throw error;
    });
    await egressBooks(ctx, ctx.http.ledger).flush();
  },
});
