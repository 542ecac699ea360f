import { newId, sql, systemClock, systemRandom, type Db, type Id } from '#base';
import type { Hours } from '#adapters/models';

/** A business that can be rung: its organisation, the agent that answers, and the line. */
export type Business = { readonly organisation: Id; readonly agentId: Id; readonly accountId: Id; readonly lineId: Id };

/** Monday to Friday, nine to five. */
export const officeHours: Hours = {
  mon: [{ from: '09:00', to: '17:00' }],
  tue: [{ from: '09:00', to: '17:00' }],
  wed: [{ from: '09:00', to: '17:00' }],
  thu: [{ from: '09:00', to: '17:00' }],
  fri: [{ from: '09:00', to: '17:00' }],
  sat: [],
  sun: [],
};

/** Writes the rows of a business by hand, for tests of modules that need one and do not make one. */
export async function makeBusiness(
  db: Db,
  { timeZone = 'Europe/Madrid', region = 'ES', hours = officeHours, visitMinutes = 30 } = {},
): Promise<Business> {
  const organisation = freshId();
  const business = { organisation, agentId: freshId(), accountId: freshId(), lineId: freshId() };
  await db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
      values (${organisation}, 'customer', 'A business', ${timeZone}, 'en-US', ${region}, ${early})`);
    await tx.run(sql`
      insert into app.purposes (organisation_id, purpose, agreed, at, by)
      select ${organisation}, unnest(array['messages', 'appointments', 'leads', 'recordings']), true, ${early}, 'system'`);
    await tx.run(sql`
      insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, transfer_to,
        speech, model, disclose_ai, created_at)
      values (${organisation}, ${business.agentId}, 'An agent', 'en-US', 'Hello.', '[]', ${JSON.stringify(hours)},
        ${visitMinutes}, null, 'relay', 'scripted', true, ${early})`);
    await tx.run(sql`
      insert into app.carrier_accounts (organisation_id, id, carrier, account_sid, auth_token, created_at)
      values (${organisation}, ${business.accountId}, 'twilio', ${`AC${organisation}`}, ${sealedLike()}, ${early})`);
    await tx.run(sql`
      insert into app.lines (organisation_id, id, carrier, account_id, e164, agent_id, created_at)
      values (${organisation}, ${business.lineId}, 'twilio', ${business.accountId}, '+15005550006',
        ${business.agentId}, ${early})`);
  });
  return business;
}

/** Writes a live call of the business. Returns its id. */
export async function makeCall(db: Db, { organisation, agentId, lineId }: Business): Promise<Id> {
  const id = freshId();
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state,
        conversation, turn, started_at, watch_at)
      values (${organisation}, ${id}, 'twilio', ${`CA${id}`}, ${lineId}, ${agentId}, 'en-US', 'live', ${sealedLike()}, 0,
        ${early}, ${early})`),
  );
  return id;
}

const early = '2026-01-01T00:00:00Z';

/** Shaped like a sealed value; no key opens it. */
const sealedLike = () => Buffer.concat([Buffer.of(1), systemRandom.bytes(63)]);

function freshId(): Id {
  return newId({ clock: systemClock, random: systemRandom });
}
