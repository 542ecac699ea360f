import { errorWords, isProblem, pause, type Cancel } from '#base';
import type { TurnInput } from '#adapters/models';
import type { CallCtx, CallRef } from './call-ctx.ts';
import type { CallEvent, ToDo } from './conversation.ts';
import { phrase } from './phrases.ts';
import { loadBriefing, runToolStep, takeStep, type Occasion, type StepResult } from './step.ts';
import type { LockedCall } from './store.ts';

/** How words reach the caller. A webhook's voice does nothing: its answer is rendered from the state. */
export type Voice = {
  say(text: string, language: string): void;
  /** Asks the relay to end. */
  leave(): void;
  /** Ends the call at the carrier. */
  hangUp(call: LockedCall): Promise<void>;
};

/** Carries out what the machine decides, one step after the other, in the order events came. */
export type Driver = {
  push(event: CallEvent): Promise<StepResult>;
  /** Takes the step of a webhook, once; a repetition takes up what was left undone. */
  answer(events: readonly CallEvent[], occasion: Occasion): Promise<StepResult>;
  /** Takes up what a call that stands there is waiting for: its model or its tool. */
  resume(call: LockedCall): Promise<void>;
  /** Resolves when no answer of a model or tool is outstanding. */
  settled(): Promise<void>;
  /** Forgets the timers. What is committed stays; another driver can go on at any time. */
  stop(): void;
};

/** How long a lost database is waited for while a caller is on the line, in milliseconds. */
const outageMs = 60_000;

export function driveCall(ctx: CallCtx, ref: CallRef, voice: Voice): Driver {
  const outstanding = new Set<Promise<unknown>>();
  const timer: { cancel: Cancel } = { cancel: () => {} };
  const line: { tail: Promise<unknown>; stopped: boolean } = { tail: Promise.resolve(), stopped: false };

  const track = <T>(work: Promise<T>): Promise<T> => {
    outstanding.add(work);
    const forget = () => void outstanding.delete(work);
    work.then(forget, forget);
    return work;
  };
  const inTurn = (step: () => Promise<StepResult>): Promise<StepResult> => {
    const result = line.tail.then(step).then(async (done) => {
      if (done.call) await carryOut(done.call, done.todos);
      return done;
    });
    line.tail = result.catch(() => {});
    return track(result);
  };
  const background = (work: Promise<unknown>) => {
    track(work).catch((error: unknown) => ctx.log('error.internal', { ...errorWords(error), call: ref.id }));
  };
  const push = (event: CallEvent) => inTurn(() => patiently(ctx, voice, () => takeStep(ctx, ref, [event])));

  const think = async (call: LockedCall, turn: number, input: TurnInput): Promise<void> => {
    const event = await askModel(ctx, call, input).then(
      (reply): CallEvent => ({ type: 'replied', turn, reply }),
      (error: unknown): CallEvent => {
        ctx.log('error.internal', { ...errorWords(error), call: ref.id });
        return { type: 'model-failed', turn };
      },
    );
    await push(event);
  };

  const carryOut = async (call: LockedCall, todos: readonly ToDo[]): Promise<void> => {
    for (const todo of todos) {
      if (todo.do === 'say') voice.say(todo.text, todo.language);
      else if (todo.do === 'leave') voice.leave();
      else if (todo.do === 'hang-up') background(voice.hangUp(call));
      else if (todo.do === 'think') background(think(call, todo.turn, todo.input));
      else if (todo.do === 'run')
        background(inTurn(() => patiently(ctx, voice, () => runToolStep(ctx, ref, todo.key, todo.use))));
      else if (todo.do === 'wait') startTimer(todo.turn, todo.ms);
      else if (todo.do === 'ended') ctx.log('call.ended', { call: ref.id, reason: todo.reason });
    }
    if (call.conversation.phase === 'over') timer.cancel();
  };

  const startTimer = (turn: number, ms: number) => {
    timer.cancel();
    if (!line.stopped) timer.cancel = ctx.clock.after(ms, () => background(push({ type: 'timeout', turn })));
  };

  const resume = async (call: LockedCall): Promise<void> => {
    const { phase, turn, asked, running } = call.conversation;
    if (phase === 'thinking') background(think(call, turn, asked));
    if (phase === 'running' && running) background(inTurn(() => runToolStep(ctx, ref, running.key, running.use)));
  };

  return {
    push,
    resume,
    async answer(events, occasion) {
      const result = await inTurn(() => takeStep(ctx, ref, events, occasion));
      if (result.taken === 'repeated' && result.call) await resume(result.call);
      return result;
    },
    async settled() {
      while (outstanding.size > 0) await Promise.allSettled(outstanding);
    },
    stop() {
      line.stopped = true;
      timer.cancel();
    },
  };
}

/** The model's turn, outside any transaction. A model that is not there or fails throws. */
async function askModel(ctx: CallCtx, call: LockedCall, input: TurnInput) {
  const { organisation } = call.ref;
  const { briefing, model } = await ctx.db.tenant(organisation, async (tx) =>
    loadBriefing(tx, organisation, call.agentId),
  );
  const chosen = ctx.models.find(({ id }) => id === model) ?? ctx.models.find(({ id }) => id === 'scripted');
  if (!chosen) throw new Error('no model is there');
  return chosen.item.turn({ state: call.conversation.model, input, briefing, now: ctx.clock.now() });
}

/**
 * Repeats a step while the database is away, for up to a minute: the caller is told to wait instead of being cut off.
 * The filler cannot be written down while there is nowhere to write; it is the one sentence a transcript may lack.
 */
async function patiently(ctx: CallCtx, voice: Voice, step: () => Promise<StepResult>): Promise<StepResult> {
  const until = ctx.clock.now() + outageMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isProblem(error, 'database-unavailable') || ctx.clock.now() >= until) throw error;
      if (attempt % 20 === 0) voice.say(phrase('en', 'moment'), 'en');
      await pause(ctx.clock, 500);
    }
  }
}
