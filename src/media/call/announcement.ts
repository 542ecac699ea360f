import type { Happening } from '../desk.ts';
import type { LiveOptions } from './live.ts';

/**
 * Tells the desk, and tells the tap once that the announcement of a recording has been heard to its end. Letters are
 * compared: a model may set its own commas.
 */
export function watchAnnouncement(options: LiveOptions, nowMs: () => number): (happening: Happening) => void {
  const { plan, tap, tell } = options;
  const due = lettersOf(plan.recording?.announce ?? '');
  if (!tap || due === '') return tell;
  let isHeard = false;
  return (happening) => {
    if (!isHeard && lettersOf(heardIn(happening)).includes(due)) {
      isHeard = true;
      tap.announced(nowMs());
    }
    tell(happening);
  };
}

function heardIn(happening: Happening): string {
  if (happening.type === 'played') return happening.text;
  return happening.type === 'interrupted' ? happening.heard : '';
}

function lettersOf(text: string): string {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).join('').toLowerCase();
}
