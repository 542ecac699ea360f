import { newId, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import { sealer } from '#safeguards/vault';
import { book } from '#secretary/appointments';
import { captureLead, seeContact } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { writeTurn } from '#secretary/turns';
import type { SeededCall } from './calls-of-a-week.ts';

/** Whom a call is put to. */
export type Place = { readonly organisation: Id; readonly agent: Id; readonly line: Id };

type At = Place & {
  readonly ctx: Ctx;
  readonly tx: Tx;
  readonly call: SeededCall;
  readonly id: Id;
  /** When it rang; milliseconds. */
  readonly at: number;
};

const minute = 60_000;

/**
 * Puts an ended call into a business, with everything that came of it, as the product would have written it at that time.
 * Returns its id.
 */
export async function seedCall(
  real: Ctx,
  place: Place,
  { call, of, now }: { readonly call: SeededCall; readonly of: Id | undefined; readonly now: number },
): Promise<Id> {
  const at = now - call.ago * minute;
  const ctx = { ...real, clock: { ...real.clock, now: () => at } };
  const id = newId(ctx);
  const within = <T>(work: (seeded: At) => T | Promise<T>): Promise<T> =>
    ctx.db.tenant(place.organisation, async (tx) => work({ ...place, ctx, tx, call, id, at }));
  const contact = await within(contactOf);
  // Past the product, and so with no entry beside it.
  await within(async (seeded) => {
    await writeCall(seeded, contact, of);
    await writeWords(seeded);
    await writeDecisions(seeded);
  });
  await within((seeded) => writeResults(seeded, contact));
  return id;
}

function contactOf({ ctx, tx, organisation, call }: At): Promise<Id> | undefined {
  return call.from
    ? seeContact(ctx, tx, { organisation, phone: new Personal(call.from), language: 'en-US' })
    : undefined;
}

async function writeCall(seeded: At, contact: Id | undefined, of: Id | undefined): Promise<void> {
  const { ctx, tx, organisation, agent, line, call, id, at } = seeded;
  const seals = await sealer(ctx, { organisation, kind: 'call', id });
  const sealed = (column: string, text: string) => seals({ table: 'calls', row: id, column }, text);
  const isOver = call.end !== 'now';
  const ended = isOver ? new Date(at + call.lasted * minute) : null;
  const extraction = JSON.stringify({ language: 'en-US', ...(call.name && { name: call.name }) });
  await tx.run(sql`
    insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, contact_id, caller_number,
      language, state, conversation, turn, started_at, watch_at, disclosed_at, ended_at, end_reason, outcome, summary,
      extraction, finished_at, assigned_to)
    values (${organisation}, ${id}, 'twilio', ${`CA${id}`}, ${line}, ${agent}, ${contact ?? null},
      ${call.from ? sealed('caller_number', call.from) : null}, 'en-US', ${isOver ? 'ended' : 'live'},
      ${sealed('conversation', '{}')}, 9, ${new Date(at)}, ${ended ?? farAway}, ${new Date(at + 4_000)}, ${ended},
      ${isOver ? call.end : null}, ${isOver ? call.outcome : null}, ${isOver ? sealed('summary', call.summary) : null},
      ${isOver ? sealed('extraction', extraction) : null}, ${ended}, ${of ?? null})`);
}

/** No watchdog looks after a call that nobody holds. */
const farAway = new Date('2100-01-01T00:00:00Z');

async function writeDecisions({ ctx, tx, organisation, call, id, at }: At): Promise<void> {
  const channel = call.waits ? 'live' : 'relay';
  const made = [
    ['channel', channel, 'begun', 0],
    ['disclosure', 'us-ny', 'chosen', 0],
    ['recording', null, 'off', 0],
    ...(call.did ?? []).map((tool, n) => {
      return tool === 'transfer'
        ? (['transfer', null, 'put-through', 20_000] as const)
        : (['tool', tool, 'done', 20_000 + n * 18_000] as const);
    }),
  ] as const;
  for (const [what, about, why, afterMs] of made) {
    await tx.run(sql`
      insert into app.call_decisions (organisation_id, call_id, id, at, what, about, why)
      values (${organisation}, ${id}, ${newId(ctx)}, ${new Date(at + afterMs)}, ${what}, ${about}, ${why})`);
  }
}

async function writeWords({ ctx, tx, organisation, call, id, at }: At): Promise<void> {
  const seals = await sealer(ctx, { organisation, kind: 'call', id });
  const words = ['Hello! This is Robin, the AI assistant of Riverside Dental.', ...call.said];
  for (const [seq, text] of words.entries()) {
    const sealed = (column: string) => seals({ table: 'call_entries', row: `${id}/${seq}`, column }, text);
    const isAgent = seq === 0 || seq % 2 === 1;
    const kind = seq === 0 ? 'disclosure' : text === '' ? 'silence' : 'speech';
    const when = new Date(at + 2_000 + seq * 9_000);
    await tx.run(sql`
      insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard, heard_at)
      values (${organisation}, ${id}, ${seq}, ${when}, ${isAgent ? 'agent' : 'caller'}, ${kind},
        ${text === '' ? null : sealed('meant')}, ${text === '' ? null : sealed('heard')}, ${when})`);
  }
}

async function writeResults({ ctx, tx, call, id, at, ...place }: At, contactId: Id | undefined): Promise<void> {
  const { organisation, agent: agentId } = place;
  const name = call.name === undefined ? undefined : new Personal(call.name);
  const phone = call.from === undefined ? undefined : new Personal(call.from);
  const given = { organisation, callId: id, contactId, name };
  if (call.lead) await captureLead(ctx, tx, { ...given, phone, interest: new Personal(call.lead) });
  if (call.message)
    await takeMessage(ctx, tx, { ...given, ...call.message, callback: phone, body: new Personal(call.message.body) });
  if (call.books) {
    const startsAt = Math.ceil((at + call.books.inHours * 60 * minute) / (30 * minute)) * 30 * minute;
    const reason = new Personal(call.books.reason);
    await book(ctx, tx, { ...given, agentId, phone, startsAt, minutes: 30, reason });
  }
  for (const [n, heardMs] of (call.waits ?? []).entries()) {
    const times = { endpointMs: heardMs * 0.25, modelMs: heardMs * 0.6, sentMs: heardMs * 0.65, heardMs };
    await writeTurn(tx, { ...given, stream: 1, n: n + 1, agentId, at: at + (n + 1) * 18_000, times });
  }
}
