import { constants, setPriority } from 'node:os';
import { systemClock } from '#base';
import type { FileSearch } from './byte-search-files.ts';
import { readFiles } from './byte-search-read.ts';

/** The process behind `searchFiles`: one search, one answer. Whatever else wants the processor goes first. */
process.once('message', (search: FileSearch) => {
  setPriority(constants.priority.PRIORITY_LOW);
  process.send?.(readFiles(search, systemClock), () => process.disconnect?.());
});
