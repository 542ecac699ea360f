import { newId, sql, type Id, type Personal, type Tx } from '#base';
import type { CarrierEvent } from '#adapters/carriers';
import { mustDisclose, openingSentence, regionFor } from '#rules';
import { organisation as loadOrganisation } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { loadAgent } from '#secretary/agent';
import { phoneIndex, seeContact } from '#secretary/contacts';
import type { CallCtx } from './call-ctx.ts';
import { advance } from './conduct.ts';
import { ringing, type Conversation } from './conversation.ts';
import { writeStep } from './entries.ts';
import { findCall, insertCall, lockCall, type LockedCall, type NewCall } from './store.ts';

/** The occasion of a call's first answer. */
export const ringKey = 'voice';

/** The line that rings, found before anything else happens. */
export type RungLine = { readonly organisation: Id; readonly lineId: Id; readonly agentId: Id };

/**
 * Puts down a call that rings and what it is answered with, in one transaction with its audit entry. The carrier's call
 * that is already known is returned as it stands, so a repeated ring makes no second call.
 */
export function ring(
  ctx: CallCtx,
  carrier: string,
  line: RungLine,
  event: CarrierEvent & { type: 'ringing' },
): Promise<LockedCall> {
  const { organisation } = line;
  return ctx.db.tenant(organisation, async (tx) => {
    // Rings of one call queue here, so that the second one finds what the first one wrote.
    await tx.run(
      sql`select pg_advisory_xact_lock(hashtextextended(${`ring:${organisation}:${carrier}:${event.callId}`}, 0))`,
    );
    const known = await findCall(tx, organisation, carrier, event.callId);
    const there = known && (await lockCall(ctx, tx, known));
    if (there) return there;
    const ref = { organisation, id: newId(ctx) };
    const before = await opening(ctx, tx, line, event.from);
    const [conversation, todos] = advance(before, { type: 'answered' });
    const caller = event.from && {
      contactId: await seeContact(ctx, tx, { organisation, phone: event.from, language: conversation.language }),
      callerIndex: await phoneIndex(ctx, organisation, event.from),
    };
    const call: NewCall = {
      ref,
      carrier,
      carrierCallId: event.callId,
      agentId: line.agentId,
      lineId: line.lineId,
      contactId: caller?.contactId,
      callerNumber: event.from,
      callerIndex: caller?.callerIndex,
      conversation,
      answered: ringKey,
    };
    await insertCall(ctx, tx, call);
    await writeStep(ctx, tx, ref, { before, after: conversation, todos });
    await record(ctx, tx, {
      organisation,
      actor: `carrier:${carrier}`,
      action: 'call.answered',
      object: `call:${ref.id}`,
    });
    ctx.log('call.ringing', { call: ref.id, organisation });
    return call;
  });
}

async function opening(ctx: CallCtx, tx: Tx, line: RungLine, from: Personal | undefined): Promise<Conversation> {
  const business = await loadOrganisation(tx, line.organisation);
  const agent = await loadAgent(tx, line.organisation, line.agentId);
  const ai = mustDisclose(regionFor(ctx.regions, business.region).item, agent.discloseAi);
  return ringing({
    channel: agent.speech,
    language: agent.language,
    opening: openingSentence({ agent: agent.name, business: business.name, language: agent.language, ai }),
    callerNumber: from?.reveal(),
    canTransfer: agent.transferTo !== null,
  });
}
