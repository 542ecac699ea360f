import { errorWords, iso, Personal, sql, type Id, type Reconciler, type Tx } from '#base';
import type { Debrief, EndedCall } from '#adapters/models';
import { modelAccess } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { agreedTo } from '#safeguards/retention';
import { seal } from '#safeguards/vault';
import { captureLead, e164, nameContact } from '#secretary/contacts';
import { toolsDone } from '#secretary/agent';
import type { CallCtx, CallRef } from './call-ctx.ts';
import { modelNamed } from './model-named.ts';
import { plainDebrief } from './plain-debrief.ts';
import { readTranscript } from './read.ts';
import { loadBriefing } from './step.ts';
import { lockCall, place, subject, type LockedCall } from './store.ts';

/** After so many failed debriefs (about two minutes) the vendor is given up for this call. */
const mostTries = 6;

/** What comes after the call: outcome, summary, extraction and lead, once, whatever happens in between. */
export function callFinisher(ctx: CallCtx): Reconciler {
  return {
    name: 'call-finisher',
    everyMs: 1_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.calls_unfinished(${iso(ctx.clock.now())})`,
      );
      for (const row of due) await attempt(ctx, { organisation: row.organisation_id, id: row.id });
      return due.length;
    },
  };
}

type Ended = Pick<Awaited<ReturnType<typeof loadBriefing>>, 'model'> & {
  readonly call: LockedCall;
  readonly tries: number;
};

async function attempt(ctx: CallCtx, ref: CallRef): Promise<void> {
  try {
    await finish(ctx, ref);
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'call-finisher', call: ref.id, ...errorWords(error) });
    await postpone(ctx, ref);
  }
}

async function finish(ctx: CallCtx, ref: CallRef): Promise<void> {
  const ended = await ctx.db.tenant(ref.organisation, async (tx) => {
    const call = await lockCall(ctx, tx, ref);
    return (
      call && {
        call,
        ...(await loadBriefing(tx, call)),
        ...(await whatHappened(ctx, tx, ref)),
        tries: await triesOf(tx, ref),
      }
    );
  });
  if (!ended) return;
  const { briefing, call, transcript, done } = ended;
  const over = { state: call.conversation.model, briefing, now: ctx.clock.now(), transcript, done };
  const debrief = await debriefOf(ctx, ended, over);
  await ctx.db.tenant(ref.organisation, async (tx) => {
    if (await isUnfinished(tx, ref)) await write(ctx, tx, call, debrief);
  });
}

/**
 * Of a call in which nothing was said there is nothing to ask a vendor. One that stays away must not keep a lead from
 * the business: in the end the plain account has to do.
 */
async function debriefOf(ctx: CallCtx, ended: Ended, over: EndedCall): Promise<Debrief> {
  const { call, model, tries } = ended;
  const { standIn, lastWords, language } = call.conversation;
  // The stand-in knows the whole call only when the agent's own model never took part.
  const isScripted = standIn && lastWords === '';
  const isSilent = !over.transcript.some(({ speaker }) => speaker === 'caller') && over.done.length === 0;
  const isPlain = isSilent || tries >= mostTries;
  if (!isScripted && model !== 'scripted' && isPlain) return plainDebrief(over, language);
  const asked = isScripted ? 'scripted' : model;
  const { organisation } = call.ref;
  const access = await ctx.db.tenant(organisation, (tx) => modelAccess(ctx, tx, organisation, asked));
  return modelNamed(ctx.models, asked).debrief(over, { ...ctx, access });
}

async function whatHappened(ctx: CallCtx, tx: Tx, ref: CallRef): Promise<Pick<EndedCall, 'transcript' | 'done'>> {
  const said = await readTranscript(ctx, tx, ref);
  const transcript = said.flatMap(({ speaker, heard }) => {
    const text = heard?.reveal() ?? '';
    return text === '' ? [] : [{ speaker: speaker === 'agent' ? ('agent' as const) : ('caller' as const), text }];
  });
  return { transcript, done: await toolsDone(ctx, tx, ref.organisation, ref.id) };
}

async function triesOf(tx: Tx, ref: CallRef): Promise<number> {
  const row = await tx.one<{ tries: number }>(sql`
    select tries from app.calls where organisation_id = ${ref.organisation} and id = ${ref.id}`);
  return row.tries;
}

async function isUnfinished(tx: Tx, ref: CallRef): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from app.calls
    where organisation_id = ${ref.organisation} and id = ${ref.id} and finished_at is null and emptied_at is null
    for update`);
  return row !== undefined;
}

async function write(ctx: CallCtx, tx: Tx, call: LockedCall, debrief: Debrief): Promise<void> {
  const { ref, contactId } = call;
  const { organisation } = ref;
  const outcome = call.conversation.endReason === 'transferred' ? 'transferred' : debrief.outcome;
  const summary = await seal(ctx, subject(ref), place(ref, 'summary'), new Personal(debrief.summary));
  const extraction = await seal(
    ctx,
    subject(ref),
    place(ref, 'extraction'),
    new Personal(JSON.stringify(debrief.extraction)),
  );
  await tx.run(sql`
    update app.calls set outcome = ${outcome}, summary = ${summary}, extraction = ${extraction},
      finished_at = ${iso(ctx.clock.now())}, next_try_at = null
    where organisation_id = ${organisation} and id = ${ref.id}`);
  const { name, callback, reason } = debrief.extraction;
  if (contactId && name) await nameContact(ctx, tx, { organisation, contactId, name: new Personal(name) });
  if (debrief.isLead && (await agreedTo(tx, organisation)).has('leads')) {
    const phone = (callback === undefined ? undefined : e164(callback)) ?? call.callerNumber;
    await captureLead(ctx, tx, {
      organisation,
      callId: ref.id,
      ...(contactId ? { contactId } : {}),
      ...(name ? { name: new Personal(name) } : {}),
      ...(phone ? { phone } : {}),
      ...(reason ? { interest: new Personal(reason) } : {}),
    });
  }
  await record(ctx, tx, {
    organisation,
    actor: 'system',
    action: 'call.finished',
    object: `call:${ref.id}`,
    details: { outcome },
  });
}

/** Tried again after 2, 4, 8 … seconds, at most an hour apart; a call is never given up. */
async function postpone(ctx: CallCtx, ref: CallRef): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.tenant(ref.organisation, (tx) =>
    tx.run(sql`
      update app.calls set tries = tries + 1,
        next_try_at = ${iso(now)}::timestamptz + least(interval '1 hour', interval '1 second' * power(2, least(tries + 1, 12)))
      where organisation_id = ${ref.organisation} and id = ${ref.id}`),
  );
}
