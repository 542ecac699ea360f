import { pause, turnEnd, type Clock } from '#base';
import type { Connection } from './connection.ts';
import type { Conversation, SpokenItem } from './conversation.ts';
import type { Deed } from './faults.ts';
import type { Act } from './script.ts';
import { beginSpeaking, bytesPerMs, callFunction, type Output, type Speaking } from './spoken-item.ts';

/** What an answer is given with. */
export type Mouth = {
  readonly connection: Connection;
  readonly conversation: Conversation;
  readonly clock: Clock;
  /** Milliseconds of audio a millisecond; Infinity = as fast as it goes. */
  readonly pace: number;
  /** Every spoken item of the session, for truncation. */
  readonly spoken: Map<string, SpokenItem>;
};

/** A response that is being made. */
export type Answer = {
  readonly id: string;
  /** Ends it at once. */
  cancel(reason: 'turn_detected' | 'client_cancelled'): void;
  isOver(): boolean;
  /** Makes it. Resolves when it is over. */
  run(): Promise<void>;
};

/** Answers as the script says: created, items with audio and transcript or function calls, done with usage. */
export function startAnswer(mouth: Mouth, act: Act, metadata: unknown): Answer {
  const { connection, conversation } = mouth;
  const output: Output = { connection, conversation, response: connection.name('resp'), items: [] };
  const said = { words: 0, audioMs: 0 };
  let speaking: Speaking | undefined;
  let isOver = false;

  function show(status: string, details: object | null): object {
    const isDone = status !== 'in_progress';
    return {
      object: 'realtime.response',
      id: output.response,
      status,
      status_details: details && { type: status, ...details },
      output: isDone ? output.items : [],
      metadata: metadata ?? null,
      usage: isDone ? usageOf(said, conversation.lines().length) : null,
    };
  }

  function end(status: string, details: object | null = null): void {
    if (isOver) return;
    isOver = true;
    speaking?.close(false);
    connection.emit('response.done', { response: show(status, details) });
    const limits = { name: 'tokens', limit: 200_000, remaining: 150_000, reset_seconds: 0.5 };
    connection.emit('rate_limits.updated', { rate_limits: [limits] });
  }

  /** Sees to what is planned for this moment; true when the answer has ended by it. */
  async function breaksAt(at: 'answer' | 'mid-answer' | 'tool'): Promise<boolean> {
    const deed: Deed | 'over' | undefined = await connection.moment(at);
    if (deed === 'over') isOver = true;
    else if (deed?.do === 'fail') end('failed', { error: { type: deed.code, code: deed.code } });
    else if (deed?.do === 'incomplete') end('incomplete', { reason: deed.reason });
    return isOver;
  }

  async function speak(text: string): Promise<void> {
    speaking = beginSpeaking(output, text);
    mouth.spoken.set(speaking.spoken.id, speaking.spoken);
    said.words += text.split(/\s+/).length;
    let wasHalf = false;
    for (let bytes = speaking.next(); bytes > 0; bytes = speaking.next()) {
      said.audioMs += bytes / bytesPerMs;
      await (Number.isFinite(mouth.pace) ? pause(mouth.clock, bytes / bytesPerMs / mouth.pace) : turnEnd());
      if (!isOver && !wasHalf && speaking.isHalf()) {
        wasHalf = true;
        await breaksAt('mid-answer');
      }
      if (isOver) return;
    }
    speaking.close(true);
    speaking = undefined;
  }

  return {
    id: output.response,
    isOver: () => isOver,
    cancel: (reason) => end('cancelled', { reason }),
    async run() {
      connection.emit('response.created', { response: show('in_progress', null) });
      if ((await breaksAt('answer')) || isOver) return;
      if (act.say !== undefined) await speak(act.say);
      if (act.use && !isOver && !(await breaksAt('tool'))) callFunction(output, act.use.tool, act.use.input);
      end('completed');
    },
  };
}

/** Made up, but of one piece: what is said and heard costs something, and the sums are right. */
function usageOf({ words, audioMs }: { words: number; audioMs: number }, items: number): object {
  const spokenTokens = Math.ceil(audioMs / 50);
  const input = 100 + items * 10;
  return {
    total_tokens: input + words + spokenTokens,
    input_tokens: input,
    output_tokens: words + spokenTokens,
    input_token_details: { text_tokens: input, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
    output_token_details: { text_tokens: words, audio_tokens: spokenTokens },
  };
}
