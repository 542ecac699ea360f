import type { Words } from '../../words/en/index.ts';
import type { Call } from './call.ts';

type Say = Words['callDetail']['decisions'];
type Told = { readonly text: string; readonly source?: string };
type Decision = Pick<Call['decisions'][number], 'what' | 'about' | 'why'>;

/** A decision in words, with the law it rests on; undefined for one that this version of the pages does not know. */
export function decisionIn(say: Say, ends: Readonly<Record<string, string>>, one: Decision): Told | undefined {
  const { about, why } = one;
  switch (one.what) {
    case 'channel':
      return toldOf((why === 'begun' ? say.channels : say.channelLost)[about ?? '']);
    case 'model':
      return toldOf(say.model[why]);
    case 'disclosure':
      return toldOf(say.disclosure[why], why === 'demanded' ? say.rules[about ?? ''] : undefined);
    case 'recording':
      return toldOf(say.recording[why]);
    case 'transfer':
      return toldOf(say.transfer[why] ?? say.transfer['failed']);
    case 'tool':
      return toldOf(toolIn(say, one));
    case 'end':
      return toldOf(ends[why]);
  }
}

function toolIn(say: Say, { about, why }: Decision): string {
  const tool = say.tools[about ?? ''] ?? say.unknownTool;
  return why === 'done' ? say.toolDone(tool) : say.toolRefused(tool, say.refusals[why] ?? say.refusedSomehow);
}

function toldOf(text: string | undefined, source?: string): Told | undefined {
  if (text === undefined) return undefined;
  return source === undefined ? { text } : { text, source };
}
