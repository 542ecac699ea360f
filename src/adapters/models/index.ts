import { join } from 'node:path';
import { loadCatalogue, type Item } from '#base';
import type { TextModel } from './model.ts';

export type {
  Briefing,
  Debrief,
  EndedCall,
  Hours,
  Json,
  ModelReach,
  TextModel,
  ToolResult,
  ToolUse,
  Turn,
  TurnInput,
  TurnReply,
} from './model.ts';
export type {
  HistoryItem,
  ModelAccess,
  SpeechListener,
  SpeechLoss,
  SpeechModel,
  SpeechPlan,
  SpeechReach,
  SpeechSession,
  ToolListing,
} from './speech.ts';

/** Every model that can speak for a business. Adding one is adding one file (or folder) to `vendors/`. */
export function models(): Promise<readonly Item<TextModel>[]> {
  return loadCatalogue<TextModel>(join(import.meta.dirname, 'vendors'));
}
