import { newId, type Id, type Personal, type Tx } from '#base';
import type { CarrierEvent } from '#adapters/carriers';
import { mustDisclose, openingSentence, regionFor } from '#rules';
import { organisation as loadOrganisation } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { loadAgent } from '#secretary/agent';
import { phoneIndex, seeContact } from '#secretary/contacts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import { ringing, type Conversation } from './conversation.ts';
import { findCall, insertCall } from './store.ts';

/** The line that rings, found before anything else happens. */
export type RungLine = { readonly organisation: Id; readonly lineId: Id; readonly agentId: Id };

/**
 * Puts down a call that rings: caller, agent and opening, with its audit entry, in one transaction.
 * The carrier's call that is already known is returned as it is, so a repeated ring makes no second call.
 */
export function ring(
  ctx: CallCtx,
  carrier: string,
  line: RungLine,
  event: CarrierEvent & { type: 'ringing' },
): Promise<CallRef> {
  const { organisation } = line;
  return ctx.db.tenant(organisation, async (tx) => {
    const known = await findCall(tx, organisation, carrier, event.callId);
    if (known) return known;
    const ref = { organisation, id: newId(ctx) };
    const conversation = await opening(ctx, tx, line, event.from);
    const caller = event.from && {
      contactId: await seeContact(ctx, tx, { organisation, phone: event.from, language: conversation.language }),
      callerIndex: await phoneIndex(ctx, organisation, event.from),
    };
    const isNew = await insertCall(ctx, tx, {
      ref,
      carrier,
      carrierCallId: event.callId,
      agentId: line.agentId,
      lineId: line.lineId,
      contactId: caller?.contactId,
      callerNumber: event.from,
      callerIndex: caller?.callerIndex,
      conversation,
    });
    if (!isNew) return (await findCall(tx, organisation, carrier, event.callId)) ?? ref;
    await record(ctx, tx, {
      organisation,
      actor: `carrier:${carrier}`,
      action: 'call.answered',
      object: `call:${ref.id}`,
    });
    ctx.log('call.ringing', { call: ref.id, organisation });
    return ref;
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
