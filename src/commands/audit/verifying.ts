import { keysIn, type ExportCheck, type LogFault } from '#safeguards/log';
import type { NoteKey } from '#tlog';
import type { Io } from '../command.ts';
import type { Memory } from './memory.ts';
import { exportWords } from './words.ts';

/** What a verifier goes by, and what it remembers. */
export type Verifying = Memory & {
  readonly keysFrom: 'given' | 'remembered' | undefined;
  readonly witnesses: readonly NoteKey[];
};

/** What came of it, for people and for programs; `keys` and `seen` are remembered when nothing is wrong. */
export type Verified = {
  readonly document: object;
  readonly human: string;
  readonly faults: readonly LogFault[];
  readonly keys: readonly NoteKey[];
  readonly seen: Memory['seen'];
};

/** How an export turned out. */
export function told(check: ExportCheck, by: Verifying): Verified {
  const { faults, seen, keys, cosigned, ...rest } = check;
  return {
    document: { ...rest, keys, cosigned, faults },
    human: exportWords(check),
    faults,
    keys: by.keys.length > 0 ? by.keys : (keysIn(keys.join('\n')) ?? []),
    seen,
  };
}

export function textOf(io: Io, name: string): string | undefined {
  const value = io.options[name];
  return typeof value === 'string' ? value : undefined;
}
