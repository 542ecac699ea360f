import { iso, sql, type DatedSubject, type Id, type Sql, type SubjectKind } from '#base';
import type { SweepCtx } from './rule.ts';

/** What was touched in that time is looked at: more than lies between two runs, so that none is missed. */
const lookBackMs = 2 * 86_400_000;
const mostAtOnce = 10_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

type Page = { readonly organisation: Id; readonly since: string; readonly after: Id };

/** What of each kind lives longer than the day its key was made on says, in the order of ids. */
const dated: readonly { readonly kind: SubjectKind; readonly page: (page: Page) => Sql }[] = [
  {
    kind: 'person',
    page: ({ organisation, since, after }) => sql`
      select id, seen_at as at from app.contacts
      where organisation_id = ${organisation} and id > ${after} and seen_at > ${since}
        and created_at < seen_at - interval '1 day'
      order by id limit ${mostAtOnce}`,
  },
  {
    kind: 'appointment',
    page: ({ organisation, since, after }) => sql`
      select id, ends_at as at from app.appointments
      where organisation_id = ${organisation} and id > ${after} and changed_at > ${since} and ends_at > ${since}
        and ends_at > created_at + interval '1 day'
      order by id limit ${mostAtOnce}`,
  },
  {
    kind: 'call',
    page: ({ organisation, since, after }) => sql`
      select id, ended_at as at from app.calls
      where organisation_id = ${organisation} and id > ${after} and emptied_at is null and ended_at > ${since}
        and started_at < ended_at - interval '1 day'
      order by id limit ${mostAtOnce}`,
  },
];

/**
 * A second net for keys whose subject's time begins later than the day they were made on: the keystore's own schedule
 * counts from the day a key lies under. Whoever makes that time later renews the key at once (`keyLivesFrom`); calls that
 * ended days after they began are renewed here alone.
 */
export async function renewKeys({ db, keys, clock }: SweepCtx, organisation: Id): Promise<number> {
  const since = iso(clock.now() - lookBackMs);
  let renewed = 0;
  for (const { kind, page } of dated) {
    for (let after: Id | undefined = beforeAll; after !== undefined;) {
      const wanted: Page = { organisation, since, after };
      const rows = await db.tenant(organisation, (tx) => tx.rows<{ id: Id; at: Date }>(page(wanted)));
      const subjects = rows.map(({ id, at }): DatedSubject => ({
        subject: { organisation, kind, id },
        day: iso(at.getTime()).slice(0, 10),
      }));
      if (subjects.length > 0) renewed += await keys.renew(subjects);
      after = rows.length < mostAtOnce ? undefined : rows.at(-1)?.id;
    }
  }
  return renewed;
}
