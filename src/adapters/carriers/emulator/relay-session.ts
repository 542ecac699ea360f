import type { WebSocket } from 'ws';
import type { Ear, Leg, Next } from './leg.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import { readOrder, type RelayOrder } from './relay-orders.ts';
import type { Relay } from './verbs.ts';
import { voiceFor } from './audience.ts';
import type { Voice } from './voice.ts';
import { askProduct } from './webhooks.ts';

/** How the session ended; `handoff` is what the product's `end` carried. */
type Outcome = { readonly status: 'ended' | 'completed' | 'failed'; readonly handoff?: string };

type Session = {
  readonly leg: Leg;
  readonly verb: Relay;
  readonly id: string;
  readonly socket: WebSocket;
  readonly outbox: Outbox;
  readonly voice: Voice;
  outcome: Outcome | undefined;
};

/**
 * Plays one text relay: opens the product's socket, speaks what comes over it, hands over what the caller says.
 * Afterwards the action is asked, also when the caller has gone; its answer then no longer matters.
 * An `end` cuts off whatever has not been spoken yet: a product that wants it heard has to wait for that.
 */
export async function playRelay(leg: Leg, verb: Relay): Promise<Next> {
  const startedAt = leg.pace.clock.now();
  const session = open(leg, verb);
  const { status, handoff } = await leg.until(() => session.outcome ?? (leg.cut && { status: 'completed' as const }));
  // A call that is taken away has no outcome yet; with one, whatever still comes over the socket is ignored.
  session.outcome = { status };
  const redirected = leg.cut?.by === 'redirect';
  if (leg.cut && !redirected) leg.status = 'completed';
  close(session);
  leg.log('relay-over', status);
  if (redirected || verb.action === undefined) return undefined;
  const seconds = ((leg.pace.clock.now() - startedAt) * leg.pace.speed) / 1_000;
  const document = await askProduct(leg, verb.action, {
    SessionId: session.id,
    SessionStatus: status,
    SessionDuration: String(Math.ceil(seconds)),
    ...(handoff === undefined ? {} : { HandoffData: handoff }),
  });
  return { document };
}

function close({ leg, voice, outbox }: Session): void {
  leg.ear = undefined;
  const cut = voice.stop();
  if (cut) leg.heardFromProduct(cut);
  outbox.close();
}

function open(leg: Leg, verb: Relay): Session {
  const socket = leg.line.connect(verb.socketUrl);
  const listener = {
    played: (text: string) => verb.tellsPlayed && send(session, { type: 'info', name: 'tokensPlayed', value: text }),
    finished: leg.heardFromProduct,
    changed: leg.tell,
  };
  const voice = voiceFor(leg, listener, verb.language);
  const id = `VX${leg.random.bytes(16).toString('hex')}`;
  const outbox = openOutbox(leg, socket);
  const session: Session = { leg, verb, id, socket, outbox, voice, outcome: undefined };
  socket.on('open', () => {
    if (session.outcome) return;
    leg.log('socket-open');
    send(session, setupMessage(session));
    leg.ear = earOf(session);
    leg.tell();
  });
  socket.on('message', (data: Buffer, isBinary) => {
    obey(session, isBinary ? undefined : readOrder(data.toString('utf8'), verb.interruptible));
  });
  // Without a listener a refused handshake would end the process; `close` follows and settles the outcome.
  socket.on('error', () => leg.log('socket-error'));
  socket.on('close', (code) => {
    leg.log('socket-closed', code);
    settle(session, { status: 'failed' });
  });
  return session;
}

function setupMessage({ leg, verb, id }: Session) {
  return {
    type: 'setup',
    sessionId: id,
    accountSid: leg.account,
    parentCallSid: '',
    callSid: leg.callId,
    from: leg.from,
    to: leg.options.to,
    forwardedFrom: '',
    callType: 'PSTN',
    callerName: '',
    direction: 'inbound',
    callStatus: 'IN-PROGRESS',
    customParameters: verb.parameters,
  };
}

function obey(session: Session, order: RelayOrder | undefined): void {
  const { leg, voice } = session;
  if (session.outcome) return;
  // The message as it came is not quoted, as the real carrier does: it would only come back into our own log.
  if (!order) {
    leg.log('message-refused');
    return send(session, { type: 'error', description: 'Invalid message received' });
  }
  if (order.do === 'speak') return voice.queue(order.piece);
  if (order.do === 'press') return leg.heardKeys(order.digits);
  leg.log(order.do);
  if (order.do === 'end')
    settle(session, { status: 'ended', ...(order.data === undefined ? {} : { handoff: order.data }) });
}

function settle(session: Session, outcome: Outcome): void {
  session.outcome ??= outcome;
  session.leg.tell();
}

function earOf(session: Session): Ear {
  const { leg, verb, voice, socket } = session;
  return {
    isQuiet: () => !voice.isPlaying(),
    wordsHeard: () => voice.wordsHeard(),
    takes: {
      what: 'words',
      begins: () => begins(session),
      goesOn: () => send(session, { type: 'prompt', voicePrompt: '', lang: verb.language, last: false }),
      speech: (text) => send(session, { type: 'prompt', voicePrompt: text, lang: verb.language, last: true }),
    },
    key: (digit) => verb.keypad && send(session, { type: 'dtmf', digit }),
    dropSocket() {
      leg.log('socket-dropped');
      socket.terminate();
    },
    frame: (raw) => socket.send(raw),
  };
}

/** Speaking over the secretary silences it and tells the product how much of it was heard; unless it may not be. */
function begins(session: Session): boolean {
  const { voice, leg } = session;
  if (!voice.isPlaying()) return true;
  if (!voice.mayBeInterrupted()) return false;
  const cut = voice.stop();
  if (!cut) return true;
  leg.heardFromProduct(cut);
  leg.log('interrupted');
  send(session, {
    type: 'interrupt',
    utteranceUntilInterrupt: cut.text,
    durationUntilInterruptMs: cut.afterMs,
  });
  return true;
}

function send({ outbox }: Session, message: object): void {
  outbox.send(JSON.stringify(message));
}
