/** What is queued at the carrier for one call: audio plays in real time, and a mark comes back once all before it has. */
export type Playback = {
  play(bytes: number, nowMs: number): void;
  mark(name: string): void;
  /** Drops what is queued. Marks that wait come back at once, as `due` tells. */
  clear(nowMs: number): void;
  /** Marks whose time has come, each once. */
  due(nowMs: number): readonly string[];
  /** The most that was ever queued, in milliseconds. */
  mostAheadMs(): number;
};

/** µ-law at 8 kHz. */
const bytesPerMs = 8;

export function openPlayback(): Playback {
  let playedAt = 0;
  let mostAhead = 0;
  let marks: { name: string; at: number }[] = [];
  return {
    play(bytes, nowMs) {
      playedAt = Math.max(playedAt, nowMs) + bytes / bytesPerMs;
      mostAhead = Math.max(mostAhead, playedAt - nowMs);
    },
    mark(name) {
      marks.push({ name, at: playedAt });
    },
    clear(nowMs) {
      playedAt = nowMs;
      marks = marks.map(({ name }) => ({ name, at: nowMs }));
    },
    due(nowMs) {
      if (marks.length === 0 || marks[0]!.at > nowMs) return [];
      const ready = marks.filter(({ at }) => at <= nowMs);
      marks = marks.filter(({ at }) => at > nowMs);
      return ready.map(({ name }) => name);
    },
    mostAheadMs: () => mostAhead,
  };
}
