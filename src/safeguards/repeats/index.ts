export { openRepeats, repeatSweeper } from './repeats.ts';
