import type { Dialogue } from './dialogue.ts';
import { englishBooking } from './english-booking.ts';
import { englishCallers } from './english-callers.ts';
import { englishChanges } from './english-changes.ts';
import { englishManners } from './english-manners.ts';
import { englishMessages } from './english-messages.ts';
import { englishQuestions } from './english-questions.ts';
import { spanish } from './spanish.ts';

/** Every dialogue there is. */
export const dialogues: readonly Dialogue[] = [
  ...englishBooking,
  ...englishChanges,
  ...englishMessages,
  ...englishQuestions,
  ...englishManners,
  ...englishCallers,
  ...spanish,
];
