import { join } from 'node:path';
import type { TSchema } from 'typebox';
import { loadCatalogue } from '#base';
import { optionalTools, type ControlTool, type Tool } from './tool.ts';

/** A tool as a model is told of it. `input` is JSON Schema. */
export type ToolListing = { readonly name: string; readonly describe: string; readonly input: TSchema };

/** The tools a model may use, control tools among them, sorted by name; optional ones only when they are in `named`. */
export async function toolList(named: readonly string[]): Promise<readonly ToolListing[]> {
  const isOptional = (name: string) => optionalTools.some((one) => one === name);
  return [...tools]
    .filter(([name]) => !isOptional(name) || named.includes(name))
    .map(([name, { describe, input }]) => ({ name, describe, input }));
}

/** The catalogue, read once when the program starts. */
export const tools: ReadonlyMap<string, Tool | ControlTool> = new Map(
  (await loadCatalogue<Tool | ControlTool>(join(import.meta.dirname, 'tools'))).map(({ id, item }) => [id, item]),
);
