import type { Cancel, Clock } from '../clock.ts';

type SilenceOptions = {
  readonly everyMs: number;
  readonly clock: Clock;
  /** Asks for a sign of life. */
  readonly ask: () => void;
  /** Nothing came for a whole interval after `ask`. */
  readonly giveUp: () => void;
};

/** Looks once per interval whether anything was heard since the last look. */
export class Silence {
  readonly #options: SilenceOptions;
  #isHeard = false;
  #isAsked = false;
  #stop: Cancel;
  constructor(options: SilenceOptions) {
    this.#options = options;
    this.#stop = options.clock.after(options.everyMs, () => this.#look());
  }
  heard(): void {
    this.#isHeard = true;
  }
  stop(): void {
    this.#stop();
  }
  #look(): void {
    const { everyMs, clock, ask, giveUp } = this.#options;
    if (this.#isAsked && !this.#isHeard) return giveUp();
    this.#isAsked = !this.#isHeard;
    if (this.#isAsked) ask();
    this.#isHeard = false;
    this.#stop = clock.after(everyMs, () => this.#look());
  }
}
