import { shell } from './shell.ts';

/** Every sentence on screen, by page. A line for each page. */
export const en = {
  shell,
};

export type Words = typeof en;
