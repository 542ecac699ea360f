import { sql, type Ctx, type Id } from '#base';
import { instanceId, organisation } from '#safeguards/accounts';
import { profileOf } from '#safeguards/profiles';
import { weekendOf, type Week } from './business-day.ts';

/**
 * By whose days business days are counted: in the time zone that the profile says, else in that of the operator's own
 * business, and with the weekend of its country.
 */
export async function operatorWeek({ db }: Pick<Ctx, 'db'>): Promise<Week> {
  const [operator] = await db.find<{ id: Id }>(sql`select organisation_id as id from sec.operator_organisation()`);
  const whose = operator?.id ?? instanceId;
  const own = await db.tenant(whose, (tx) => organisation(tx, whose));
  const { timeZone } = await db.tenant(instanceId, (tx) => profileOf(tx, instanceId));
  return { timeZone: timeZone ?? own.timeZone, weekend: weekendOf(own.region) };
}
