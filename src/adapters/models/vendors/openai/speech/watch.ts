import type { Cancel, Clock } from '#base';

/** Looks whether a response that is due comes, and goes on once it has begun. */
export type Watch = {
  /** Something is due within so many milliseconds; takes the place of what was due before. */
  expect(withinMs: number): void;
  /** Nothing is due. */
  rest(): void;
};

/** `late` is called once when what is due does not come. Cheap to call for every frame: one timer, moved only when it fires. */
export function keepWatch(clock: Clock, late: () => void): Watch {
  let dueMs: number | undefined;
  let timer: { readonly atMs: number; readonly cancel: Cancel } | undefined;

  function arm(): void {
    if (dueMs === undefined) return;
    const atMs = dueMs;
    timer = { atMs, cancel: clock.after(Math.max(0, atMs - clock.now()), look) };
  }

  function look(): void {
    timer = undefined;
    if (dueMs !== undefined && clock.now() >= dueMs) {
      dueMs = undefined;
      late();
    } else arm();
  }

  return {
    expect(withinMs) {
      dueMs = clock.now() + withinMs;
      if (timer && timer.atMs <= dueMs) return;
      timer?.cancel();
      arm();
    },
    rest() {
      dueMs = undefined;
      timer?.cancel();
      timer = undefined;
    },
  };
}
