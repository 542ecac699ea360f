/** One thing in a conversation as the model sees it: what was said, or done, or put in. */
export type Line =
  | { readonly by: 'caller' | 'agent' | 'system'; readonly text: string }
  | { readonly by: 'call'; readonly callId: string; readonly tool: string; readonly input: string }
  | { readonly by: 'result'; readonly callId: string; readonly output: string };

/** The moment at which the model has to answer. */
export type Moment = {
  /** Words of the caller's turn that led to this; empty when the answer was asked for otherwise. */
  readonly heard: string;
  /** Instructions of `response.create`; undefined when the session's own count. */
  readonly prompted: string | undefined;
  /** What the newest item is, when that is a function's result. */
  readonly result: unknown;
  /** Everything said and done so far, oldest first. */
  readonly lines: readonly Line[];
  readonly instructions: string;
};

/** What the model does: speaks, wants a tool, or first one and then the other. `input` as text goes out as it is. */
export type Act = { readonly say?: string; readonly use?: { readonly tool: string; readonly input: unknown } };

export type Script = (moment: Moment) => Act;

/** Says again what it heard, or says what it is told to: the words in quotes, if there are any. */
export const parrotScript: Script = ({ heard, prompted, result }) => {
  if (prompted !== undefined) return { say: /"([^"]*)"[^"]*$/.exec(prompted)?.[1] ?? 'Go on.' };
  if (result !== undefined) return { say: `Done: ${JSON.stringify(result)}.` };
  return { say: heard === '' ? 'I am here.' : `You said: ${heard}` };
};
