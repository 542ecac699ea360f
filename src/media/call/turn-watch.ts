import type { TurnTimes } from '../desk.ts';
import type { Said } from './said.ts';

/** The times of the turn that is running: from the caller's last word until the answer to it is heard. */
export type TurnWatch = {
  endAt: number | undefined;
  endpointAt: number;
  modelAt: number;
  sentAt: number;
  /** The answer to it. */
  said: Said | undefined;
};

export function openTurnWatch(): TurnWatch {
  return { endAt: undefined, endpointAt: 0, modelAt: 0, sentAt: 0, said: undefined };
}

/** The caller's last word came at `endAt`; now the model knows that it was the last. */
export function turnEnded(watch: TurnWatch, endAt: number, now: number): void {
  watch.endAt = endAt;
  watch.endpointAt = now;
  watch.said = undefined;
}

/** The first audio of an answer has come. */
export function answerCame(watch: TurnWatch, said: Said, now: number): void {
  if (watch.endAt === undefined || watch.said) return;
  watch.said = said;
  watch.modelAt = now;
}

export function answerSent(watch: TurnWatch, said: Said, now: number): void {
  if (watch.said === said) watch.sentAt = now;
}

/** The carrier has played its first frame: the turn is complete, and told once. */
export function answerHeard(watch: TurnWatch, said: Said, now: number): TurnTimes | undefined {
  const { endAt, endpointAt, modelAt, sentAt } = watch;
  if (endAt === undefined || watch.said !== said) return undefined;
  dropTurn(watch);
  return {
    endpointMs: endpointAt - endAt,
    modelMs: modelAt - endAt,
    sentMs: sentAt - endAt,
    heardMs: now - endAt,
  };
}

/** The caller speaks again: what comes now is no answer to that turn. A lost model ends no turn, it makes it longer. */
export function dropTurn(watch: TurnWatch): void {
  watch.endAt = undefined;
  watch.said = undefined;
}
