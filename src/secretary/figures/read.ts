import { createHmac } from 'node:crypto';
import { iso, sql, type Ctx, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { weekMs, type FigureKind } from './publish.ts';

const day = 24 * 60 * 60_000;
const shownWeeks = 52;

/** One week in public numbers; null where too few are behind one. */
export type FiguresOfWeek = {
  /** The Monday (UTC) with which it began. */
  readonly week: string;
  readonly calls: number | null;
  readonly messages: number | null;
  readonly appointments: number | null;
  /** Half of the calls were answered within so many milliseconds. */
  readonly answerMs: number | null;
};

/** The public numbers of the installation, or of an organisation that wants it; the newest week first, of a year. */
export async function publicWeeks(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  organisation: Id = instanceId,
): Promise<readonly FiguresOfWeek[]> {
  const since = iso(clock.now() - shownWeeks * weekMs).slice(0, 10);
  return db.tenant(organisation, (tx) =>
    tx.rows<FiguresOfWeek>(sql`
      select week::text as week, calls, messages, appointments, answer_ms as "answerMs" from app.public_weeks
      where organisation_id = ${organisation} and week >= ${since}::date order by week desc`),
  );
}

/** Something that happened lately, about so many times in that hour. */
export type Happening = {
  /** Made for this answer and no other: it says nothing, and two answers have none in common. */
  readonly token: string;
  readonly kind: FigureKind;
  /** The hour, from its beginning on. */
  readonly hour: string;
  readonly about: number;
};

/** What happened in the last day, by the hour and rounded, an hour after each is over. */
export async function liveFeed({
  db,
  clock,
  random,
}: Pick<Ctx, 'db' | 'clock' | 'random'>): Promise<readonly Happening[]> {
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<{ hour: Date; kind: FigureKind; shown: number }>(sql`
      select hour, kind, shown from app.public_hours
      where organisation_id = ${instanceId} and shown > 0 and hour > ${iso(clock.now() - day)}
      order by hour desc, kind`),
  );
  const key = random.bytes(32);
  return rows.map(({ hour, kind, shown }, place) => ({
    token: createHmac('sha256', key).update(String(place)).digest('base64url').slice(0, 22),
    kind,
    hour: hour.toISOString(),
    about: shown,
  }));
}
