import { beat } from './beat.ts';
import { openCardWatch } from './card-watch.ts';
import { openEar } from './ear.ts';
import { closed, fail } from './ending.ts';
import { takeMessage } from './from-carrier.ts';
import { takeOrder } from './from-desk.ts';
import { listenerFor } from './from-model.ts';
import { blankCard } from './hush.ts';
import { openInbound } from './inbound.ts';
import { openKeypad } from './keypad.ts';
import type { Live, LiveOptions, LiveStats } from './live.ts';
import { startMending } from './mending.ts';
import { openPlayout, type PlayoutListener, type Trace, type Wire } from './playout.ts';
import { repair } from './repair.ts';
import { answerOver, openScript } from './script.ts';
import { agentPlace, startStream, streamMs, type StreamTime } from './stream-time.ts';
import { answerHeard, answerSent, openTurnWatch } from './turn-watch.ts';
import { watchAnnouncement } from './announcement.ts';
import type { LiveCall } from '../host/live-call.ts';

/** How a live call is doing. `filled`: frames of silence in place of missing ones; `dropped`: frames no model ever got. */
export type CallStats = LiveStats & { readonly filled: number; readonly dropped: number };

/**
 * Conducts the audio of one call between the carrier's stream and a speech model, from its first frame until the
 * carrier's socket is gone. What happens is told to the desk, beginning with `opened` and ending with `closed`. When the
 * model is lost, another session of it goes on with what was said so far; when that does not help within 4 s, the desk is
 * told `model-lost` and the stream is closed.
 */
export function liveCall(options: LiveOptions): LiveCall & { stats(): CallStats } {
  const live = newLive(options);
  options.tell({ type: 'opened' });
  live.stopBeats = options.ticker.add((now) => {
    try {
      beat(live, now);
    } catch (error) {
      fail(live, error);
    }
  });
  repair(live, { type: 'time', owedSince: undefined }, live.now());
  return {
    frame: (message) => takeMessage(live, message),
    order: (order) => takeOrder(live, order, live.now()),
    closed: () => closed(live, live.now()),
    stats: () => ({ ...live.stats, filled: live.into.filled, dropped: live.into.dropped }),
  };
}

function newLive(options: LiveOptions): Live {
  const { plan, ticker } = options;
  const { now } = ticker;
  const startedAt = now();
  const time = startStream(startedAt);
  const stats = { framesIn: 0, framesOut: 0, malformed: 0, cuts: 0, overlong: 0, reconnects: -1, tones: 0 };
  const tell = watchAnnouncement(options, () => streamMs(time, now()));
  const live: Live = {
    options,
    now,
    listenerOf: (linkOf) => listenerFor(live, linkOf),
    out: openPlayout(
      wireOf(options, stats),
      hearingOf(() => live),
      traceOf(options, time),
    ),
    into: openInbound(startedAt),
    script: openScript(plan.speech.history, tell),
    ear: openEar(startedAt),
    pad: openKeypad(),
    watch: openTurnWatch(),
    cards: openCardWatch(),
    time,
    stats,
    phase: 'open',
    phaseUntil: 0,
    how: 'dropped',
    stopBeats: () => {},
    mending: startMending(startedAt),
    link: undefined,
    spare: undefined,
    spareAt: 0,
    callerSpeaks: false,
    owed: undefined,
    answerTo: 'nothing',
    turnEnd: 0,
    tools: new Map(),
    speechUntil: 0,
    callerAt: startedAt,
    isQuietTold: false,
    unheardFrom: undefined,
    turnsUnheard: 0,
    resumeFrom: undefined,
    lookAt: 0,
  };
  return live;
}

function wireOf({ peer, dialect, streamId }: LiveOptions, stats: LiveStats): Wire {
  // Mostly there is one frame, and nothing behind it.
  let first = '';
  const others: string[] = [];
  const add = (text: string) => {
    if (first === '') first = text;
    else others.push(text);
  };
  return {
    audio(payload) {
      stats.framesOut += 1;
      add(dialect.audio(streamId, payload));
    },
    mark: (name) => add(dialect.mark(streamId, name)),
    flush() {
      if (others.length > 0) peer.sendAll([first, ...others.splice(0)]);
      else if (first !== '') peer.send(first);
      first = '';
    },
    clear() {
      stats.cuts += 1;
      peer.send(dialect.clear(streamId));
    },
    backlog: () => peer.backlog(),
  };
}

function hearingOf(liveOf: () => Live): PlayoutListener {
  return {
    sent: (said, now) => answerSent(liveOf().watch, said, now),
    began(said, now) {
      const times = answerHeard(liveOf().watch, said, now);
      if (times) liveOf().options.tell({ type: 'turn', times });
    },
    over(said, playedMs, now) {
      const live = liveOf();
      answerOver(live.script, said, { playedMs, isWhole: said.playedMs >= said.sentMs }, now);
      blankCard(live, said);
    },
  };
}

function traceOf({ tap }: LiveOptions, time: StreamTime): Trace | undefined {
  if (!tap) return undefined;
  return {
    sent: (payload, playsAt) => tap.agent(payload, agentPlace(time, playsAt)),
    clear: (now) => tap.agentCut(streamMs(time, now)),
  };
}
