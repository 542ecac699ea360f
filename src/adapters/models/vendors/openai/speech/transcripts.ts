import type { Cancel, Clock } from '#base';

/** How long words are waited for after the caller stopped; the ones after them wait as long. Milliseconds. */
const understoodWithinMs = 10_000;
/** Turns that are remembered as told, so that an event that comes twice is not. */
const mostTold = 16;

/**
 * What the caller said, in the order of the conversation: transcription runs beside it, so words may come late and in
 * any order. A turn whose words do not come in time is told as not understood; should they come after all, they are told
 * then, because words out of order are better than none.
 */
export type Transcripts = {
  /** A turn of the caller has become an item that stands after another. */
  committed(item: string, after: string | undefined): void;
  transcribed(item: string, text: string): void;
  /** Tells what is known and waits for nothing more. */
  end(): void;
  stop(): void;
};

type Turn = {
  readonly item: string;
  readonly after: string | undefined;
  readonly untilMs: number;
  text: string | undefined;
  isGivenUp: boolean;
};

export function keepTranscripts(clock: Clock, heard: (text: string) => void): Transcripts {
  let turns: readonly Turn[] = [];
  let told: readonly string[] = [];
  let cancel: Cancel = () => {};

  function tell(): void {
    cancel();
    while (turns[0]?.text !== undefined) {
      const { item, isGivenUp, text } = turns[0];
      turns = turns.slice(1);
      if (!isGivenUp) told = [...told, item].slice(-mostTold);
      heard(text);
    }
    const next = turns[0];
    if (next) cancel = clock.after(Math.max(0, next.untilMs - clock.now()), () => giveUp(next));
  }

  function giveUp(turn: Turn): void {
    turn.isGivenUp = true;
    turn.text = '';
    tell();
  }

  function take(item: string, after: string | undefined): Turn {
    const turn: Turn = { item, after, untilMs: clock.now() + understoodWithinMs, text: undefined, isGivenUp: false };
    turns = placed(turns, turn);
    return turn;
  }

  return {
    committed(item, after) {
      if (told.includes(item) || turns.some((turn) => turn.item === item)) return;
      take(item, after);
      tell();
    },
    transcribed(item, text) {
      if (told.includes(item)) return;
      const turn = turns.find((one) => one.item === item) ?? take(item, undefined);
      turn.text ??= text;
      tell();
    },
    end() {
      for (const { text } of turns) if (text !== undefined) heard(text);
      turns = [];
      cancel();
    },
    stop() {
      turns = [];
      cancel();
    },
  };
}

/** After the turn it follows, before one that follows it, else last. */
function placed(turns: readonly Turn[], turn: Turn): readonly Turn[] {
  const before = turns.findIndex(({ item }) => item === turn.after);
  const behind = turns.findIndex(({ after }) => after === turn.item);
  if (before >= 0) return turns.toSpliced(before + 1, 0, turn);
  return behind >= 0 ? turns.toSpliced(behind, 0, turn) : [...turns, turn];
}
