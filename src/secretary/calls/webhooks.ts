import { isProblem, maskCards, problem, type Id, type Problem } from '#base';
import {
  carrierNamed,
  type Answer,
  type Carrier,
  type CarrierEvent,
  type SignedRequest,
  type WebhookKind,
} from '#adapters/carriers';
import { insist } from '#edge';
import { accountCandidates, lineCandidates, type AccountVersion } from '#safeguards/accounts';
import { answerOf, transferOf } from './answer.ts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import type { CallEvent } from './conversation.ts';
import { driveCall } from './drive.ts';
import { phrase } from './phrases.ts';
import { ring, ringKey } from './ring.ts';
import type { Occasion } from './step.ts';
import { findCall, lockCall, type LockedCall } from './store.ts';
import { noVoice, type Led, type TurnDrivers } from './turn-drivers.ts';

/** What answering webhooks needs: the drivers of calls outlive one of them while a model is waited for. */
type WebhookCtx = CallCtx & { readonly drivers: TurnDrivers };

type Received = { readonly carrierId: string; readonly kind: WebhookKind; readonly request: SignedRequest };

const closing: Answer = [{ do: 'hang-up' }];

/** Said to whoever rings while the last calls are being finished; a node that is ready would have taken the call. */
const restarting: Answer = [{ do: 'say', text: phrase('en', 'restarting'), language: 'en-US' }, ...closing];

/**
 * Answers a carrier's webhook in the carrier's dialect. Nothing is believed before the signature is verified with the
 * key of the account it names. A repetition gets the same answer and has no second effect.
 * Throws `vendor-unknown`, `signature-invalid`, `number-unknown`, `call-not-known`, `body-malformed`.
 */
export async function receiveWebhook(
  ctx: WebhookCtx,
  received: Received,
): Promise<{ contentType: string; body: string }> {
  const carrier = carrierNamed(ctx.carriers, received.carrierId);
  if (received.kind === 'voice') return carrier.render(await answerRing(ctx, carrier, received));
  const account = await verified(ctx, carrier, received);
  await insist(ctx.admit, received.kind === 'status' ? 'call-report' : 'live-call', account.organisation);
  const event = carrier.read(received.request, received.kind);
  return carrier.render(await answerEvent(ctx, received, account, event));
}

/**
 * Several organisations may list the same account or number; the one whose key made the signature is meant. A key that
 * cannot be opened counts only when no other one fits: nobody's calls depend on what another organisation has erased.
 */
async function signer<C extends AccountVersion>(
  ctx: CallCtx,
  carrier: Carrier,
  request: SignedRequest,
  candidates: readonly C[],
): Promise<C | undefined> {
  const closed: Problem[] = [];
  for (const candidate of candidates) {
    try {
      const { authToken } = await ctx.credentials.get(candidate);
      if (carrier.verify(request, authToken)) return candidate;
    } catch (error) {
      if (!isProblem(error)) throw error;
      closed.push(error);
    }
  }
  if (closed[0]) throw closed[0];
  return undefined;
}

async function verified(ctx: CallCtx, carrier: Carrier, { carrierId, request }: Received): Promise<AccountVersion> {
  const hint = carrier.hint(request);
  const candidates = hint ? await accountCandidates(ctx, carrierId, hint.account) : [];
  const account = await signer(ctx, carrier, request, candidates);
  if (account) return account;
  throw problem('signature-invalid', 'Sign the exact public URL and body with the auth token of the account it names.');
}

async function answerEvent(
  ctx: WebhookCtx,
  received: Received,
  account: AccountVersion,
  event: CarrierEvent,
): Promise<Answer> {
  if (event.type === 'ringing') throw problem('body-malformed', 'A ring belongs to the voice webhook.');
  const ref = await ctx.db.tenant(account.organisation, (tx) =>
    findCall(tx, account.organisation, received.carrierId, event.callId),
  );
  if (!ref) throw problem('call-not-known', 'No call of this account has that name.');
  if (event.type === 'status') {
    if (!['ringing', 'in-progress'].includes(event.status)) await hungUp(ctx, ref);
    return [];
  }
  const [events, occasion] = happened(event, turnOf(received.request.url));
  return ctx.drivers.lead(ref, async (led) => {
    const { call, taken } = await led.driver.answer(events, occasion);
    if (!call || taken === 'stale') return closing;
    // Whoever asked the model may be gone; it is asked once for each turn.
    if (event.type === 'next') led.driver.resume(call);
    return answerSettled(ctx, led, call, account.accountId);
  });
}

/** The line is found and its key verified before anything else; a number that is not ours is told only to who signed. */
async function answerRing(ctx: WebhookCtx, carrier: Carrier, received: Received): Promise<Answer> {
  const { carrierId, request } = received;
  const hint = carrier.hint(request);
  const line = hint && (await signer(ctx, carrier, request, await lineCandidates(ctx, carrierId, hint)));
  if (!line) {
    await verified(ctx, carrier, received);
    throw problem('number-unknown', 'No line of this account has that number. Add it, or point the number elsewhere.');
  }
  await insist(ctx.admit, 'live-call', line.organisation);
  const event = carrier.read(request, 'voice');
  if (event.type !== 'ringing') throw problem('body-malformed', 'This webhook is for calls that ring.');
  if (ctx.live.isDraining()) return restarting;
  const call = await ring(ctx, carrierId, { ...line, byText: isByText(request.url) }, event);
  if (call.answered !== ringKey) return closing;
  return ctx.drivers.lead(call.ref, async (led) => {
    led.driver.resume(call);
    return answerSettled(ctx, led, call, line.accountId);
  });
}

const relayEnds = { 'completed': 'left', 'hung-up': 'hung-up', 'failed': 'lost' } as const;

/** What a webhook of a running call means, and the one state of the call in which it may still mean it. */
function happened(event: Exclude<CarrierEvent, { type: 'ringing' | 'status' }>, turn: number): [CallEvent[], Occasion] {
  const key = `${event.type}:${turn}`;
  switch (event.type) {
    case 'heard':
      return [
        [{ type: 'opened' }, wordsOf(event)],
        { key, fits: ({ conversation }) => conversation.phase === 'listening' && conversation.turn === turn },
      ];
    case 'next':
      return [[{ type: 'back' }], { key, fits: ({ conversation }) => turn > 0 && conversation.held === turn }];
    case 'relay-ended':
      return [
        [{ type: relayEnds[event.how] }],
        { key, fits: ({ conversation, answered }) => conversation.connected === turn && answered !== key },
      ];
    case 'transfer-ended':
      return [
        [{ type: 'transferred', how: event.how }],
        { key, fits: ({ conversation }) => conversation.phase === 'transferring' && conversation.turn === turn },
      ];
  }
}

function wordsOf({ speech, digits }: CarrierEvent & { type: 'heard' }): CallEvent {
  if (digits) return { type: 'keyed', digits: digits.reveal() };
  const text = speech?.reveal().trim() ?? '';
  return text === '' ? { type: 'quiet' } : { type: 'heard', text: maskCards(text) };
}

/** Waits until model and tools have answered, or the caller is to be asked to wait, and renders where the call stands then. */
async function answerSettled(ctx: CallCtx, led: Led, reached: LockedCall, accountId: Id): Promise<Answer> {
  const { ref } = reached;
  let call: LockedCall | undefined = reached;
  let isMore = true;
  while (call && isMore && isWaitedFor(call)) {
    isMore = await led.progress();
    call = await look(ctx, isMore ? call : undefined, ref);
  }
  if (!call || call.answered !== reached.answered) return closing;
  const { conversation } = call;
  const transfer =
    conversation.phase === 'transferring'
      ? await ctx.db.tenant(ref.organisation, (tx) => transferOf(tx, reached))
      : undefined;
  return answerOf(ctx, call, { accountId, transfer });
}

/** How the call stands; as it stood before while the database is away and somebody waits for it. */
async function look(ctx: CallCtx, before: LockedCall | undefined, ref: CallRef): Promise<LockedCall | undefined> {
  try {
    return await ctx.db.tenant(ref.organisation, (tx) => lockCall(ctx, tx, ref));
  } catch (error) {
    if (before && isProblem(error, 'database-unavailable')) return before;
    throw error;
  }
}

function isWaitedFor({ conversation: { phase, held } }: LockedCall): boolean {
  return (phase === 'thinking' || phase === 'running') && !(held > 0);
}

async function hungUp(ctx: CallCtx, ref: CallRef): Promise<void> {
  const driver = driveCall(ctx, ref, noVoice);
  await driver.push({ type: 'hung-up' });
  driver.stop();
}

/** A number that is pointed at `voice?by=text` is never held by audio, whatever its agent can do. */
function isByText(url: string): boolean {
  return new URL(url).searchParams.get('by') === 'text';
}

function turnOf(url: string): number {
  const turn = new URL(url).searchParams.get('turn') ?? '';
  return /^\d{1,9}$/.test(turn) ? Number(turn) : -1;
}
