import type { TestContext } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { addPerson, askClosing } from '#safeguards/accounts';
import { closer, proceed } from '#safeguards/erasure';
import { day, openStage } from '../mutating/stage.ts';
import { asAdmin } from '../visiting.ts';
import { mutationIn } from './mutation.ts';

/** An owner closes the account. */
async function closing(t: TestContext, agoMs: number) {
  const stage = await openStage(t);
  const { ctx, ago, business } = stage;
  const { organisation } = business;
  const person = await ctx.db.tenant(organisation, (tx) =>
    addPerson(ctx, tx, {
      organisation,
      role: 'owner',
      name: new Personal('Somebody'),
      email: new Personal('a@b.example'),
    }),
  );
  const { name } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ name: string }>(sql`select name from app.organisations where id = ${organisation}`),
  );
  const who = { organisation, actor: `person:${person}` as const, grants: {} };
  await ctx.db.tenant(organisation, (tx) => askClosing(ago(agoMs), tx, { who, sender: {} }, { name }));
  return stage;
}

export default [
  mutationIn((t) => closing(t, 0), {
    breaks: 'an account is closed after sixty days',
    found: /ends later than thirty days after it was asked for/,
    kind: 'deed',
    deed: (stage) =>
      asAdmin(
        stage,
        sql`alter table app.organisations drop constraint closes_in_thirty_days`,
        sql`update app.organisations set closes_at = closes_at + interval '30 days' where closes_at is not null`,
      ),
  }),
  mutationIn((t) => closing(t, 32 * day), {
    breaks: 'nobody looks which accounts have to end',
    found: /was to be erased and has rows in app\.people/,
    kind: 'omission',
    async step({ erases, jobs, ctx, work, business: { organisation } }) {
      const works = { ...erases, db: jobs };
      await work(closer(works));
      const { id } = await ctx.db.tenant(organisation, (tx) =>
        tx.one<{ id: Id }>(sql`select id from app.erasures where organisation_id = ${organisation}`),
      );
      await proceed(works, { organisation, id });
    },
  }),
];
