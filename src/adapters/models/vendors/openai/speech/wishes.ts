/** Most instructions that wait for their turn; what is older is no longer to the point. */
const mostPrompts = 4;

/**
 * Responses that we want besides those the vendor makes by itself after each turn of the caller. Only one may be made at
 * a time, so a wish waits until the way is free.
 */
export type Wishes = {
  /** The model is to go on. */
  goOn(): void;
  /** It is to go on because of a function's result, which a response that begins later covers by itself. */
  goOnWith(callId: string): void;
  /** The result has become part of the conversation. */
  resultAdded(callId: string): void;
  prompt(instruction: string): void;
  /** Asks for what is wanted, if anything. Returns whether it did. */
  ask(): boolean;
  /** A response has begun, ours or the vendor's own. */
  began(): void;
  /** It is over. */
  over(): void;
  /** The vendor refused ours because another was being made, or we stopped it: it is wanted again. */
  again(): void;
};

/** `send` gets what the response is to say on top of the session's instructions; empty = nothing particular. */
export function keepWishes(send: (prompts: readonly string[]) => void): Wishes {
  const results = new Map<string, 'sent' | 'added'>();
  let isWanted = false;
  let prompts: readonly string[] = [];
  let asked: readonly string[] | undefined;
  let isOutstanding = false;

  return {
    goOn: () => {
      isWanted = true;
    },
    goOnWith: (callId) => void results.set(callId, 'sent'),
    resultAdded: (callId) => {
      if (results.has(callId)) results.set(callId, 'added');
    },
    prompt: (instruction) => {
      prompts = [...prompts, instruction].slice(-mostPrompts);
    },
    ask() {
      if (isOutstanding || (!isWanted && prompts.length === 0 && results.size === 0)) return false;
      asked = prompts;
      isOutstanding = true;
      isWanted = false;
      prompts = [];
      results.clear();
      send(asked);
      return true;
    },
    began() {
      isOutstanding = false;
      for (const [callId, state] of results) if (state === 'added') results.delete(callId);
    },
    over() {
      if (!isOutstanding) asked = undefined;
    },
    again() {
      if (!asked) return;
      isOutstanding = false;
      isWanted = true;
      prompts = [...asked, ...prompts].slice(-mostPrompts);
      asked = undefined;
    },
  };
}
