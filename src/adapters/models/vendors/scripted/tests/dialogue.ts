import assert from 'node:assert/strict';
import type { Debrief, Json, TurnInput } from '../../../model.ts';
import { Call, type Desk, type Spoken } from './desk.ts';

/**
 * One conversation as data. What the caller does: words; `~` silence; `#123` keys; `!words` over our voice; `^` the
 * line is back. What is expected of the answer: words it must hold, or more.
 */
export type Dialogue = {
  /** The guarantee, as the test's name. */
  readonly promise: string;
  readonly desk?: Desk;
  readonly talk: readonly (readonly [caller: string, expected: Expected])[];
  readonly outcome?: Debrief['outcome'];
  readonly lead?: boolean;
  /** What the summary of the call must hold. */
  readonly summary?: RegExp;
};

export type Expected =
  | RegExp
  | {
      readonly says?: RegExp;
      readonly not?: RegExp;
      /** Tools used in this turn, in order, with the input that matters. */
      readonly uses?: readonly (string | readonly [tool: string, input: { readonly [key: string]: Json }])[];
      readonly language?: string;
      readonly digits?: true;
      readonly ends?: true;
    };

/** Plays a dialogue and checks every answer; rules that hold for every call are checked on the way. */
export async function play({ desk, talk, outcome, lead, summary }: Dialogue): Promise<void> {
  const call = new Call(desk);
  const said = (await call.start()).map(({ text }) => text);
  for (const [caller, expected] of talk) {
    const before = call.uses.length;
    const spoken = await call.turn(inputOf(caller));
    said.push(...spoken.map(({ text }) => text));
    const turn = { caller, spoken, used: call.uses.slice(before), ended: call.ended };
    checkTurn(turn, expected instanceof RegExp ? { says: expected } : expected);
    assert.ok(new Set(said.slice(-3)).size > 1, `three times the same: ${said.at(-1)}`);
  }
  const debrief = await call.debrief();
  if (outcome) assert.equal(debrief.outcome, outcome, debrief.summary);
  if (lead !== undefined) assert.equal(debrief.isLead, lead, debrief.summary);
  if (summary) assert.match(debrief.summary, summary);
}

type PlayedTurn = {
  readonly caller: string;
  readonly spoken: readonly Spoken[];
  readonly used: Used;
  readonly ended: boolean;
};

function checkTurn({ caller, spoken, used, ended }: PlayedTurn, want: Exclude<Expected, RegExp>): void {
  const text = spoken.map((one) => one.text).join(' ');
  const last = spoken.at(-1)?.reply;
  const where = `after "${caller}" came "${text}" ${JSON.stringify(used)}`;
  assert.ok(text !== '', where);
  if (want.says) assert.match(text, want.says, where);
  if (want.not) assert.doesNotMatch(text, want.not, where);
  if (want.uses) checkUses(used, want.uses, where);
  if (want.language !== undefined) assert.equal(last?.language, want.language, where);
  if (want.digits) assert.equal(last?.expect, 'digits', where);
  if (want.ends) assert.ok(ended, where);
}

export function inputOf(caller: string): TurnInput {
  if (caller === '~') return { type: 'silence', count: 1 };
  if (caller === '^') return { type: 'resumed' };
  if (caller.startsWith('#')) return { type: 'digits', digits: caller.slice(1) };
  return { type: 'heard', text: caller.replace(/^!/, ''), interrupted: caller.startsWith('!') };
}

type Used = readonly { readonly tool: string; readonly input: { readonly [key: string]: Json } }[];

function checkUses(
  used: Used,
  wanted: readonly (string | readonly [string, { readonly [key: string]: Json }])[],
  where: string,
) {
  const tools = wanted.map((one) => (typeof one === 'string' ? one : one[0]));
  assert.deepEqual(
    used.map(({ tool }) => tool),
    tools,
    where,
  );
  for (const [at, one] of wanted.entries()) {
    if (typeof one === 'string') continue;
    const input = used[at]?.input ?? {};
    const named = Object.fromEntries(Object.keys(one[1]).map((key) => [key, input[key] ?? null]));
    assert.deepEqual(named, one[1], where);
  }
}
