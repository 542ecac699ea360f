import type { WebSocket } from 'ws';
import { openHearing, type Hearing } from './hearing.ts';
import type { Ear, Leg, Next } from './leg.ts';
import { startMetronome } from './metronome.ts';
import { openMouth, type Mouth } from './mouth.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import { openPlayback, type Playback } from './playback.ts';
import { frameBytes, silence } from './spoken-audio.ts';
import { readStreamOrder, type StreamOrder } from './stream-orders.ts';
import type { Stream } from './verbs.ts';
import { askProduct } from './webhooks.ts';

type Session = {
  readonly leg: Leg;
  readonly verb: Stream;
  readonly id: string;
  readonly socket: WebSocket;
  readonly outbox: Outbox;
  readonly mouth: Mouth;
  readonly playback: Playback;
  readonly hearing: Hearing;
  /** Messages and audio frames that were sent. */
  sequence: number;
  chunk: number;
  over: boolean;
  hush(): void;
};

const frameMs = 20;
const silentFrame = Buffer.alloc(frameBytes, silence).toString('base64');

/**
 * Plays one media stream: opens the product's socket, sends what the caller says, plays what comes back. Afterwards the
 * action is asked, also when the caller has gone; its answer then no longer matters. A product that closes the socket
 * cuts off whatever has not been played yet; that it failed or meant to, the carrier does not tell.
 */
export async function playStream(leg: Leg, verb: Stream): Promise<Next> {
  const session = open(leg, verb);
  await leg.until(() => session.over || leg.cut !== undefined || undefined);
  const redirected = leg.cut?.by === 'redirect';
  if (leg.cut && !redirected) leg.status = 'completed';
  close(session);
  leg.log('stream-over');
  if (redirected || verb.action === undefined) return undefined;
  return { document: await askProduct(leg, verb.action, {}) };
}

function open(leg: Leg, verb: Stream): Session {
  const socket = leg.line.connect(verb.socketUrl);
  const hearing = openHearing(leg);
  const session: Session = {
    leg,
    verb,
    id: `MZ${leg.random.bytes(16).toString('hex')}`,
    socket,
    outbox: openOutbox(leg, socket),
    mouth: openMouth(leg.tell),
    playback: openPlayback(leg.pace, {
      played: hearing.played,
      idle: hearing.idle,
      marked: (name) => send(session, 'mark', JSON.stringify({ name })),
    }),
    hearing,
    sequence: 0,
    chunk: 0,
    over: false,
    hush: () => {},
  };
  socket.on('open', () => begin(session));
  socket.on('message', (data: Buffer, isBinary) => {
    obey(session, isBinary ? undefined : readStreamOrder(data.toString('utf8'), session.id));
  });
  // Without a listener a refused handshake would end the process; `close` follows.
  socket.on('error', () => leg.log('socket-error'));
  socket.on('close', (code) => {
    leg.log('socket-closed', code);
    session.over = true;
    leg.tell();
  });
  return session;
}

function begin(session: Session): void {
  const { leg, verb, id, outbox } = session;
  if (leg.cut) return;
  leg.log('socket-open');
  outbox.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
  const names = { accountSid: leg.account, streamSid: id, callSid: leg.callId };
  const start = { ...names, tracks: ['inbound'], mediaFormat, customParameters: verb.parameters };
  send(session, 'start', JSON.stringify(start));
  session.hush = startMetronome(leg.pace, frameMs, (count) => sendFrame(session, count));
  leg.ear = earOf(session);
  leg.tell();
}

function close(session: Session): void {
  const { leg, playback, hearing, socket, outbox } = session;
  leg.ear = undefined;
  session.hush();
  playback.stop();
  hearing.cut();
  if (!session.over) send(session, 'stop', JSON.stringify({ accountSid: leg.account, callSid: leg.callId }));
  session.over = true;
  // A socket that is stalled would never read the answer to its close.
  socket.resume();
  outbox.close();
}

/** What the network loses never becomes a message: the count goes on, only the time shows it. */
function sendFrame(session: Session, count: number): void {
  const { leg, mouth } = session;
  const frame = mouth.frame();
  const { loseFrames = 0 } = leg.options.faults ?? {};
  if (loseFrames > 0 && leg.random.bytes(1)[0]! < loseFrames * 256) return;
  session.chunk += 1;
  const payload = frame?.toString('base64') ?? silentFrame;
  const about = `"chunk":"${session.chunk}","timestamp":"${(count - 1) * frameMs}"`;
  send(session, 'media', `{"track":"inbound",${about},"payload":"${payload}"}`);
}

/** In the order of fields in which the real carrier writes them. */
function send(session: Session, event: string, content: string): void {
  session.sequence += 1;
  session.outbox.send(
    `{"event":"${event}","sequenceNumber":"${session.sequence}","${event}":${content},"streamSid":"${session.id}"}`,
  );
}

function obey(session: Session, order: StreamOrder | undefined): void {
  const { leg, playback, hearing } = session;
  if (session.over || leg.cut) return;
  switch (order?.do) {
    case undefined:
      return leg.log('message-refused');
    case 'play':
      if (!playback.queue(order.audio)) leg.log('buffer-full');
      leg.audio.mostWaitingMs = Math.max(leg.audio.mostWaitingMs, playback.waitingMs());
      return undefined;
    case 'mark':
      if (!playback.mark(order.name)) leg.log('buffer-full');
      return undefined;
    case 'clear':
      leg.log('clear');
      playback.clear();
      return hearing.cut();
  }
}

function earOf(session: Session): Ear {
  const { leg, mouth, playback, hearing, socket } = session;
  return {
    isQuiet: () => !playback.isPlaying() && !hearing.isOpen(),
    wordsHeard: () => hearing.wordsHeard(),
    takes: {
      what: 'audio',
      async play(audio) {
        const saying = mouth.say(audio);
        await leg.until(() => saying.isSaid() || session.over || leg.cut !== undefined || undefined);
        return saying.isSaid();
      },
    },
    key: (digit) => send(session, 'dtmf', JSON.stringify({ track: 'inbound_track', digit })),
    dropSocket() {
      leg.log('socket-dropped');
      socket.terminate();
    },
    stallSocket(stalled) {
      leg.log(stalled ? 'socket-stalled' : 'socket-resumed');
      if (stalled) socket.pause();
      else socket.resume();
    },
    frame: (raw) => socket.send(raw),
  };
}
