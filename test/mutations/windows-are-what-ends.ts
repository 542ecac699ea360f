import type { TestContext } from 'node:test';
import { setKeeping } from '#safeguards/retention';
import { day, hour, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A business has set how long things are kept, and later longer times; a call came to its end. */
async function set(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, ago, business } = stage;
  const { organisation } = business;
  await stage.leave(8 * day);
  for (const [preset, agoMs] of [
    ['minimal', 5 * hour],
    ['short', 4 * hour],
    ['standard', 3 * hour],
  ] as const)
    await ctx.db.tenant(organisation, (tx) => setKeeping(ago(agoMs), tx, { organisation, choice: { preset } }));
  await stage.purge();
  return stage;
}

export default [
  mutationIn(set, {
    breaks: 'a setting is not recorded',
    found: /a setting that the audit log does not know/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/retention/keeping.ts',
        from: "  await record(ctx, tx, {\n    organisation,\n    actor: by,\n    action: 'keeping.changed',",
        to: "  if (added > 0) return { preset: choice.preset, windows, afterHandOver, version, changedAt, goneTo };\n  await record(ctx, tx, {\n    organisation,\n    actor: by,\n    action: 'keeping.changed',",
      },
    ],
  }),
  mutationIn(set, {
    breaks: 'longer times bring back what was gone',
    found: /a setting that brings back what was gone/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/retention/keeping.ts',
        from: 'return byPassing((what) => Math.max(goneTo[what], now - windowOf(what)));',
        to: 'return byPassing((what) => Math.max(0, now - windowOf(what)));',
      },
    ],
  }),
];
