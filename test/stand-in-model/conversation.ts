import type { ClientItem } from './client-events.ts';
import type { Line } from './script.ts';

/** An item of the conversation, with what the vendor would know of it. */
export type Item = {
  readonly id: string;
  readonly line: Line;
  /** As it is shown in events. */
  readonly shown: Readonly<Record<string, unknown>>;
};

/** The audio of an answer, as far as it has been sent. */
export type SpokenItem = { readonly id: string; bytes: number; text: string };

/** The items of one session, in order. */
export type Conversation = {
  /** Adds an item at the end, or behind `previous` ('root' = at the beginning). */
  add(item: Item, previous?: string): { readonly before: string | null } | undefined;
  remove(id: string): boolean;
  find(id: string): Item | undefined;
  /** The words of an item are known, or changed by truncation. */
  reword(id: string, text: string): void;
  lines(): readonly Line[];
  last(): string | null;
};

export function openConversation(): Conversation {
  let items: readonly Item[] = [];
  return {
    add(item, previous) {
      const at = previous === undefined ? items.length : previous === 'root' ? 0 : placeAfter(items, previous);
      if (at === undefined || items.some(({ id }) => id === item.id)) return undefined;
      items = items.toSpliced(at, 0, item);
      return { before: items[at - 1]?.id ?? null };
    },
    remove(id) {
      const count = items.length;
      items = items.filter((item) => item.id !== id);
      return items.length < count;
    },
    find: (id) => items.find((item) => item.id === id),
    reword(id, text) {
      items = items.map((item) =>
        item.id === id && 'text' in item.line ? { ...item, line: { ...item.line, text } } : item,
      );
    },
    lines: () => items.map(({ line }) => line),
    last: () => items.at(-1)?.id ?? null,
  };
}

function placeAfter(items: readonly Item[], id: string): number | undefined {
  const at = items.findIndex((item) => item.id === id);
  return at < 0 ? undefined : at + 1;
}

/** What a client's item says. */
export function lineOf(item: ClientItem): Line {
  if (item.type === 'function_call') {
    return { by: 'call', callId: item.call_id, tool: item.name, input: item.arguments };
  }
  if (item.type === 'function_call_output') return { by: 'result', callId: item.call_id, output: item.output };
  const by = item.role === 'user' ? 'caller' : item.role === 'assistant' ? 'agent' : 'system';
  return { by, text: item.content.map(({ text }) => text).join(' ') };
}
