import { problem, type Id } from '#base';
import { callAsPerson, type Audience, type PersonCall, type StreamOffer, type Transport } from '#adapters/carriers';
import type { Visitor } from '#edge';
import { carrierAccount, ensureTryLine, fictionalNumber, type OpenedAccount } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { listAgents } from '#secretary/agent';
import { findCall, glanceAt, lockCall, readStreamToken, type CallGlance, type CallRef } from '#secretary/calls';
import { openAloud, type Aloud } from './aloud.ts';
import type { Begin, FromBrowser, ToBrowser } from './messages.ts';
import { openTranscriptTeller, type TranscriptTeller } from './transcript-teller.ts';
import type { WebCallCtx } from './web-call-ctx.ts';

/** One call of a person at a browser. */
export type WebCall = {
  obey(message: FromBrowser): void;
  hangUp(): void;
  /** Resolves when the call is over and all of it was told. */
  readonly over: Promise<void>;
};

type Calling = {
  readonly ctx: WebCallCtx;
  readonly visitor: Visitor;
  readonly tell: (message: ToBrowser) => void;
  readonly aloud: Aloud;
  ref: CallRef | undefined;
  teller: TranscriptTeller | undefined;
  unwatch: () => void;
  /** The media stream that is the browser's own. */
  stream: { over(): void } | undefined;
};

/** Rings for a person: makes the line when there is none yet, and plays the carrier for it. Throws `not-found`. */
export async function placeCall(
  ctx: WebCallCtx,
  visitor: Visitor,
  wish: Begin,
  tell: (message: ToBrowser) => void,
): Promise<WebCall> {
  const { account, number } = await lineTo(ctx, visitor, wish.agent);
  const calling: Calling = {
    ctx,
    visitor,
    tell,
    aloud: openAloud(wish.aloud),
    ref: undefined,
    teller: undefined,
    unwatch: () => {},
    stream: undefined,
  };
  const origin = ctx.publicUrl();
  const call: PersonCall = callAsPerson({
    ...ctx,
    account,
    origin,
    transport: noticing(ctx.transport, () => notice(calling, call.callId)),
    from: fictionalNumber(visitor.who.actor),
    to: number,
    voiceUrl: `${origin}/carriers/emulator/voice${wish.by === 'typing' ? '?by=text' : ''}`,
    audience: audienceOf(calling),
  });
  const { byName } = ctx.switchboard;
  byName.set(call.callId, call);
  const over = call.ended.then(async ({ how }) => {
    byName.delete(call.callId);
    calling.unwatch();
    calling.teller?.look();
    await calling.teller?.settled();
    tell({ tell: 'over', how });
  });
  return { obey: (message) => obey(calling, call, message), hangUp: call.hangUp, over };
}

/** The agent that is called, on a line that is there from now on. */
async function lineTo(
  ctx: WebCallCtx,
  { who: { organisation, actor } }: Visitor,
  wanted: Id | undefined,
): Promise<{ readonly account: OpenedAccount; readonly number: string }> {
  const line = await ctx.db.tenant(organisation, async (tx) => {
    const agents = await listAgents(tx, organisation);
    const agent = wanted === undefined ? agents[0] : agents.find(({ id }) => id === wanted);
    if (!agent) throw problem('not-found', 'There is no such secretary.');
    return ensureTryLine(ctx, tx, { organisation, agentId: agent.id, by: actor });
  });
  const account = await carrierAccount(ctx, { organisation, accountId: line.accountId }, { for: 'call' });
  return { account, number: line.e164 };
}

/** Lets know when the product has answered the carrier, before the carrier does. */
function noticing(transport: Transport, answered: () => Promise<void>): Transport {
  return {
    connect: transport.connect,
    async post(url, request) {
      const answer = await transport.post(url, request);
      await answered();
      return answer;
    },
  };
}

/** The call stands in the books from its first answer on: from then on the person sees how it stands there. */
async function notice(calling: Calling, carrierCallId: string): Promise<void> {
  if (calling.ref) return;
  const { ctx, visitor, tell } = calling;
  const { organisation, actor } = visitor.who;
  const found = await ctx.db.tenant(organisation, async (tx) => {
    const ref = await findCall(tx, organisation, 'emulator', carrierCallId);
    const call = ref && (await lockCall(ctx, tx, ref));
    if (call) await record(ctx, tx, { organisation, actor, action: 'call.tried', object: `call:${call.ref.id}` });
    return call;
  });
  if (!found || calling.ref) return;
  const { ref } = found;
  calling.ref = ref;
  calling.teller = openTranscriptTeller(ctx, ref, (entries) => tell({ tell: 'entries', entries }));
  tell({ tell: 'call', id: ref.id });
  tellState(calling, glanceAt(found));
  calling.unwatch = ctx.watch.on(ref.id, (glance) => tellState(calling, glance));
}

/** What was said comes before what is done about it. */
function tellState({ tell, teller }: Calling, { id: _, ...glance }: CallGlance): void {
  teller?.look();
  void teller?.settled().then(() => tell({ tell: 'state', ...glance }));
}

function obey(calling: Calling, call: PersonCall, message: FromBrowser): void {
  switch (message.do) {
    case 'say':
      // Over an audio stream words are spoken.
      if (!calling.stream) call.say(message.text).catch(() => {});
      return;
    case 'press':
      if (!calling.stream) call.press(message.digits).catch(() => {});
      return;
    case 'writing':
      return call.isSpeaking();
    case 'spoken':
      return calling.aloud.spoken(message.n, message.words);
    case 'aloud':
      return calling.aloud.speaks(message.on);
    case 'stream-over':
      return calling.stream?.over();
    case 'hang-up':
      return call.hangUp();
    case 'call':
      throw problem('frame-malformed', 'This socket has its call.');
  }
}

function audienceOf(calling: Calling): Audience {
  const { tell, aloud } = calling;
  return {
    begins: ({ n, text, language = null }) => tell({ tell: 'saying', n, text, language }),
    word: (n, words) => tell({ tell: 'word', n, words }),
    ends: (n, how) => tell({ tell: 'said', n, how }),
    keys: (digits) => tell({ tell: 'keys', digits }),
    whenSpoken: aloud.whenSpoken,
    stream: (offer) => offerStream(calling, offer),
  };
}

/**
 * The browser opens the stream itself, at the line: no frame passes through here. What is offered is what a carrier would
 * be offered, the single-use token included.
 */
function offerStream(calling: Calling, { socketUrl: _, ...offer }: StreamOffer) {
  const { ctx, tell } = calling;
  const over = Promise.withResolvers<void>();
  const stream = { over: over.resolve };
  const { ref, turn } = readStreamToken(ctx, offer.parameters['token']);
  calling.stream = stream;
  tell({ tell: 'stream', offer });
  return {
    over: over.promise,
    close() {
      if (calling.stream === stream) calling.stream = undefined;
      over.resolve();
      tell({ tell: 'stream-close' });
      // Whoever keeps the socket open all the same is not listened to.
      ctx.live.close({ ...ref, turn });
    },
  };
}
