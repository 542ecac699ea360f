/** Where in a conversation something may go wrong. */
export type Moment =
  /** The handshake of the socket. */
  | 'handshake'
  /** After the client's session.update, before session.updated. */
  | 'setup'
  /** The caller begins to speak. */
  | 'caller-begins'
  /** The caller's turn is over, nothing of an answer has been sent. */
  | 'turn'
  /** A response is due, to a turn or because it was asked for; here it can only be ignored. */
  | 'due'
  /** A response has begun, before its first audio. */
  | 'answer'
  /** About half of the answer's audio has been sent. */
  | 'mid-answer'
  /** The response is over. */
  | 'answered'
  /** A response was cancelled. */
  | 'cancelled'
  /** Before a function call is told. */
  | 'tool'
  /** A function's result has arrived. */
  | 'result'
  /** A request of the Responses API. */
  | 'text';

/** What goes wrong there. */
export type Deed =
  /** Handshake or request: an HTTP status, with an error of this code. */
  | { readonly do: 'refuse'; readonly status: number; readonly code?: string }
  /** Nothing more is sent; the connection stays. */
  | { readonly do: 'hang' }
  /** The connection breaks without a word. */
  | { readonly do: 'drop' }
  /** Responses API: the connection breaks in the middle of the answer. */
  | { readonly do: 'cut' }
  | { readonly do: 'close'; readonly code: number }
  /** Messages that make no sense; then it goes on. */
  | { readonly do: 'garbage'; readonly messages: readonly string[] }
  /** An error event; then it goes on. At `setup`, the session is not set up as it was told. */
  | { readonly do: 'error'; readonly code: string; readonly type?: string; readonly about?: string }
  | { readonly do: 'wait'; readonly ms: number }
  /** The response that is due never begins, and nothing says so. */
  | { readonly do: 'ignore' }
  /** The response ends as `failed` with an error of this code. */
  | { readonly do: 'fail'; readonly code: string }
  /** The response ends as `incomplete`. */
  | { readonly do: 'incomplete'; readonly reason: 'max_output_tokens' | 'content_filter' }
  /** After a cancellation: audio of the cancelled response still comes. */
  | { readonly do: 'late-audio' }
  /** Responses API: the model refuses to answer. */
  | { readonly do: 'refusal' }
  /** Responses API: this text in place of the answer. */
  | { readonly do: 'answer'; readonly text: string };

export type Fault = {
  readonly at: Moment;
  readonly deed: Deed;
  /** How often it happens; default once. */
  readonly times?: number;
  /** How often the moment passes before. */
  readonly after?: number;
};

/** What is to go wrong, and when. */
export type Faults = {
  plan(fault: Fault): void;
  /** The moment has come: what goes wrong now. */
  take(at: Moment): Deed | undefined;
  /** How often something is still to go wrong. */
  planned(): number;
  clear(): void;
};

export function openFaults(planned: readonly Fault[] = []): Faults {
  const open = new Set<{ readonly fault: Fault; after: number; times: number }>();
  const plan = (fault: Fault) => void open.add({ fault, after: fault.after ?? 0, times: fault.times ?? 1 });
  for (const fault of planned) plan(fault);
  return {
    plan,
    take(at) {
      for (const one of open) {
        if (one.fault.at !== at) continue;
        one.after -= 1;
        if (one.after >= 0) continue;
        one.times -= 1;
        if (one.times <= 0) open.delete(one);
        return one.fault.deed;
      }
      return undefined;
    },
    planned: () => [...open].reduce((sum, { times }) => sum + times, 0),
    clear: () => open.clear(),
  };
}
