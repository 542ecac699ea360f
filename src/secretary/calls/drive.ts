import { isProblem, pause, type Cancel, type Clock } from '#base';
import type { ToolResult, ToolUse, TurnInput } from '#adapters/models';
import { askModel, distrust } from './ask-model.ts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import type { CallEvent, ToDo } from './conversation.ts';
import { inTurn } from './in-turn.ts';
import { playingMs } from './limits.ts';
import { phrase } from './phrases.ts';
import { runToolStep, takeStep, type Occasion, type StepResult } from './step.ts';
import { lockCall, type LockedCall } from './store.ts';

/** How words reach the caller. A webhook's voice does nothing: its answer is rendered from the state. */
export type Voice = {
  say(text: string, language: string): void;
  /** The language spoken last. */
  language(): string;
  /** Asks the speech model for an answer to this. */
  prompt(input: TurnInput): void;
  /** Sounds keys towards the other side, after what is being said. */
  press(digits: string): void;
  /** Tells the speech model what came of the tool it asked for. */
  result(key: string, result: ToolResult): void;
  /** Asks relay or line to end. */
  leave(): void;
  /** Ends the call at the carrier. */
  hangUp(call: LockedCall): Promise<void>;
};

/** Carries out what the machine decides, one step after the other, in the order events came. */
export type Driver = {
  /** Takes one step for all of it, in one transaction. */
  push(...events: readonly CallEvent[]): Promise<StepResult>;
  /** Takes the step of a webhook, once; a repetition takes up what was left undone. */
  answer(events: readonly CallEvent[], occasion: Occasion): Promise<StepResult>;
  /** Takes up what a call that stands there is waiting for: its model or its tool. */
  resume(call: LockedCall): void;
  /** Takes up a call that another process conducted until now. */
  takeUp(): Promise<void>;
  /** Resolves when no answer of a model or tool is outstanding. */
  settled(): Promise<void>;
  /** Forgets the timers. What is committed stays; another driver can go on at any time. */
  stop(): void;
};

/** How long a lost database is waited for while a caller is on the line, in milliseconds. */
const outageMs = 60_000;

/** `heardIn` says from which state of the call its events may still come; without it, from any. */
export function driveCall(ctx: CallCtx, ref: CallRef, voice: Voice, heardIn?: Occasion): Driver {
  const turns = inTurn(ctx.log, ref.id);
  const timer = oneTimer(ctx.clock);

  const step = (take: () => Promise<StepResult>): Promise<StepResult> =>
    turns.next(async () => {
      const done = await take();
      if (done.call) carryOut(done.call, done.todos);
      return done;
    });
  const push = (...events: readonly CallEvent[]) =>
    step(() => patiently(ctx, voice, () => takeStep(ctx, ref, events, heardIn)));
  const asked = new Set<number>();
  const think = (call: LockedCall, turn: number, input: TurnInput): void => {
    // Who asks again waits for the answer to the same question.
    if (asked.has(turn)) return;
    asked.add(turn);
    const answered = askModel(ctx, call, { turn, input }).then((event) => push(event));
    turns.aside(answered.finally(() => asked.delete(turn)));
  };
  const run = (key: string, use: ToolUse) => step(() => patiently(ctx, voice, () => runToolStep(ctx, ref, key, use)));

  const carryOut = (call: LockedCall, todos: readonly ToDo[]): void => {
    ctx.watch?.step(call);
    for (const todo of todos) {
      utter(voice, todo);
      if (todo.do === 'model-lost') turns.aside(distrust(ctx, call));
      else if (todo.do === 'hang-up') turns.aside(voice.hangUp(call));
      else if (todo.do === 'think') think(call, todo.turn, todo.input);
      else if (todo.do === 'run') turns.aside(run(todo.key, todo.use));
      else if (todo.do === 'wait') wait(todo.turn, todo.ms);
      else if (todo.do === 'ended') ctx.log('call.ended', { call: ref.id, reason: todo.reason });
    }
    if (call.conversation.phase === 'over') timer.clear();
  };
  const wait = (turn: number, ms: number): void => timer.set(ms, () => turns.aside(push({ type: 'timeout', turn })));
  const resume = (call: LockedCall): void => {
    const { phase, turn, asked: input, running } = call.conversation;
    if (phase === 'thinking') think(call, turn, input);
    if (running) turns.aside(run(running.key, running.use));
    if (phase === 'leaving') voice.leave();
  };

  return {
    push,
    resume,
    async takeUp() {
      const call = await ctx.db.tenant(ref.organisation, (tx) => lockCall(ctx, tx, ref));
      if (call && (!heardIn || heardIn.fits(call))) resume(call);
    },
    async answer(events, occasion) {
      const result = await step(() => takeStep(ctx, ref, events, occasion));
      if (result.taken === 'repeated' && result.call) resume(result.call);
      return result;
    },
    settled: turns.settled,
    stop: timer.stop,
  };
}

/** At most one timer: setting it again forgets the one before, and once stopped it is set no more. */
function oneTimer(clock: Clock) {
  let cancel: Cancel = () => {};
  let isStopped = false;
  return {
    set(ms: number, work: () => void) {
      cancel();
      if (!isStopped) cancel = clock.after(ms, work);
    },
    clear: () => cancel(),
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/** What reaches the caller, or the speech model, by voice. */
function utter(voice: Voice, todo: ToDo): void {
  if (todo.do === 'say') voice.say(todo.text, todo.language);
  else if (todo.do === 'press') voice.press(todo.digits);
  else if (todo.do === 'prompt') voice.prompt(todo.input);
  else if (todo.do === 'result') voice.result(todo.key, todo.result);
  else if (todo.do === 'leave') voice.leave();
}

/**
 * Repeats a step while the database is away or its disk is full, for up to a minute: the caller is told to wait instead
 * of being cut off, and in the end that it does not work. What is said then cannot be written down, because there is
 * nowhere to write; these are the only sentences a transcript may lack.
 */
async function patiently(ctx: CallCtx, voice: Voice, step: () => Promise<StepResult>): Promise<StepResult> {
  const until = ctx.clock.now() + outageMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isProblem(error, 'database-unavailable') && !isProblem(error, 'disk-full')) throw error;
      if (ctx.clock.now() >= until) {
        await admitTrouble(ctx, voice);
        throw error;
      }
      if (attempt % 40 === 0) voice.say(phrase(voice.language(), 'moment'), voice.language());
      await pause(ctx.clock, 500);
    }
  }
}

async function admitTrouble(ctx: CallCtx, voice: Voice): Promise<void> {
  const text = phrase(voice.language(), 'trouble');
  voice.say(text, voice.language());
  await pause(ctx.clock, playingMs([{ seq: 0, text }]));
  voice.leave();
}
