import { newId, sql, type Id, type Personal, type Tx } from '#base';
import type { CarrierEvent } from '#adapters/carriers';
import { organisation as loadOrganisation } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { sealer } from '#safeguards/vault';
import { loadAgent, type Agent } from '#secretary/agent';
import { addContact, phoneIndex, seeKnown } from '#secretary/contacts';
import type { CallCtx } from './call-ctx.ts';
import { advance } from './conduct.ts';
import { ringing, type Conversation } from './conversation.ts';
import { decisionsAtRing, type Decision } from './decisions.ts';
import { writeStep } from './entries.ts';
import { openingOf } from './opening.ts';
import { callInsert, findCall, lockCall, subject, type LockedCall, type NewCall } from './store.ts';

/** The occasion of a call's first answer. */
export const ringKey = 'voice';

/** The line that rings, found before anything else happens. */
export type RungLine = {
  readonly organisation: Id;
  readonly lineId: Id;
  readonly accountId: Id;
  readonly agentId: Id;
  /** Where the number points, it asks for a call that is held by text. */
  readonly byText?: boolean;
};

/**
 * Puts down a call that rings and what it is answered with, in one transaction with its audit entry. The carrier's call
 * that is already known is returned as it stands, so a repeated ring makes no second call.
 */
export async function ring(
  ctx: CallCtx,
  carrier: string,
  line: RungLine,
  event: CarrierEvent & { type: 'ringing' },
): Promise<LockedCall> {
  const { organisation } = line;
  const callerIndex = event.from && (await phoneIndex(ctx, organisation, event.from));
  return ctx.db.tenant(organisation, async (tx) => {
    const [, known, { before, decided }] = await Promise.all([
      // Rings of one call queue here, so that the second one finds what the first one wrote.
      tx.run(
        sql`select pg_advisory_xact_lock(hashtextextended(${`ring:${organisation}:${carrier}:${event.callId}`}, 0))`,
      ),
      findCall(tx, organisation, carrier, event.callId),
      opening(ctx, tx, line, event.from),
    ]);
    const there = known && (await lockCall(ctx, tx, known));
    if (there) return there;
    const ref = { organisation, id: newId(ctx) };
    const [conversation, todos] = advance(before, { type: 'answered' });
    const seen = { organisation, language: conversation.language };
    const contact = callerIndex && (await seeKnown(ctx, tx, seen, callerIndex));
    // Both keys are asked for in one turn: they go to the disk in one write.
    const [contactId, seals] = await Promise.all([
      contact ?? (event.from && callerIndex && addContact(ctx, tx, { ...seen, phone: event.from }, callerIndex)),
      sealer(ctx, subject(ref)),
    ]);
    const call: NewCall = {
      ref,
      carrier,
      carrierCallId: event.callId,
      agentId: line.agentId,
      lineId: line.lineId,
      accountId: line.accountId,
      contactId,
      callerNumber: event.from,
      callerIndex,
      conversation,
      answered: ringKey,
    };
    const page = { ctx, tx, ref, agentId: line.agentId, seals };
    await Promise.all([
      writeStep(page, { before, after: conversation, todos, decided }, callInsert(page, call)),
      record(ctx, tx, { organisation, actor: `carrier:${carrier}`, action: 'call.answered', object: `call:${ref.id}` }),
    ]);
    ctx.log('call.ringing', { call: ref.id, organisation });
    return call;
  });
}

type Beginning = { readonly before: Conversation; readonly decided: readonly Decision[] };

function heldBy({ byText }: RungLine, agent: Agent): Agent {
  return byText && agent.speech === 'live' ? { ...agent, speech: 'relay' } : agent;
}

async function opening(ctx: CallCtx, tx: Tx, line: RungLine, from: Personal | undefined): Promise<Beginning> {
  const [business, agent] = await Promise.all([
    loadOrganisation(tx, line.organisation),
    loadAgent(tx, line.organisation, line.agentId).then((own) => heldBy(line, own)),
  ]);
  const { beginning, sentence, rule, recorded } = await openingOf(ctx, tx, { agent, business });
  const before = ringing({
    ...beginning,
    language: agent.language,
    opening: sentence,
    callerNumber: from?.reveal(),
    canTransfer: agent.transferTo !== null,
    canPress: agent.tools.includes('press-keys'),
  });
  const isDemanded = rule.item.aiDisclosure === 'demanded';
  return { before, decided: decisionsAtRing(before, agent, { rule: rule.id, isDemanded, isRecorded: recorded }) };
}
