/** Who listens to both sides of a call. Times are milliseconds from the start of the stream. Nothing here may throw. */
export type Tap = {
  /** A frame of the caller, at its place on the carrier's clock. */
  caller(payload: string, atMs: number): void;
  /** A frame to the caller, at the time at which it will be played, told up to 400 ms before. */
  agent(payload: string, atMs: number): void;
  /** What was to be played from here on will not be. */
  agentCut(fromMs: number): void;
  /** The sentence that says so has been played: the call is recorded. */
  announced(atMs: number): void;
  /** A key was pressed. */
  digits(atMs: number): void;
  /** A card number was said in this stretch. */
  blank(fromMs: number, toMs: number): void;
};
