import { Type, type Static } from 'typebox';
import { Check } from 'typebox/value';
import type { Json, ToolUse, TurnInput } from '../../../model.ts';
import type { Message } from './respond.ts';

/** The newest that was said and done. What is older is forgotten: a call is sealed and stored after every turn. */
const mostLines = 80;
const mostLetters = 24_000;

const memoryShape = Type.Object({
  v: Type.Literal(1),
  lines: Type.Array(
    Type.Object({
      by: Type.Union([Type.Literal('caller'), Type.Literal('agent'), Type.Literal('note')]),
      text: Type.String(),
    }),
  ),
});

/** What the model knows of the call so far. */
export type Memory = Static<typeof memoryShape>;
type Line = Memory['lines'][number];

/** A state it cannot read, such as another model's, is a new call. */
export function readMemory(state: Json): Memory {
  return Check(memoryShape, state) ? state : { v: 1, lines: [] };
}

export function remember(memory: Memory, ...lines: readonly Line[]): Memory {
  let letters = 0;
  const newest = [...memory.lines, ...lines].slice(-mostLines).toReversed();
  const kept = newest.filter(({ text }) => (letters += text.length) <= mostLetters);
  return { v: 1, lines: kept.toReversed() };
}

export function messagesOf({ lines }: Memory): readonly Message[] {
  const roles = { caller: 'user', agent: 'assistant', note: 'developer' } as const;
  return lines.map(({ by, text }) => ({ role: roles[by], content: text }));
}

/** What happened, as the model is told of it. */
export function lineOf(input: TurnInput): Line {
  switch (input.type) {
    case 'start':
      return { by: 'note', text: 'The call begins. The caller has heard who you are and nothing else.' };
    case 'heard':
      return { by: 'caller', text: input.interrupted ? `[interrupts you] ${input.text}` : input.text };
    case 'digits':
      return { by: 'caller', text: `[presses these keys] ${input.digits}` };
    case 'silence':
      return { by: 'note', text: `The caller says nothing (${input.count}). Ask whether they are still there.` };
    case 'result':
      return { by: 'note', text: `${input.tool} answered: ${JSON.stringify(input.result)}` };
    case 'resumed':
      return { by: 'note', text: 'The line was lost and is back. What you said last may not have been heard.' };
  }
}

export function useLine({ tool, input }: ToolUse): Line {
  return { by: 'note', text: `You used ${tool} with ${JSON.stringify(input)}` };
}
