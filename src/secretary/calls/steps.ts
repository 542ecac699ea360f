import type { TurnInput } from '#adapters/models';
import { cardInChunks, cardMark, onlyDigits } from '#base';
import type { Conversation, EndReason, Step, ToDo } from './conversation.ts';
import type { Acknowledged, Utterance } from './hearing.ts';
import { limits, playingMs } from './limits.ts';

/* What the conduct of every channel is made of. Pure. */

export function end(call: Conversation, reason: EndReason): Step {
  return [{ ...call, phase: 'over', endReason: reason }, [{ do: 'ended', reason }]];
}

/** Waits for the other side, but never longer than the state allows once the words are spoken. */
export function rest(call: Conversation & { readonly phase: keyof typeof limits.byPhase }): Step {
  const turn = call.turn + 1;
  const speaking = call.phase === 'opening' ? 0 : playingMs(call.unheard);
  return [{ ...call, turn }, [{ do: 'wait', turn, ms: limits.byPhase[call.phase] + speaking }]];
}

export function say(call: Conversation, text: string, kind: 'disclosure' | 'speech' = 'speech'): Step {
  const { seq, language } = call;
  const next = { ...call, seq: seq + 1, unheard: [...call.unheard, { seq, text }] };
  return [next, [{ do: 'say', seq, text, kind, language }]];
}

export function think(call: Conversation, input: TurnInput): Step {
  const turn = call.turn + 1;
  const next: Conversation = { ...call, phase: 'thinking', turn, asked: input, patience: 0, after: 'nothing' };
  return [
    next,
    [
      { do: 'think', turn, input },
      { do: 'wait', turn, ms: limits.thinkingMs[0] },
    ],
  ];
}

export function sayAll(call: Conversation, sentences: readonly string[]): Step {
  return sentences.reduce<Step>(([state, done], sentence) => join(say(state, sentence), done), [call, []]);
}

export function write(call: Conversation, text: string, kind: 'speech' | 'digits' | 'silence'): Step {
  return [{ ...call, seq: call.seq + 1 }, [{ do: 'note', seq: call.seq, text, kind }]];
}

/** Takes over what is now known to have been heard. */
export function settle(
  call: Conversation,
  result: { heard: readonly Acknowledged[]; left: readonly Utterance[] },
): Step {
  return [{ ...call, unheard: result.left }, result.heard.map((one) => ({ do: 'acknowledge', ...one }))];
}

export function join([call, todos]: Step, earlier: readonly ToDo[]): Step {
  return [call, [...earlier, ...todos]];
}

/** A card number that is read out in several breaths is known only with the last one; then all of it is masked. */
export function maskChunks(call: Conversation, text: string): readonly [Conversation, readonly ToDo[], string] {
  const digits = onlyDigits(text);
  if (digits === '') return [{ ...call, chunks: [] }, [], text];
  const chunks = [...call.chunks, { seq: call.seq, digits }].slice(-limits.chunks);
  const count = cardInChunks(chunks.map((chunk) => chunk.digits));
  if (count === 0) return [{ ...call, chunks }, [], text];
  const masks = chunks.slice(-count, -1).map(({ seq }): ToDo => ({ do: 'mask', seq }));
  return [{ ...call, chunks: [] }, masks, cardMark];
}
