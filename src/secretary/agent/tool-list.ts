import { join } from 'node:path';
import type { TSchema } from 'typebox';
import { loadCatalogue } from '#base';
import type { ControlTool, Tool } from './tool.ts';

/** A tool as a model is told of it. `input` is JSON Schema. */
export type ToolListing = { readonly name: string; readonly describe: string; readonly input: TSchema };

/** All tools a model may use, control tools among them, sorted by name. */
export async function toolList(): Promise<readonly ToolListing[]> {
  return [...tools].map(([name, { describe, input }]) => ({ name, describe, input }));
}

/** The catalogue, read once when the program starts. */
export const tools: ReadonlyMap<string, Tool | ControlTool> = new Map(
  (await loadCatalogue<Tool | ControlTool>(join(import.meta.dirname, 'tools'))).map(({ id, item }) => [id, item]),
);
