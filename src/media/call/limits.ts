/** What a live call waits for and keeps, at most. Milliseconds unless said otherwise. */
export const limits = {
  /** Audio that we believe to lie at the carrier. What it may hold is 400; the rest is for what bunches up on the way. */
  aheadMs: 300,
  /** From mark to mark within an answer. */
  betweenMarksMs: 400,
  /** Without its last mark an answer counts as heard up to the mark before. */
  overdueMarkMs: 3_000,
  /** More of an answer than anyone would listen to. */
  queueMs: 120_000,
  /** What the carrier has not taken yet, in bytes; more is held back. */
  carrierBacklogBytes: 65_536,

  /** Without a frame for so long, silence takes its place. */
  gapMs: 60,
  /** How far the carrier's clock may jump without time having passed. */
  jumpMs: 1_000,
  deadStreamMs: 20_000,
  /** Said by the caller before the model listens for the first time. */
  keptAtStartMs: 3_000,
  /** What the model has not taken yet, in bytes: from the first on it gets nothing more, from the second on it does again. */
  modelBacklogBytes: [262_144, 131_072],
  /** What waits for a model that does not take it; what is older is dropped. */
  heldBackMs: 3_000,
  tooSlowMs: 4_000,
  malformedFrames: 50,

  betweenKeysMs: 2_500,
  keys: 32,

  /** How much silence the caller hears where there should be none, before a tone. */
  toneAfterMs: 1_600,
  /** How long the caller goes without what is owed, before the call goes on in another way. */
  giveUpMs: 4_000,
  /** How long words that are still to be heard may hide that nobody listens. */
  hiddenLossMs: 4_000,
  /** One try to connect. */
  openingMs: 1_900,
  /** Before each next try to connect. */
  betweenTriesMs: [0, 250, 500, 1_000],
  /** A model that is lost more often than so within the time is not worth another try. */
  losses: 4,
  lossesMs: 60_000,
  /** The desk's answer to a tool. */
  toolMs: 20_000,
  quietMs: 8_000,
  leavingMs: 15_000,
  /** How long what is left may be heard after the model was given up. */
  partingMs: 4_000,

  /** The caller's words are waited for so long, and those of an answer that was cut, before others are told. */
  heardMs: 3_000,
  /** After so long they are not expected any more. */
  wordsMs: 15_000,
  cutWordsMs: 1_000,
  historyItems: 100,
} as const;
