import { cardMark } from '#base';
import type { ToDo } from './conversation.ts';
import type { Acknowledged } from './hearing.ts';

/** A new entry of the transcript. */
export type Entry = {
  readonly seq: number;
  readonly speaker: 'agent' | 'caller';
  readonly kind: 'disclosure' | 'speech' | 'digits' | 'silence';
  readonly meant?: string;
  readonly heard?: string;
};

/** New entries with all that is known of them in the end, and what is known now of earlier ones, by their number. */
export type Words = { readonly entries: readonly Entry[]; readonly known: ReadonlyMap<number, string> };

/** What a step changes in the transcript. What is said and heard in the same step is one row, written once. Pure. */
export function wordsOf(todos: readonly ToDo[]): Words {
  const entries = new Map<number, Entry>();
  const known = new Map<number, string>();
  for (const todo of todos) {
    const entry = entryOf(todo);
    if (entry) entries.set(entry.seq, entry);
    const told = heardOf(todo);
    const fresh = told && entries.get(told.seq);
    if (fresh) entries.set(fresh.seq, { ...fresh, heard: told.heard });
    else if (told) known.set(told.seq, told.heard);
  }
  return { entries: [...entries.values()], known };
}

function entryOf(todo: ToDo): Entry | undefined {
  switch (todo.do) {
    case 'say':
      return { seq: todo.seq, speaker: 'agent', kind: todo.kind, meant: todo.text };
    case 'spoke':
      return { seq: todo.seq, speaker: 'agent', kind: 'speech', meant: todo.text };
    case 'press':
      return { seq: todo.seq, speaker: 'agent', kind: 'digits', meant: todo.digits };
    case 'note':
      return { seq: todo.seq, speaker: 'caller', kind: todo.kind, heard: todo.text };
    default:
      return undefined;
  }
}

function heardOf(todo: ToDo): Acknowledged | undefined {
  if (todo.do === 'mask') return { seq: todo.seq, heard: cardMark };
  return todo.do === 'acknowledge' ? todo : undefined;
}
