import type { EmulatedCall } from './emulated-call.ts';
import type { Ended, Spoken } from './leg.ts';

/** What a scripted caller does next; undefined keeps listening. */
export type CallerTurn =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'press'; readonly digits: string }
  | { readonly do: 'interrupt'; readonly afterWords: number; readonly text: string }
  | { readonly do: 'hang-up' }
  | undefined;

/** Decides after everything heard: `heard` is what was said since the caller's last turn. */
export type CallerScript = (heard: string, transcript: readonly Spoken[]) => CallerTurn;

/** Plays the caller by a script until the call is over, whoever ends it. */
export async function converse(call: EmulatedCall, script: CallerScript): Promise<Ended> {
  let heard: string[] = [];
  for (;;) {
    const words = await orOver(call.said());
    if (words === undefined) return call.ended;
    heard.push(words);
    const turn = script(heard.join(' '), call.transcript);
    if (!turn) continue;
    heard = [];
    await orOver(take(call, turn));
  }
}

async function take(call: EmulatedCall, turn: NonNullable<CallerTurn>): Promise<void> {
  switch (turn.do) {
    case 'say':
      return call.say(turn.text);
    case 'press':
      return call.press(turn.digits);
    case 'interrupt':
      return call.interrupt(turn.afterWords, turn.text);
    case 'hang-up':
      await call.hangUp();
  }
}

/** The only thing a call rejects with is that it is over. */
async function orOver<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}
