import { tools } from './tool-list.ts';
import { optionalTools } from './tool.ts';

/** A tool as whoever sets an agent up sees it. */
export type ToolOverview = {
  readonly name: string;
  readonly describe: string;
  /** Only agents that name it have it. */
  readonly isOptional: boolean;
  /** The purpose that the business must have agreed to; null when it needs none. */
  readonly purpose: string | null;
};

/** Every tool there is, sorted by name. */
export function toolOverview(): readonly ToolOverview[] {
  const optional: readonly string[] = optionalTools;
  return [...tools].map(([name, item]) => ({
    name,
    describe: item.describe,
    isOptional: optional.includes(name),
    purpose: 'purpose' in item && typeof item.purpose === 'string' ? item.purpose : null,
  }));
}
