import type { Clock } from '#base';
import type { Identify } from './exchange.ts';
import type { Asker } from './route.ts';

/** How long a look at who asks is believed: what is revoked ends within a second, whatever is under way. */
export const believedMs = 500;

/** So many looks at once: those who only read along never take the database from those who wait for it. */
const mostLooks = 4;

type Look = { readonly at: number; readonly found: Promise<Asker | undefined> };

/**
 * `identify` for whoever asks nothing and is looked at over and over: the looks at one session share what was
 * found within the last half second, a few are under way at once, and none counts as a use of the session.
 */
export function openLook(identify: Identify, clock: Clock): Identify {
  const looks = new Map<string, Look>();
  const turn = turns(mostLooks);
  return (shown) => {
    if (shown.by === 'key') return turn(() => identify(shown));
    const now = clock.now();
    for (const [token, { at }] of looks) {
      if (now - at <= believedMs) break;
      looks.delete(token);
    }
    const before = looks.get(shown.token);
    if (before) return before.found;
    const found = turn(() => identify({ ...shown, isIdle: true }));
    looks.set(shown.token, { at: now, found });
    return found;
  };
}

/** Lets `count` works run at once; the others wait, in order. */
function turns(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
