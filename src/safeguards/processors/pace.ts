import { pause, type Clock, type Ctx, type Http } from '#base';

/** Lets so many begin in any second, evenly, and the others wait their turn. */
export function pacer(clock: Clock, perSecond: number): () => Promise<void> {
  const everyMs = 1_000 / perSecond;
  let next = 0;
  return async () => {
    const now = clock.now();
    const at = Math.max(now, next);
    next = at + everyMs;
    if (at > now) await pause(clock, Math.ceil(at - now));
  };
}

/** The way out at the pace: every request waits its turn. */
export function paced(http: Http, turn: () => Promise<void>): Ctx['http'] {
  const slow = async (...given: Parameters<typeof http>) => {
    await turn();
    return http(...given);
  };
  return Object.assign(slow, { connect: http.connect });
}
