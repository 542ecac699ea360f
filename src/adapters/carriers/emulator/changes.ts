/** Waiting for a state instead of an event: whoever changes the state tells, whoever waits looks again. */
export type Changes = {
  tell(): void;
  /** Resolves with the first answer of `look` that is not undefined; looks at once and after every `tell`. */
  until<T>(look: () => T | undefined): Promise<T>;
};

/** A bell for one piece of state. */
export function changes(): Changes {
  const waiting = new Set<() => void>();
  return {
    tell() {
      for (const lookAgain of waiting) lookAgain();
    },
    until<T>(look: () => T | undefined): Promise<T> {
      return new Promise((resolve) => {
        const lookAgain = () => {
          const found = look();
          if (found === undefined) return;
          waiting.delete(lookAgain);
          resolve(found);
        };
        waiting.add(lookAgain);
        lookAgain();
      });
    },
  };
}
