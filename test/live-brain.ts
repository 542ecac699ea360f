import type { Clock } from '#base';
import type { SpeechLoss } from '#adapters/models';
import { isLoud } from '../src/media/call/loudness.ts';
import { voice, type FakeSession } from './live-scene.ts';

/** Where in a conversation something goes wrong. */
export type Moment =
  | 'opening'
  | 'ready'
  | 'began'
  | 'ended'
  | 'understood'
  | 'answering'
  | 'mid-answer'
  | 'answered'
  | 'asked'
  | 'result';

/** What goes wrong: the session is lost, says nothing any more, or takes its time. */
export type Mishap =
  | { readonly do: 'lose'; readonly why: SpeechLoss }
  | { readonly do: 'hang' }
  /** The vendor answers probes, but nothing else comes. */
  | { readonly do: 'ponder' }
  | { readonly do: 'wait'; readonly ms: number };

export type BrainOptions = {
  readonly clock: Clock;
  /** Asked at every moment of every session; what it returns happens. */
  readonly mishap?: (moment: Moment, count: number) => Mishap | undefined;
  /** How long an answer is, and whether a turn needs a tool first. */
  readonly told?: (what: 'ready' | 'lost', at: number) => void;
  readonly answerMs?: number;
  readonly usesTool?: (turn: number) => boolean;
};

const speechMs = 60;
const endpointMs = 500;
const pieceMs = 400;

/**
 * A model's end of a session as a vendor's would behave: hears speech begin and end by what it is given, understands it,
 * answers faster than it is spoken, is interrupted, asks for tools and waits for them.
 */
export function giveBrain(session: FakeSession, count: number, options: BrainOptions): void {
  const { clock, mishap = () => undefined, told = () => {}, answerMs = 1_200, usesTool = () => false } = options;
  const ear = { ms: 0, loudMs: 0, silentMs: 0, isSpeaking: false, turns: 0 };
  const state = { isOver: false, isPondering: false, answers: 0, answer: 0, isAnswering: false };
  const { hear, cut, prompt, keyed, result, probe, close } = session;

  /** Goes on unless something goes wrong here. */
  const at = (moment: Moment, goOn: () => void) => {
    if (state.isOver) return;
    const wrong = mishap(moment, count);
    if (wrong?.do === 'lose') lose(wrong.why);
    else if (wrong?.do === 'hang') state.isOver = !(session.isThere = false);
    else if (wrong?.do === 'ponder') state.isPondering = true;
    else if (wrong?.do === 'wait') later(wrong.ms, goOn);
    else if (!state.isPondering) goOn();
  };
  const later = (ms: number, work: () => void) =>
    void clock.after(ms, () => state.isOver || state.isPondering || work());
  const lose = (why: SpeechLoss) => {
    state.isOver = true;
    endAnswer('');
    told('lost', clock.now());
    session.tell.lost(why);
  };
  const endAnswer = (text: string, isWhole = false) => {
    if (!state.isAnswering) return;
    state.isAnswering = false;
    session.tell.answered(`s${count}a${state.answer}`, text, isWhole);
    if (!state.isOver) session.tell.rests();
  };
  const answer = () =>
    at('answering', () => {
      const own = (state.answer = ++state.answers);
      const name = `s${count}a${own}`;
      state.isAnswering = true;
      session.tell.answering(name);
      const give = (fromMs: number) => {
        if (!state.isAnswering || state.answer !== own) return;
        if (fromMs >= answerMs)
          return at('answered', () => endAnswer(`This is answer ${own} of session ${count}.`, true));
        session.tell.audio(
          name,
          voice(count * 10 + own, fromMs, Math.min(pieceMs, answerMs - fromMs)).toString('base64'),
        );
        at('mid-answer', () => later(100, () => give(fromMs + pieceMs)));
      };
      give(0);
    });
  const began = () =>
    at('began', () => {
      session.tell.callerBegan(Math.max(0, ear.ms - ear.loudMs));
      endAnswer('This is');
    });
  const ended = (atMs: number) => {
    const turn = ++ear.turns;
    at('ended', () => {
      session.tell.callerEnded(atMs);
      later(200, () => at('understood', () => session.tell.heard(`Words ${turn} to session ${count}.`)));
      later(400, () => (usesTool(turn) ? ask(turn) : answer()));
    });
  };
  const ask = (turn: number) =>
    at('asked', () => session.tell.asks({ callId: `s${count}t${turn}`, tool: 'find-slot', input: { turn } }));

  Object.assign(session, {
    hear(payload: string) {
      hear(payload);
      ear.ms += 20;
      const loud = isLoud(payload);
      ear.loudMs = loud ? ear.loudMs + 20 : 0;
      ear.silentMs = loud ? 0 : ear.silentMs + 20;
      if (!ear.isSpeaking && ear.loudMs >= speechMs) {
        ear.isSpeaking = true;
        began();
      } else if (ear.isSpeaking && ear.silentMs >= endpointMs) {
        ear.isSpeaking = false;
        ended(ear.ms - ear.silentMs);
      }
    },
    cut(name: string, playedMs: number) {
      cut(name, playedMs);
      endAnswer('This is');
    },
    prompt(instruction: string) {
      prompt(instruction);
      later(400, answer);
    },
    keyed(digits: string) {
      keyed(digits);
      later(400, answer);
    },
    result(callId: string, value: Parameters<typeof result>[1]) {
      result(callId, value);
      at('result', () => later(300, answer));
    },
    probe() {
      if (!state.isOver) probe();
    },
    close() {
      close();
      state.isOver = true;
    },
  });
  later(300, () =>
    at('opening', () => {
      told('ready', clock.now());
      session.tell.ready();
      at('ready', () => {});
    }),
  );
}
