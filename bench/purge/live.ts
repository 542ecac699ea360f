import { iso, newId, sql, type Id } from '#base';
import { record } from '#safeguards/audit';
import { sealer } from '#safeguards/vault';
import { addContact, phoneIndex } from '#secretary/contacts';
import { Personal } from '#base';
import type { Business } from '../../test/rows.ts';
import type { Installation } from '../installation.ts';

type Ctx = Installation['ctx'];

const steps = 3;
/** Calls that ring and talk at the same time. */
const atOnce = 4;
/** What each waits between two of its transactions: a conversation is not a load test. */
const pauseMs = 20;

/** Live calls until `stop`: how long each of their transactions took, in milliseconds. */
export function liveCalls(ctx: Ctx, business: Business): { stop(): Promise<readonly number[]> } {
  const samples: number[] = [];
  const state = { isOver: false };
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    samples.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  };
  const talk = async (from: number) => {
    for (let n = 0; !state.isOver; n++) {
      const id = newId(ctx);
      await timed(() => ring(ctx, business, { id, phone: `+346${String(from * 10_000_000 + n).padStart(8, '0')}` }));
      for (let seq = 1; seq <= steps && !state.isOver; seq++) await timed(() => step(ctx, business, { id, seq }));
    }
  };
  const talking = Array.from({ length: atOnce }, (_, from) => talk(from));
  return {
    async stop() {
      state.isOver = true;
      await Promise.all(talking);
      return samples;
    },
  };
}

type Ringing = { readonly id: Id; readonly phone: string };

/** A call that rings: its key, its caller, its row and its audit entry. */
async function ring(ctx: Ctx, { organisation, agentId, lineId }: Business, { id, phone }: Ringing): Promise<void> {
  const number = new Personal(phone);
  const index = await phoneIndex(ctx, organisation, number);
  const now = iso(ctx.clock.now());
  await ctx.db.tenant(organisation, async (tx) => {
    const [contact, seals] = await Promise.all([
      addContact(ctx, tx, { organisation, phone: number, language: 'en' }, index),
      sealer(ctx, { organisation, kind: 'call', id }),
    ]);
    const place = (column: string) => ({ table: 'calls', row: id, column });
    await tx.run(sql`
      insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, contact_id, caller_number,
        caller_index, language, state, conversation, turn, started_at, watch_at)
      values (${organisation}, ${id}, 'twilio', ${id}, ${lineId}, ${agentId}, ${contact},
        ${seals(place('caller_number'), phone)}, ${index}, 'en', 'live', ${seals(place('conversation'), conversation)}, 0,
        ${now}, ${now})`);
    await record(ctx, tx, { organisation, actor: 'carrier:twilio', action: 'call.answered', object: `call:${id}` });
  });
}

/** What is said is written down, and how the conversation stands. */
async function step(ctx: Ctx, { organisation }: Business, { id, seq }: { id: Id; seq: number }): Promise<void> {
  const now = iso(ctx.clock.now());
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`select state from app.calls where organisation_id = ${organisation} and id = ${id} for update`);
    const seals = await sealer(ctx, { organisation, kind: 'call', id });
    const said = seals({ table: 'call_entries', row: `${id}/${seq}`, column: 'heard' }, 'what somebody says in a call');
    await tx.run(sql`
      insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, heard)
      values (${organisation}, ${id}, ${seq}, ${now}, 'caller', 'speech', ${said})`);
    await tx.run(sql`
      update app.calls set conversation = ${seals({ table: 'calls', row: id, column: 'conversation' }, conversation)},
        turn = ${seq}, watch_at = ${now}
      where organisation_id = ${organisation} and id = ${id}`);
  });
}

const conversation = JSON.stringify({ turns: 'x'.repeat(1_500) });
