import { problem, type Id } from '#base';
import {
  carrierNamed,
  type Answer,
  type Carrier,
  type CarrierEvent,
  type SignedRequest,
  type WebhookKind,
} from '#adapters/carriers';
import { accountCandidates, lineCandidates } from '#safeguards/accounts';
import { answerOf, transferOf } from './answer.ts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import { maskCards } from './cards.ts';
import type { CallEvent } from './conversation.ts';
import { driveCall, type Voice } from './drive.ts';
import { ring } from './ring.ts';
import type { Occasion } from './step.ts';
import { findCall, lockCall, type LockedCall } from './store.ts';

type Received = { readonly carrierId: string; readonly kind: WebhookKind; readonly request: SignedRequest };
type Account = { readonly organisation: Id; readonly accountId: Id };

/** A webhook's answer is rendered from the state the call has reached, so nothing has to be said by voice. */
const noVoice: Voice = { say: () => {}, leave: () => {}, hangUp: async () => {} };

/**
 * Answers a carrier's webhook in the carrier's dialect. Nothing is believed before the signature is verified with the
 * key of the account it names. A repetition gets the same answer and has no second effect.
 * Throws `vendor-unknown`, `signature-invalid`, `number-unknown`, `call-not-known`, `body-malformed`.
 */
export async function receiveWebhook(ctx: CallCtx, received: Received): Promise<{ contentType: string; body: string }> {
  const carrier = carrierNamed(ctx.carriers, received.carrierId);
  const account = await verified(ctx, carrier, received);
  const event = carrier.read(received.request, received.kind);
  return carrier.render(await answerTo(ctx, received, account, event));
}

/** Several organisations may list the same account; the one whose key made the signature is meant. */
async function verified(ctx: CallCtx, carrier: Carrier, { carrierId, request }: Received): Promise<Account> {
  const hint = carrier.hint(request);
  const candidates = hint ? await accountCandidates(ctx, carrierId, hint.account) : [];
  for (const candidate of candidates) {
    const { authToken } = await ctx.credentials.get(candidate.organisation, candidate.accountId);
    if (carrier.verify(request, authToken)) return candidate;
  }
  throw problem('signature-invalid', 'Sign the exact public URL and body with the auth token of the account it names.');
}

async function answerTo(ctx: CallCtx, received: Received, account: Account, event: CarrierEvent): Promise<Answer> {
  if (event.type === 'ringing') return answerRing(ctx, received, account, event);
  const ref = await ctx.db.tenant(account.organisation, (tx) =>
    findCall(tx, account.organisation, received.carrierId, event.callId),
  );
  if (!ref) throw problem('call-not-known', 'No call of this account has that name.');
  if (event.type === 'status') {
    const isOver = !['ringing', 'in-progress'].includes(event.status);
    if (isOver) await settle(ctx, ref, [{ type: 'hung-up' }]);
    return [];
  }
  const turn = turnOf(received.request.url);
  const [events, occasion] = happened(event, turn);
  return settleAndAnswer(ctx, { ref, accountId: account.accountId, events, occasion });
}

async function answerRing(
  ctx: CallCtx,
  { carrierId, request }: Received,
  account: Account,
  event: CarrierEvent & { type: 'ringing' },
) {
  const hint = { account: carrierNamed(ctx.carriers, carrierId).hint(request)?.account ?? '', dialled: event.to };
  const lines = await lineCandidates(ctx, carrierId, hint);
  const line = lines.find(
    ({ organisation, accountId }) => organisation === account.organisation && accountId === account.accountId,
  );
  if (!line)
    throw problem('number-unknown', 'No line of this account has that number. Add it, or point the number elsewhere.');
  const ref = await ring(ctx, carrierId, line, event);
  const occasion: Occasion = { key: 'voice', fits: (call) => call.answered === '' };
  return settleAndAnswer(ctx, { ref, accountId: account.accountId, events: [{ type: 'answered' }], occasion });
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

/** Takes the step, waits until model and tools have answered, and renders where the call stands then. */
async function settleAndAnswer(
  ctx: CallCtx,
  turn: {
    readonly ref: CallRef;
    readonly accountId: Id;
    readonly events: readonly CallEvent[];
    readonly occasion: Occasion;
  },
): Promise<Answer> {
  const call = await settle(ctx, turn.ref, turn.events, turn.occasion);
  if (!call || call.answered !== turn.occasion.key) return [{ do: 'hang-up' }];
  const transfer = await ctx.db.tenant(turn.ref.organisation, (tx) => transferOf(tx, call));
  return answerOf(ctx, call, { accountId: turn.accountId, transfer });
}

async function settle(
  ctx: CallCtx,
  ref: CallRef,
  events: readonly CallEvent[],
  occasion?: Occasion,
): Promise<LockedCall | undefined> {
  const driver = driveCall(ctx, ref, noVoice);
  try {
    if (occasion) await driver.answer(events, occasion);
    else for (const event of events) await driver.push(event);
    await driver.settled();
  } finally {
    driver.stop();
  }
  return ctx.db.tenant(ref.organisation, (tx) => lockCall(ctx, tx, ref));
}

function turnOf(url: string): number {
  const turn = new URL(url).searchParams.get('turn') ?? '';
  return /^\d{1,9}$/.test(turn) ? Number(turn) : -1;
}
