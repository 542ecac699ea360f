import type { Clock } from './clock.ts';

/** A clock that is set forward by more than this is not believed at once. */
export const mostSetMs = 24 * 60 * 60_000;
/** For how long it is not. Whoever has set it wrongly has so much time to set it right. */
export const doubtMs = 15 * 60_000;

/**
 * Whether the clock is doubted at this moment: it was set forward by more than a day since it was last looked at, and that
 * was less than a quarter of an hour ago. What ends by its age can never be brought back, so it waits for a clock that
 * stays. Set right again it is believed at once.
 */
export function clockDoubt({ now, steady }: Clock): () => boolean {
  if (!steady) return () => false;
  const state = { ahead: now() - steady(), since: undefined as number | undefined };
  return () => {
    const [ahead, at] = [now() - steady(), steady()];
    const isSet = ahead - state.ahead > mostSetMs;
    state.since = isSet ? (state.since ?? at) : undefined;
    if (state.since !== undefined && at - state.since < doubtMs) return true;
    Object.assign(state, { ahead, since: undefined });
    return false;
  };
}
