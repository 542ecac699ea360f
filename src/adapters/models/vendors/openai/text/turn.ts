import { Type } from 'typebox';
import { outside } from '#base';
import type { ModelReach, ToolUse, Turn, TurnReply } from '../../../model.ts';
import type { ToolListing } from '../../../speech.ts';
import { isFields } from '../fields.ts';
import { turnInstructions } from './instructions.ts';
import { lineOf, messagesOf, readMemory, remember, useLine } from './memory.ts';
import { respond } from './respond.ts';
import { strictly } from './strict-schema.ts';

/** A caller is waiting; after ten seconds the call goes on without it. Both tries, milliseconds. */
const turnMs = 9_500;
const mostSentences = 8;
const languageShape = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i;

/**
 * The next turn of a conversation in text. A call begins with the business's own greeting, word for word and at once;
 * from then on the model is asked. Throws as `respond` does.
 */
export async function takeTurn(turn: Turn, reach: ModelReach): Promise<TurnReply> {
  const memory = readMemory(turn.state);
  const { briefing, input } = turn;
  if (input.type === 'start') {
    const greeted = remember(memory, lineOf(input), { by: 'agent', text: briefing.greeting });
    return { state: greeted, say: [briefing.greeting], language: briefing.language, expect: 'speech' };
  }
  const asked = remember(memory, lineOf(input));
  const answer = await respond(reach, {
    name: 'turn',
    schema: replySchema(turn.tools ?? []),
    instructions: turnInstructions(turn),
    input: messagesOf(asked),
    withinMs: turnMs,
  });
  const say = answer.say
    .map((sentence) => sentence.trim())
    .filter(Boolean)
    .slice(0, mostSentences);
  const use = useOf(answer.use);
  // Silence would leave the caller waiting; asked again it may find words.
  if (say.length === 0 && !use) throw outside('openai', 'refused');
  const said = say.length > 0 ? [{ by: 'agent' as const, text: say.join(' ') }] : [];
  return {
    state: remember(asked, ...said, ...(use ? [useLine(use)] : [])),
    say,
    language: languageShape.test(answer.language) ? answer.language : briefing.language,
    expect: answer.expect,
    ...(use && { use }),
  };
}

/** Tools by name, each with its own input; what a tool's schema says beyond the strict subset the tool checks itself. */
function replySchema(tools: readonly ToolListing[]) {
  return Type.Object({
    say: Type.Array(Type.String({ description: 'one sentence' })),
    language: Type.String(),
    expect: Type.Enum(['speech', 'digits'], { type: 'string' }),
    use: Type.Union([Type.Null(), ...tools.map(useSchema)]),
  });
}

function useSchema({ name, input }: ToolListing) {
  return Type.Object({ tool: Type.Literal(name), input: Type.Unsafe<ToolUse['input']>(Object(strictly(input))) });
}

function useOf(use: unknown): ToolUse | undefined {
  if (!isFields(use) || typeof use['tool'] !== 'string' || !isFields(use['input'])) return undefined;
  return { tool: use['tool'], input: use['input'] as ToolUse['input'] };
}
