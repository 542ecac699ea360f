import type { TestContext } from 'node:test';
import { newId, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { keepEvidence, type Status } from '#trust';
import { openProvingGround, type ProvingGround } from '../proving.ts';
import { sequenceNow } from '../sequencing.ts';
import { asAdmin } from '../visiting.ts';
import { mutationIn } from './mutation.ts';

/** Looks of three hours ago, one of which found a promise broken. */
async function looked(t: TestContext) {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const look = (claim: string, status: Status) =>
    keepEvidence(ground.ctx, {
      claim,
      status,
      checked: 1,
      why: 'Seen.',
      canFail: true,
      at: ground.ctx.clock.now(),
      tookMs: 1,
    });
  await look('audit-refuses-change', 'proven');
  await look('calls-are-summarised', 'failing');
  ground.ctx.clock.advance(3 * 3_600_000);
  await look('leads-are-kept', 'proven');
  await sequenceNow(ground.ctx, ground.database);
  return ground;
}

/** Half an hour ago, as the application's own role, which may add rows. */
async function typeLook({ ctx }: ProvingGround): Promise<void> {
  const at = new Date(ctx.clock.now() - 30 * 60_000);
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms, mac, entry_id)
      select ${instanceId}, ${newId(ctx)}, 'calls-are-answered', ${at}, 'proven', 4711, 'Nothing broken was found.', true, 12,
        mac, entry_id
      from app.evidence where organisation_id = ${instanceId} and claim = 'leads-are-kept'`),
  );
}

export default [
  mutationIn(looked, {
    breaks: 'somebody types a look',
    found: /no entry of the audit log commits to a look \(calls-are-answered, look /,
    quick: true,
    kind: 'deed',
    deed: typeLook,
  }),
  mutationIn(looked, {
    breaks: 'an administrator alters what a look counted',
    found: /a look is not what the audit log commits to: checked \(leads-are-kept, look /,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`update app.evidence set checked = 4711 where claim = 'leads-are-kept'`),
  }),
  mutationIn(looked, {
    breaks: 'somebody takes the look away that found a promise broken',
    found: /a look is gone that changed the status \(calls-are-summarised, /,
    kind: 'deed',
    deed: ({ ctx }) =>
      ctx.db
        .tenant(instanceId, (tx) => tx.run(sql`delete from app.evidence where claim = 'calls-are-summarised'`))
        .then(() => {}),
  }),
  mutationIn(looked, {
    breaks: 'old looks go on counting',
    found: /shown as proven, seen as unknown \(audit-refuses-change\)/,
    quick: true,
    kind: 'source',
    edits: [
      {
        file: 'src/trust/state.ts',
        from: 'const isStale = now - evidence.at > 2 * every;',
        to: 'const isStale = now - evidence.at > 2_000 * every;',
      },
    ],
  }),
  mutationIn(looked, {
    breaks: 'a promise that is broken is shown as kept',
    found: /shown as proven, seen as failing \(calls-are-summarised\)/,
    kind: 'source',
    edits: [
      {
        file: 'src/trust/state.ts',
        from: "if (!isStale || status === 'failing' || status === 'overdue') return { status, why };",
        to: "if (!isStale || status === 'failing' || status === 'overdue') return { status: 'proven', why };",
      },
    ],
  }),
];
