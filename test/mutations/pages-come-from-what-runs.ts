import { publish } from '../publish.ts';
import { openProvingGround } from '../proving.ts';
import { makeBusiness } from '../rows.ts';
import { setKeeping } from '#safeguards/retention';
import type { TestContext } from 'node:test';
import { mutation, mutationIn } from './mutation.ts';

/** A business that keeps things for a short time and has published that. */
async function published(t: TestContext) {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const { organisation } = await makeBusiness(ground.ctx.db);
  await publish(ground.ctx);
  await publish(ground.ctx, { organisation, slug: 'harbour' });
  await ground.ctx.db.tenant(organisation, (tx) =>
    setKeeping(ground.ctx, tx, { organisation, choice: { preset: 'short' } }),
  );
  return ground;
}

export default [
  mutation({
    breaks: 'the page of permissions forgets one',
    found: /runs and is not published \(\/trust\/permissions\.json calls:read owner all/,
    quick: true,
    kind: 'source',
    edits: [
      {
        file: 'src/trust/page/permissions-body.ts',
        from: 'permissions: permissions.map(lineOf) };',
        to: 'permissions: permissions.slice(1).map(lineOf) };',
      },
    ],
  }),
  mutationIn(published, {
    breaks: 'the page of an organisation shows the usual days, whatever it has set',
    found: /other days than are set \(organisation:[0-9a-f-]+ recordings/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/retention/schedule.ts',
        from: 'return lineOf(rule, all, set && windows[set]);',
        to: 'return lineOf(rule, all, set && { ms: 90 * 86_400_000 });',
      },
    ],
  }),
];
