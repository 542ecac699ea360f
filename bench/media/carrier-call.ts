import { randomBytes } from 'node:crypto';
import { openLedger, type Clear } from './ledger.ts';
import { openPlayback } from './playback.ts';
import type { Samples } from './samples.ts';
import { frameBytes, modelsOwn, nowUs, readFrame, stampFrame } from './stamp.ts';
import type { CarrierCall, Leg } from './talk.ts';
import { dialWire, type Wire } from './wire.ts';

/** What all calls of the carrier count together. */
export type CarrierTally = {
  readonly downMs: Samples;
  readonly lateMs: Samples;
  isMeasuring: boolean;
  altered: number;
  crossed: number;
  marks: number;
};

/** One call as Twilio streams it (media streams, protocol "Call" 1.0.0). */
export type Streaming = {
  /** Sends every frame whose time has come, and marks that have been played. */
  tick(nowMs: number): void;
  hush(): void;
  end(): void;
  read(): CarrierCall & { readonly aheadMs: number };
};

export const everyMs = 20;

/** Opens the stream of one call. Its frames begin `phaseMs` after `startMs`, in absolute time. */
export async function openStream(leg: Leg, tally: CarrierTally, firstAtMs: number): Promise<Streaming> {
  const streamSid = `MZ${randomBytes(16).toString('hex')}`;
  const ledger = openLedger();
  const playback = openPlayback();
  const clears: Clear[] = [];
  const frame = Buffer.alloc(frameBytes);
  const state = { sent: 0, sequence: 1, isHushed: false, isEnding: false, isDropped: false };
  const heard = listenTo({ leg, tally, playback, clears, ledger });
  const wire = await dialWire(leg.url, leg.headers, {
    text: heard,
    closed() {
      state.isDropped = !state.isEnding;
    },
  });
  greet(wire, leg, streamSid);
  const send = (dueMs: number, nowMs: number) => {
    state.sent += 1;
    state.sequence += 1;
    stampFrame(frame, { call: leg.number, seq: state.sent, sentUs: nowUs() });
    wire.send(
      `{"event":"media","sequenceNumber":"${state.sequence}","streamSid":"${streamSid}","media":{"track":"inbound",` +
        `"chunk":"${state.sent}","timestamp":"${state.sent * everyMs}","payload":"${frame.toString('base64')}"}}`,
    );
    if (tally.isMeasuring) tally.lateMs.add(nowMs - dueMs);
  };
  return {
    tick(nowMs) {
      if (state.isDropped) return;
      for (const name of playback.due(nowMs)) {
        tally.marks += 1;
        state.sequence += 1;
        wire.send(
          `{"event":"mark","sequenceNumber":"${state.sequence}","streamSid":"${streamSid}","mark":{"name":${JSON.stringify(name)}}}`,
        );
      }
      if (state.isHushed) return;
      for (let due = firstAtMs + state.sent * everyMs; due <= nowMs; due += everyMs) send(due, nowMs);
    },
    hush() {
      state.isHushed = true;
    },
    end() {
      state.isEnding = true;
      const { accountSid, callSid } = leg;
      const stop = { event: 'stop', sequenceNumber: `${state.sequence + 1}`, streamSid, stop: { accountSid, callSid } };
      wire.send(JSON.stringify(stop));
      wire.close();
    },
    read: () => ({
      number: leg.number,
      sent: state.sent,
      got: ledger.read(),
      clears,
      isDropped: state.isDropped,
      aheadMs: playback.mostAheadMs(),
    }),
  };
}

function greet(wire: Wire, { accountSid, callSid, parameters }: Leg, streamSid: string): void {
  wire.send('{"event":"connected","protocol":"Call","version":"1.0.0"}');
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 };
  const start = { streamSid, accountSid, callSid, tracks: ['inbound'], customParameters: parameters, mediaFormat };
  wire.send(JSON.stringify({ event: 'start', sequenceNumber: '1', streamSid, start }));
}

type Ears = {
  readonly leg: Leg;
  readonly tally: CarrierTally;
  readonly playback: ReturnType<typeof openPlayback>;
  readonly clears: Clear[];
  readonly ledger: ReturnType<typeof openLedger>;
};

/** Reads what the bridge sends: audio in pieces of any length, marks, clears. */
function listenTo({ leg, tally, playback, clears, ledger }: Ears): (message: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  const take = (frame: Buffer) => {
    const stamp = readFrame(frame);
    if (stamp === 'silence') return;
    if (stamp === 'altered') tally.altered += 1;
    else if (stamp.call !== modelsOwn && stamp.call !== leg.number) tally.crossed += 1;
    else if (stamp.call !== modelsOwn) {
      ledger.add(stamp.seq);
      if (tally.isMeasuring) tally.downMs.add((nowUs() - stamp.sentUs) / 1e3);
    }
  };
  return (message) => {
    const said = JSON.parse(message.toString('latin1')) as {
      readonly event: string;
      readonly media?: { readonly payload: string };
      readonly mark?: { readonly name: string };
    };
    if (said.event === 'clear') {
      clears.push({ atUs: nowUs(), lastSeq: ledger.read().spans.at(-1)?.last ?? 0 });
      playback.clear(performance.now());
      rest = Buffer.alloc(0);
    } else if (said.event === 'mark' && said.mark) playback.mark(said.mark.name);
    else if (said.event === 'media' && said.media) {
      const audio = Buffer.from(said.media.payload, 'base64');
      playback.play(audio.length, performance.now());
      const bytes = rest.length > 0 ? Buffer.concat([rest, audio]) : audio;
      let at = 0;
      for (; at + frameBytes <= bytes.length; at += frameBytes) take(bytes.subarray(at, at + frameBytes));
      rest = bytes.subarray(at);
    }
  };
}
