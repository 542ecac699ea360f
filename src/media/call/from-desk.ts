import type { ToolResult } from '#adapters/models';
import type { Order, Waiting } from '../desk.ts';
import { leave, shut } from './ending.ts';
import { keyFrames } from './keys.ts';
import type { Live } from './live.ts';
import { playThrough, soundUntil } from './playout.ts';
import { toolAnswered } from './script.ts';

/** Does what the desk orders. A result that nothing waits for is no mistake: the desk repeats itself when it is unsure. */
export function takeOrder(live: Live, order: Order, now: number): void {
  if (live.phase === 'closing' || live.phase === 'over') return;
  switch (order.do) {
    case 'result':
      return toolDone(live, order.callId, order.result);
    case 'prompt':
      return prompt(live, { instruction: order.instruction, to: 'nothing' }, now);
    case 'press':
      return pressKeys(live, order.digits, now);
    case 'leave':
      return leave(live, now);
    case 'close':
      return shut(live, 'asked', now);
  }
}

/** A tool has its result, or will get none. */
export function toolDone(live: Live, callId: string, result: ToolResult): void {
  const now = live.now();
  const words = JSON.stringify(result);
  if (!live.tools.delete(callId) || !toolAnswered(live.script, callId, words)) return;
  const { link } = live;
  if (link?.asked.delete(callId)) {
    link.session.result(callId, result);
    if (live.tools.size === 0)
      live.owed = { by: 'model', since: live.owed?.since ?? now, from: now, ask: undefined, to: 'result' };
  } else prompt(live, { instruction: forgotten(words), to: 'result' }, now);
}

/** Asks the model for an answer; one that is not ready yet is asked as soon as it is. */
function prompt(live: Live, { instruction, to }: { instruction: string; to: Waiting }, now: number): void {
  const { link, owed } = live;
  if (link?.readyAt !== undefined) {
    live.owed = { by: 'model', since: now, from: now, ask: instruction, to };
    link.session.prompt(instruction);
  } else {
    const ask = owed?.ask === undefined ? instruction : `${owed.ask}\n${instruction}`;
    const all = to === 'nothing' ? (owed?.to ?? to) : to;
    live.owed = { by: 'model', since: owed?.since ?? now, from: now, ask, to: all };
  }
}

/** The session that asked for it is gone, and the present one may have begun without knowing what came of it. */
function forgotten(words: string): string {
  return `A tool that you used before the line broke has now answered: ${words}. Go on from there.`;
}

/** Whoever waits for a word waits from the last key on. */
function pressKeys(live: Live, digits: string, now: number): void {
  playThrough(live.out, keyFrames(digits), now);
  live.speechUntil = soundUntil(live.out);
}
