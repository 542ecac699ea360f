export { openRepeats, repeatsKeptMs, repeatSweeper } from './repeats.ts';
