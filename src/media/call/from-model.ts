import type { SpeechListener, SpeechLoss } from '#adapters/models';
import { frameMs } from './audio.ts';
import { turnBegins, turnEnds, turnHeard } from './card-watch.ts';
import { signOfLife } from './ear.ts';
import { fail } from './ending.ts';
import { blankCard, hush } from './hush.ts';
import { arrivalOf, frameOf } from './inbound.ts';
import { linkReady } from './links.ts';
import type { Link, Live } from './live.ts';
import { beginAnswer, endAnswer, playAudio, soundUntil } from './playout.ts';
import type { Said } from './said.ts';
import { spareLost, spareReady } from './renewal.ts';
import { loseModel, repair } from './repair.ts';
import { answerBegan, answerWords, callerTurn, callerWords, toolAsked } from './script.ts';
import { streamMs } from './stream-time.ts';
import { answerCame, dropTurn, turnEnded } from './turn-watch.ts';

/** Sound is noticed a little after it began. */
const beforeSpeechFrames = 300 / frameMs;
/** A model that took longer to see that the caller had ended owes its answer from then on, less this. Milliseconds. */
const mostEndpointMs = 600;
const mostAnswers = 16;

/** What a session tells goes to its call, as long as it is the call's. Nothing is thrown back at the model. */
export function listenerFor(live: Live, linkOf: () => Link | undefined): SpeechListener {
  const guard =
    <A extends readonly unknown[]>(work: (link: Link, now: number, ...args: A) => void) =>
    (...args: A): void => {
      const link = linkOf();
      if (link === undefined || (link !== live.link && link !== live.spare)) return;
      try {
        work(link, heardFrom(live, link), ...args);
      } catch (error) {
        fail(live, error);
      }
    };
  return {
    ready: guard((link, now) => (link === live.spare ? spareReady : linkReady)(live, link, now)),
    lost: guard((link, now, why: SpeechLoss) => {
      if (link === live.spare) spareLost(live, now);
      else loseModel(live, why, now);
    }),
    callerBegan: guard((_link, now, atMs) => callerBegan(live, atMs, now)),
    callerEnded: guard((_link, now, atMs) => callerEnded(live, atMs, now)),
    heard: guard((_link, now, text) => heard(live, text, now)),
    answering: guard((link, now, name) => answering(live, link, name, now)),
    // Fifty times a second, so guarded by itself: to pass on any number of arguments costs more than the rest.
    audio(name, payload) {
      const link = linkOf();
      if (link === undefined || link !== live.link) return;
      try {
        const now = heardFrom(live, link);
        if (link.receiving?.name === name) audio(live, link.receiving, payload, now);
      } catch (error) {
        fail(live, error);
      }
    },
    answered: guard((link, now, name, ...[text, isWhole]) => {
      const said = link.answers.get(name);
      if (said) answered(live, link, { said, text, isWhole }, now);
    }),
    rests: guard((link) => rests(live, link)),
    asks: guard((link, now, use) => asks(live, link, use, now)),
    alive: guard((_link, now) => alive(live, now)),
    used: (usage) => live.phase !== 'over' && live.options.tell({ type: 'used', ...usage }),
  };
}

/** The model has said something; returns when. */
function heardFrom(live: Live, link: Link): number {
  const now = live.now();
  if (link === live.link) signOfLife(live.ear, now);
  return now;
}

/** What the model did not hear, though it is there, was no speech. */
function alive(live: Live, now: number): void {
  live.ear.isUnclaimed = false;
  if (live.owed?.by !== 'model') repair(live, { type: 'caller' }, now);
}

function callerBegan(live: Live, atMs: number, now: number): void {
  const beganAt = arrivalOf(live.into, atMs);
  // It may have been too soft for our own ear.
  live.ear.loudAt = Math.max(live.ear.loudAt, beganAt);
  // Of what it was told again, a model has to say first that it heard the end.
  if (beganAt >= (live.link?.readyAt ?? 0)) live.ear.isUnclaimed = false;
  live.callerAt = now;
  live.isQuietTold = false;
  live.callerSpeaks = true;
  if (live.phase !== 'open') return;
  // First of all: nobody wants to be talked over.
  hush(live, now);
  if (live.owed?.by === 'model') live.owed = undefined;
  repair(live, { type: 'caller' }, now);
  live.unheardFrom ??= frameOf(live.into, atMs) - beforeSpeechFrames;
  dropTurn(live.watch);
  turnBegins(live.cards, streamMs(live.time, beganAt));
}

function callerEnded(live: Live, atMs: number, now: number): void {
  const endAt = arrivalOf(live.into, atMs);
  live.callerSpeaks = false;
  live.ear.isUnclaimed = false;
  live.callerAt = now;
  live.turnsUnheard += 1;
  live.turnEnd = frameOf(live.into, atMs);
  turnEnds(live.cards, streamMs(live.time, now));
  callerTurn(live.script, now);
  if (live.phase !== 'open') return;
  turnEnded(live.watch, endAt, now);
  live.owed ??= { by: 'model', since: waitingSince(live, endAt, now), from: now, ask: undefined, to: 'words' };
}

/** A turn that a session was told again has been over for longer than it took to see it. */
function waitingSince({ link }: Live, endAt: number, now: number): number {
  return endAt < (link?.readyAt ?? now) ? endAt : Math.max(endAt, now - mostEndpointMs);
}

function heard(live: Live, text: string, now: number): void {
  live.turnsUnheard = Math.max(0, live.turnsUnheard - 1);
  if (live.turnsUnheard === 0 && !live.callerSpeaks) live.unheardFrom = undefined;
  const card = turnHeard(live.cards, text, streamMs(live.time, now));
  if (card) live.options.tap?.blank(card.fromMs, card.toMs);
  callerWords(live.script, text, now);
}

function answering(live: Live, link: Link, name: string, now: number): void {
  // Who is leaving waits for what was owed before, and hears nothing new.
  if (live.phase !== 'open' && live.owed?.by !== 'model') return link.session.cut(name, 0);
  const said = beginAnswer(live.out, name, now);
  link.answers.set(name, said);
  if (link.answers.size > mostAnswers) link.answers.delete(link.answers.keys().next().value!);
  link.receiving = said;
  link.isBusy = true;
  live.owed ??= { by: 'model', since: now, from: now, ask: undefined, to: 'nothing' };
  answerBegan(live.script, said);
}

function audio(live: Live, said: Said, payload: string, now: number): void {
  if (said.receivedBytes === 0) answerCame(live.watch, said, now);
  if (live.owed !== undefined) soundCame(live, now);
  if (!playAudio(live.out, said, payload, now)) return overlong(live, now);
  live.speechUntil = soundUntil(live.out);
}

/** The model keeps what it owes. A tool's result stays owed by the desk. */
function soundCame(live: Live, now: number): void {
  if (live.owed?.by === 'model') {
    live.answerTo = live.owed.to;
    live.owed = undefined;
  }
  if (live.turnsUnheard === 0 && !live.callerSpeaks) live.unheardFrom = undefined;
  live.isQuietTold = false;
  live.ear.isUnclaimed = false;
  repair(live, { type: 'sound' }, now);
}

/** More than anyone would listen to is a mistake of the model: the answer is cut. */
function overlong(live: Live, now: number): void {
  live.stats.overlong += 1;
  hush(live, now);
}

/** What seemed to be missing of its answer never was. */
function rests(live: Live, link: Link): void {
  link.isBusy = false;
  if (live.owed && live.owed === link.missed) live.owed = undefined;
}

type Answered = { readonly said: Said; readonly text: string; readonly isWhole: boolean };

function answered(live: Live, link: Link, { said, text, isWhole }: Answered, now: number): void {
  if (link.receiving === said) link.receiving = undefined;
  endAnswer(live.out, said, now);
  answerWords(live.script, said, { text, isWhole }, now);
  blankCard(live, said);
}

function asks(live: Live, link: Link, use: Parameters<SpeechListener['asks']>[0], now: number): void {
  const { callId, tool } = use;
  const input = JSON.stringify(use.input);
  link.asked.add(callId);
  live.tools.set(callId, now);
  const since = live.owed?.since ?? Math.max(now, live.speechUntil);
  live.owed = { by: 'desk', since, from: now, ask: undefined, to: 'result' };
  // What it has acted on is not to be heard, and acted on, again.
  if (!live.callerSpeaks) live.unheardFrom = undefined;
  toolAsked(live.script, { callId, tool, input });
  live.options.tell({ type: 'asks', callId, tool, input });
}
