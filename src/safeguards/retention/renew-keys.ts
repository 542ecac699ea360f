import { iso, sql, type DatedSubject, type Id, type SubjectKind, type Tx } from '#base';
import type { SweepCtx } from './rule.ts';

/** What was touched in that time is looked at: more than lies between two runs, so that none is missed. */
const lookBackMs = 2 * 86_400_000;
const mostAtOnce = 10_000;

/**
 * A second net for keys whose subject's time begins later than the day they were made on: the keystore's own schedule
 * counts from the day a key lies under. Whoever makes that time later renews the key at once (`keyLivesFrom`); calls that
 * ended days after they began are renewed here alone.
 */
export async function renewKeys({ db, keys, clock }: SweepCtx, organisation: Id): Promise<number> {
  const since = iso(clock.now() - lookBackMs);
  const subjects = await db.tenant(organisation, async (tx) => {
    const dated = async (kind: SubjectKind, query: Parameters<Tx['rows']>[0]): Promise<readonly DatedSubject[]> => {
      const rows = await tx.rows<{ id: Id; at: Date }>(query);
      return rows.map(({ id, at }) => ({ subject: { organisation, kind, id }, day: at.toISOString().slice(0, 10) }));
    };
    const [people, appointments, calls] = await Promise.all([
      dated(
        'person',
        sql`select id, seen_at as at from app.contacts
          where organisation_id = ${organisation} and seen_at > ${since} and created_at < seen_at - interval '1 day'
          limit ${mostAtOnce}`,
      ),
      dated(
        'appointment',
        sql`select id, ends_at as at from app.appointments
          where organisation_id = ${organisation} and changed_at > ${since} and ends_at > ${since}
            and ends_at > created_at + interval '1 day' limit ${mostAtOnce}`,
      ),
      dated(
        'call',
        sql`select id, ended_at as at from app.calls
          where organisation_id = ${organisation} and emptied_at is null and ended_at > ${since}
            and started_at < ended_at - interval '1 day' limit ${mostAtOnce}`,
      ),
    ]);
    return [...people, ...appointments, ...calls];
  });
  return subjects.length === 0 ? 0 : keys.renew(subjects);
}
