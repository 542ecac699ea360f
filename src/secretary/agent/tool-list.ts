import { join } from 'node:path';
import type { TSchema } from 'typebox';
import { loadCatalogue } from '#base';
import type { Agreed } from '#safeguards/retention';
import { optionalTools, type ControlTool, type Tool } from './tool.ts';

/** A tool as a model is told of it. `input` is JSON Schema. */
export type ToolListing = { readonly name: string; readonly describe: string; readonly input: TSchema };

/**
 * The tools a model may use, control tools among them, sorted by name: optional ones only when they are in `named`, those
 * with a purpose only when the business has agreed to it.
 */
export async function toolList(named: readonly string[], agreed: Agreed): Promise<readonly ToolListing[]> {
  const isOptional = (name: string) => optionalTools.some((one) => one === name);
  return [...tools]
    .filter(([name]) => !isOptional(name) || named.includes(name))
    .filter(([, item]) => mayServe(item, agreed))
    .map(([name, { describe, input }]) => ({ name, describe, input }));
}

/** True for the name of a tool; anything else is a model's free text. */
export function isTool(name: string): boolean {
  return tools.has(name);
}

/** Whether the business has agreed to what the tool is for. */
export function mayServe(item: Tool | ControlTool, agreed: Agreed): boolean {
  return !('purpose' in item) || item.purpose === undefined || agreed.has(item.purpose);
}

/** The catalogue, read once when the program starts. */
export const tools: ReadonlyMap<string, Tool | ControlTool> = new Map(
  (await loadCatalogue<Tool | ControlTool>(join(import.meta.dirname, 'tools'))).map(({ id, item }) => [id, item]),
);
