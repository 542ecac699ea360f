import type { TestContext } from 'node:test';
import { Personal, sql } from '#base';
import { confirmHandOver, failHandOver, setKeeping, type HandOver } from '#safeguards/retention';
import { listAppointments, numberOfAppointment } from '#secretary/appointments';
import { listCalls, numberOfCaller } from '#secretary/calls';
import { listLeads, numberOfLead } from '#secretary/contacts';
import { listMessages, numberOfMessage } from '#secretary/messages';
import { openKeeping, type KeepingTest, type Left, type Readable } from './keeping.ts';

export const minute = 60_000;
export const masked = '***-***-1222';
export const named = { isNamed: true, isRecorded: true } as const;

const words = { words: ['word'], summary: 'summary', message: 'message', lead: 'lead', appointment: 'appointment' };
export const nothing = { words: [], summary: undefined, message: undefined, lead: undefined, appointment: undefined };
/** What is read of a call of `named`, before and after it has been forgotten. */
export const whole: Readable = { ...words, from: '+34600111222', recording: true };
export const forgotten: Readable = { ...nothing, from: masked, recording: false };

export async function choose({ archive: { ctx }, businesses }: KeepingTest, preset: string): Promise<void> {
  const [{ organisation }] = businesses;
  ctx.clock.advance(1);
  await ctx.db.tenant(organisation, (tx) => setKeeping(ctx, tx, { organisation, choice: { preset } }));
}

export function confirm(
  { archive: { ctx } }: KeepingTest,
  left: Left,
  system = 'our-crm',
  reference = 'R-1',
): Promise<HandOver> {
  const { organisation } = left.business;
  return ctx.db.tenant(organisation, (tx) =>
    confirmHandOver(ctx, tx, { organisation, call: left.call, system, reference: new Personal(reference) }),
  );
}

export function fail({ archive: { ctx } }: KeepingTest, left: Left, code = 'not-reached'): Promise<HandOver> {
  const { organisation } = left.business;
  return ctx.db.tenant(organisation, (tx) =>
    failHandOver(ctx, tx, { organisation, call: left.call, system: 'our-crm', code }),
  );
}

/** A business that keeps nothing for longer than five minutes after a hand-over, and a call that has been handed over. */
export async function handedOver(t: TestContext) {
  const keeping = await openKeeping(t);
  await choose(keeping, 'sync-and-purge');
  const left = await keeping.leave(keeping.businesses[0], named);
  await confirm(keeping, left);
  return { keeping, left, clock: keeping.archive.ctx.clock, at: keeping.archive.ctx.clock.now() };
}

/** What the lists tell of names and numbers. */
export async function shown({ archive: { ctx } }: KeepingTest, { business: { organisation }, ...left }: Left) {
  return ctx.db.tenant(organisation, async (tx) => {
    const page = { limit: 100 };
    const [message] = (await listMessages(ctx, tx, organisation, page)).items.filter(({ id }) => id === left.message);
    const [lead] = (await listLeads(ctx, tx, organisation, page)).items.filter(({ id }) => id === left.lead);
    const all = await listAppointments(ctx, tx, organisation, page);
    const [appointment] = all.items.filter(({ id }) => id === left.appointment);
    const calls = await listCalls(ctx, tx, organisation, { limit: 100, contents: 'all' });
    const [call] = calls.items.filter(({ id }) => id === left.call);
    const of = (one?: { readonly name: Personal | null }) => one?.name?.reveal();
    return {
      from: call?.from?.reveal(),
      numbers: [message?.callback, lead?.phone, appointment?.phone].map((number) => number?.reveal()),
      names: [of(message), of(lead), of(appointment)],
      contacts: [message?.contactId, lead?.contactId, appointment?.contactId],
      outcome: call?.outcome,
      startsAt: appointment?.startsAt,
    };
  });
}

/** Asks for the whole number of the call and of all that came of it. */
export function askNumbers({ archive: { ctx } }: KeepingTest, { business: { organisation }, ...left }: Left) {
  return ctx.db.tenant(organisation, (tx) =>
    Promise.allSettled([
      numberOfCaller(ctx, tx, organisation, { id: left.call, within: [] }),
      numberOfMessage(ctx, tx, organisation, { id: left.message, within: [] }),
      numberOfLead(ctx, tx, organisation, { id: left.lead, within: [] }),
      numberOfAppointment(ctx, tx, organisation, { id: left.appointment, within: [] }),
    ]),
  );
}

/** What processors were asked to delete for the call. */
export async function askedElsewhere({ archive: { ctx } }: KeepingTest, left: Left): Promise<readonly string[]> {
  const { organisation } = left.business;
  const rows = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ what: string }>(sql`
      select processor || ' ' || item as what from app.processor_erasures
      where organisation_id = ${organisation} and call_id = ${left.call}`),
  );
  return rows.map(({ what }) => what);
}

type Stored = { readonly where: string };

/** Every column of the call and of what came of it that still holds something personal, by name; and keys that are there. */
export async function stored({ archive: { ctx } }: KeepingTest, left: Left): Promise<readonly string[]> {
  const { organisation } = left.business;
  const found = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<Stored>(sql`
      with rows as (
        select 'calls' as name, to_jsonb(c) as row from app.calls c where c.organisation_id = ${organisation} and c.id = ${left.call}
        union all select 'messages', to_jsonb(m) from app.messages m where m.organisation_id = ${organisation} and m.call_id = ${left.call}
        union all select 'leads', to_jsonb(l) from app.leads l where l.organisation_id = ${organisation} and l.call_id = ${left.call}
        union all select 'appointments', to_jsonb(a) from app.appointments a where a.organisation_id = ${organisation} and a.call_id = ${left.call}
        union all select 'recordings', to_jsonb(r) from app.recordings r where r.organisation_id = ${organisation} and r.call_id = ${left.call}
        union all select 'call_entries', to_jsonb(e) from app.call_entries e where e.organisation_id = ${organisation} and e.call_id = ${left.call}
        union all select 'tool_runs', to_jsonb(x) from app.tool_runs x where x.organisation_id = ${organisation} and x.call_id = ${left.call}
        union all select 'hand_overs', to_jsonb(h) from app.hand_overs h where h.organisation_id = ${organisation} and h.call_id = ${left.call}
        union all select 'contacts', to_jsonb(p) from app.contacts p where p.organisation_id = ${organisation} and p.id = ${left.contact}
      )
      select name || '.' || key as where from rows, jsonb_each(row)
      where value <> 'null' and (jsonb_typeof(value) = 'string' and value #>> '{}' like '\\\\x%'
        or key in ('contact_id', 'caller_index', 'phone_index'))
      order by 1`),
  );
  return found.map(({ where }) => where);
}

export async function keysOf({ archive: { ctx } }: KeepingTest, left: Left): Promise<Readonly<Record<string, number>>> {
  const { organisation } = left.business;
  const subjects = {
    call: left.call,
    message: left.message,
    lead: left.lead,
    appointment: left.appointment,
    person: left.contact,
    recording: left.recording ?? left.call,
    masked: left.call,
  } as const;
  const counted: Record<string, number> = {};
  for (const [kind, id] of Object.entries(subjects)) {
    counted[kind] = await ctx.keys.count([{ organisation, kind: kind as keyof typeof subjects, id }]);
  }
  return counted;
}

/** What is stored of a call that has been forgotten: the last digits, and how the other system names it. */
export const onlyMasked: readonly string[] = [
  'appointments.masked',
  'calls.masked',
  'hand_overs.reference',
  'leads.masked',
  'messages.masked',
];
export const noKeys = { call: 0, message: 0, lead: 0, appointment: 0, person: 0, recording: 0 } as const;
