import type { Cancel, Peer, PeerListener } from '#base';
import type {
  ModelAccess,
  SpeechListener,
  SpeechLoss,
  SpeechPlan,
  SpeechReach,
  SpeechSession,
} from '../../../speech.ts';
import { authorization, originOf, processorFor } from '../api.ts';
import { bytesOf, noPlace } from './audio-delta.ts';
import {
  cutOff,
  endTalk,
  giveResult,
  newTalk,
  promptFor,
  stopTalk,
  take,
  tellKeys,
  type Talk,
} from './conversation.ts';
import { lossOf, lossOfOpening, wordOf } from './loss.ts';
import { append, noChange, replay } from './messages.ts';
import { readEvent, type ServerEvent } from './server-event.ts';
import { setUp } from './setup.ts';

/** From the first packet until the session is set up. A caller is waiting in silence. Milliseconds. */
export const setupMs = 5_000;
/** Messages that make no sense are passed over, but not for ever. */
export const mostGarbage = 20;
/** What is asked of a session before it is ready waits for that. */
const mostWaiting = 32;
/** µ-law at 8 kHz (ITU-T G.711). */
const bytesPerMs = 8;

type Session = {
  readonly reach: SpeechReach;
  readonly plan: SpeechPlan;
  readonly listener: SpeechListener;
  readonly talk: Talk;
  phase: 'opening' | 'settling' | 'ready' | 'over';
  peer: Peer | undefined;
  cancelDeadline: Cancel;
  /** Whether the session is asked for with what not every model takes. */
  withExtras: boolean;
  garbage: number;
  /** Audio that came before anybody could take it. */
  unheardBytes: number;
  waiting: readonly (() => void)[];
};

/**
 * Opens a conversation over the Realtime API (GA, `wss://…/v1/realtime?model=`). The session is set up as the plan says,
 * then what was said before is put into it; only then it is `ready`. One session, one call: nothing is shared.
 */
export function openSession(
  reach: SpeechReach,
  access: ModelAccess,
  plan: SpeechPlan,
  listener: SpeechListener,
): SpeechSession {
  const session: Session = {
    reach,
    plan,
    listener,
    talk: newTalk(reach, plan, listener, {
      send: (message) => session.peer?.send(message),
      lose: (why) => lose(session, why),
      unheardMs: () => Math.round(session.unheardBytes / bytesPerMs),
    }),
    phase: 'opening',
    peer: undefined,
    cancelDeadline: reach.clock.after(setupMs, () => lose(session, 'too-slow')),
    withExtras: true,
    garbage: 0,
    unheardBytes: 0,
    waiting: [],
  };
  const { talk } = session;
  connect(reach, access, socketOf(session)).then(
    (peer) => opened(session, peer),
    (error: unknown) => lose(session, lossOfOpening(error)),
  );
  return {
    hear(payload) {
      if (session.phase === 'ready') session.peer?.send(append(payload));
      else session.unheardBytes += bytesOf(payload);
    },
    cut(answer, playedMs) {
      if (session.phase === 'ready') cutOff(talk, answer, playedMs);
    },
    result: (callId, result) => whenReady(session, () => giveResult(talk, callId, result)),
    prompt: (instruction) => whenReady(session, () => promptFor(talk, instruction)),
    keyed: (digits) => whenReady(session, () => tellKeys(talk, digits)),
    probe() {
      if (session.phase === 'ready') session.peer?.send(noChange);
    },
    backlog: () => session.peer?.backlog() ?? 0,
    close() {
      if (session.phase !== 'over') finish(session, (peer) => peer.close(1000));
    },
  };
}

async function connect({ config, http }: SpeechReach, access: ModelAccess, socket: PeerListener): Promise<Peer> {
  const origin = originOf(config, access).replace(/^http/, 'ws');
  const url = `${origin}/v1/realtime?model=${encodeURIComponent(config.openaiSpeechModel)}`;
  // Ours is the deadline that is told; this one only makes sure that nothing stays half open.
  const withinMs = setupMs + 1_000;
  return http.connect(processorFor(config), { url, headers: authorization(access), withinMs }, socket);
}

function socketOf(session: Session): PeerListener {
  const last = noPlace();
  return {
    text(message) {
      if (session.phase === 'over') return;
      const event = readEvent(message, last);
      if (!event) {
        session.garbage += 1;
        if (session.garbage > mostGarbage) lose(session, 'garbage');
      } else if (session.phase !== 'ready') settle(session, event);
      else if (isSignOfLife(event)) session.listener.alive();
      else take(session.talk, event);
    },
    closed: () => lose(session, 'dropped'),
  };
}

/** Whoever refuses to be changed is there as well. */
function isSignOfLife(event: ServerEvent): boolean {
  return event.type === 'settled' || (event.type === 'error' && event.error.event === 'probe');
}

function opened(session: Session, peer: Peer): void {
  // It took too long, or the call has ended meanwhile.
  if (session.phase === 'over') return peer.cut();
  session.peer = peer;
  session.phase = 'settling';
  peer.send(setUp(session.plan, session));
}

function settle(session: Session, event: ServerEvent): void {
  if (event.type === 'settled') return settled(session);
  if (event.type !== 'error') return;
  session.reach.log('model.error', { vendor: 'openai', code: wordOf(event.error) });
  const why = lossOf(event.error);
  if (why || !session.withExtras) return lose(session, why ?? 'refused');
  session.withExtras = false;
  session.peer?.send(setUp(session.plan, session));
}

function settled(session: Session): void {
  const { listener, peer, plan, waiting } = session;
  session.cancelDeadline();
  for (const item of replay(plan.history)) peer?.send(item);
  session.phase = 'ready';
  session.waiting = [];
  listener.ready();
  for (const work of waiting) whenReady(session, work);
}

/** A tool may answer while the connection that asked it has been lost and the next one is being opened. */
function whenReady(session: Session, work: () => void): void {
  if (session.phase === 'ready') work();
  else if (session.phase !== 'over') session.waiting = [...session.waiting, work].slice(-mostWaiting);
}

function lose(session: Session, why: SpeechLoss): void {
  if (session.phase === 'ready') endTalk(session.talk);
  // What was told last may have made the listener close the session.
  if (session.phase === 'over') return;
  finish(session, (peer) => peer.cut());
  session.listener.lost(why);
}

function finish(session: Session, leave: (peer: Peer) => void): void {
  session.phase = 'over';
  session.waiting = [];
  session.cancelDeadline();
  stopTalk(session.talk);
  if (session.peer) leave(session.peer);
}
