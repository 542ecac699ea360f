import { maskCards, problem, type Ctx, type Id } from '#base';
import type { Carrier, RelayEvent } from '#adapters/carriers';
import type { Handshake, SocketSession, Wire } from '#edge';
import type { CallCtx, CallRef } from './call-ctx.ts';
import type { CallEvent, Conversation } from './conversation.ts';
import { driveCall, type Driver, type Voice } from './drive.ts';
import { hangUpAt } from './hang-up.ts';
import { verifySocket, type SocketPlace } from './socket-place.ts';
import { readStreamToken, useStreamToken } from './stream-token.ts';

/**
 * A text relay socket. The handshake must carry the carrier's signature over the wss URL, and the first message
 * the single-use token of a live call; only then does anything happen. Translates, decides nothing.
 */
export async function openRelay(ctx: CallCtx, handshake: Handshake, place: SocketPlace): Promise<SocketSession> {
  const carrier = await verifySocket(ctx, handshake, place);
  const live: { wire?: Wire; driver?: Driver } = {};
  return {
    opened(wire) {
      live.wire = wire;
    },
    async text(data) {
      const event = carrier.readRelay(data);
      if (live.driver) return pass(live.driver, event);
      if (!live.wire || event.type !== 'setup')
        throw problem('stream-token-invalid', 'The first message of a relay is its setup.');
      live.driver = await join(ctx, place, { carrier, wire: live.wire, event });
    },
    closed() {
      // What comes next is the carrier's webhook for the end of the relay; without it the watchdog ends the call.
      live.driver?.stop();
    },
  };
}

async function join(
  ctx: CallCtx,
  place: SocketPlace,
  { carrier, wire, event }: { carrier: Carrier; wire: Wire; event: RelayEvent & { type: 'setup' } },
): Promise<Driver> {
  const { ref, turn } = readStreamToken(ctx, event.token);
  if (ref.organisation !== place.organisation)
    throw problem('stream-token-invalid', 'The token is for another socket.');
  await ctx.db.tenant(ref.organisation, (tx) =>
    useStreamToken(ctx, tx, { ref, turn, carrier: place.carrierId, carrierCallId: event.callId }),
  );
  const voice = voiceOver(ctx, { carrier, wire, ref, accountId: place.accountId });
  const driver = driveCall(ctx, ref, voice, { fits: ({ conversation }) => isHeldBy(turn, conversation) });
  void push(driver, { type: 'opened' }).catch(() => wire.close(1011));
  return driver;
}

/** A call listens to one socket: the one it offered last, and none once it goes on by webhook. */
function isHeldBy(turn: number, { channel, connected }: Conversation): boolean {
  return channel === 'relay' && connected === turn;
}

/**
 * Hands an event on and waits until its step is committed, not until a model has answered: the next event can
 * overtake a thinking model, but a flood of them waits in the socket, which has a bound.
 */
async function pass(driver: Driver, event: RelayEvent): Promise<void> {
  const happened = translate(event);
  if (happened) await push(driver, happened);
}

async function push(driver: Driver, event: CallEvent): Promise<void> {
  const { taken } = await driver.push(event);
  if (taken === 'stale') throw problem('stream-token-invalid', 'Another socket or a webhook has taken over the call.');
}

function translate(event: RelayEvent): CallEvent | undefined {
  switch (event.type) {
    case 'prompt':
      return event.last ? { type: 'heard', text: maskCards(event.text.reveal()) } : { type: 'speaking' };
    case 'digit':
      return { type: 'keyed', digits: event.digit.reveal() };
    case 'interrupt':
      return { type: 'interrupted', heard: event.heard.reveal() };
    case 'played':
      return { type: 'played', text: event.text.reveal() };
    default:
      return undefined;
  }
}

function voiceOver(
  ctx: Pick<Ctx, 'http' | 'config' | 'db' | 'keys' | 'log' | 'clock' | 'random'>,
  { carrier, wire, ref, accountId }: { carrier: Carrier; wire: Wire; ref: CallRef; accountId: Id },
): Voice {
  const spoken: { language?: string } = {};
  return {
    say(text, language) {
      if (spoken.language !== undefined && spoken.language !== language)
        wire.send(carrier.writeRelay({ do: 'language', language }));
      spoken.language = language;
      wire.send(carrier.writeRelay({ do: 'say', text, language, interruptible: true }));
    },
    language: () => spoken.language ?? 'en',
    prompt: () => {},
    press: (digits) => wire.send(carrier.writeRelay({ do: 'press', digits })),
    result: () => {},
    leave: () => wire.send(carrier.writeRelay({ do: 'end', reason: 'done' })),
    hangUp: (call) => hangUpAt(ctx, carrier, { ref, accountId, carrierCallId: call.carrierCallId }),
  };
}
