import type { CallCtx, CallRef } from './call-ctx.ts';
import { driveCall, type Driver, type Voice } from './drive.ts';

/** A call whose webhook is being answered. */
export type Led = {
  readonly driver: Driver;
  /** Resolves to true when something was said, to false when nothing is outstanding any more. */
  progress(): Promise<boolean>;
};

/**
 * Drivers of calls that are led by webhooks: one for each call, for as long as a webhook of it is being answered or its
 * model or tool is waited for. So a second webhook finds the question that the first one has put.
 */
export type TurnDrivers = {
  lead<T>(ref: CallRef, work: (led: Led) => Promise<T>): Promise<T>;
};

/** A webhook's answer is rendered from the state the call has reached, so nothing has to be said by voice. */
export const noVoice: Voice = {
  say: () => {},
  language: () => 'en',
  prompt: () => {},
  press: () => {},
  result: () => {},
  leave: () => {},
  hangUp: async () => {},
};

type Place = Led & { users: number };

/** In the memory of this process: another one takes a call up from its row. */
export function openTurnDrivers(ctx: CallCtx): TurnDrivers {
  const places = new Map<string, Place>();
  const placeOf = (ref: CallRef): Place => {
    const known = places.get(ref.id);
    if (known) return known;
    const place = { ...ledCall(ctx, ref), users: 0 };
    places.set(ref.id, place);
    return place;
  };
  const leave = async (ref: CallRef, place: Place): Promise<void> => {
    place.users -= 1;
    await place.driver.settled();
    if (place.users > 0 || places.get(ref.id) !== place) return;
    places.delete(ref.id);
    place.driver.stop();
  };
  return {
    async lead(ref, work) {
      const place = placeOf(ref);
      place.users += 1;
      try {
        return await work(place);
      } finally {
        void leave(ref, place);
      }
    },
  };
}

function ledCall(ctx: CallCtx, ref: CallRef): Led {
  const waiting = new Set<() => void>();
  const say = () => {
    for (const one of waiting) one();
    waiting.clear();
  };
  const driver = driveCall(ctx, ref, { ...noVoice, say });
  return {
    driver,
    progress() {
      const said = new Promise<true>((resolve) => waiting.add(() => resolve(true)));
      return Promise.race([said, driver.settled().then(() => false)]);
    },
  };
}
