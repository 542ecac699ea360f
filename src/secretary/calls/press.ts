import type { ToolResult, ToolUse } from '#adapters/models';
import { keysIn, numbersIn } from '#secretary/agent';
import type { Conversation, Step } from './conversation.ts';
import { limits } from './limits.ts';

/**
 * Presses the keys that a model asks for, at most once: whether they did anything, the other side has to say. Returns the
 * step with what the model is told. Refused by name: `not-offered`, `input-invalid`, `card-number`, and
 * `letters-not-carried` over a text relay, which has none. Pure.
 */
export function pressKeys(call: Conversation, { input }: ToolUse): readonly [Step, ToolResult] {
  if (!call.canPress) return refused(call, 'not-offered');
  const keys = keysIn(input, call.pressed);
  if ('why' in keys) return refused(call, keys.why);
  const { digits } = keys;
  if (call.channel === 'relay' && /[A-D]/.test(digits)) return refused(call, 'letters-not-carried');
  const { seq } = call;
  const next = {
    ...call,
    seq: seq + 1,
    unheard: [...call.unheard, { seq, text: digits, isKeys: true as const }],
    pressed: [...call.pressed, numbersIn(digits)].slice(-limits.chunks),
  };
  return [[next, [{ do: 'press', seq, digits }]], { ok: true, value: { pressed: digits } }];
}

function refused(call: Conversation, why: string): readonly [Step, ToolResult] {
  return [[call, []], { ok: false, why }];
}
