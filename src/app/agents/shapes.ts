import { Type } from 'typebox';
import { canonical } from '#base';
import type { Agent } from '#secretary/agent';
import { id, orNull } from '../api/shapes.ts';

const span = Type.Object({ from: Type.String(), to: Type.String() });
const day = Type.Array(span, { description: 'Open from, to: local wall time, such as 09:00; closed when empty.' });

/**
 * What can be changed of an agent. How long and of which form each may be is checked with all that depends on the rest, so
 * that every mistake is told at once.
 */
export const changeable = {
  name: Type.String({ description: 'What it calls itself.' }),
  language: Type.String({ description: 'BCP 47 tag of the language it opens with.' }),
  greeting: Type.String({ description: 'Said after the disclosure.' }),
  facts: Type.Array(Type.Object({ about: Type.String(), answer: Type.String() })),
  hours: Type.Object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
  visitMinutes: Type.Integer({ description: 'Length of an appointment.' }),
  transferTo: orNull(Type.String({ description: 'E.164 number of a person on duty.' })),
  speech: Type.Enum(['live', 'relay', 'gather'], {
    description: 'Who speaks for it: a speech model (live), or the carrier.',
  }),
  model: Type.String({ description: 'Which model answers: an id of agent-options.' }),
  voice: orNull(Type.String({ description: "The vendor's name of a voice; null for the usual one." })),
  record: Type.Boolean({ description: 'Whether calls are recorded. Only a live call can be.' }),
  discloseAi: Type.Boolean({ description: 'Whether it says that it is an AI where the law leaves the choice.' }),
  tools: Type.Array(Type.String(), { description: 'Tools it has besides those that every agent has.' }),
};

/** A draft, or a change: what is not named stays as it is. */
export const change = Type.Partial(Type.Object(changeable));

export const agentShape = Type.Object({ id, ...changeable });

export type AgentView = Type.Static<typeof agentShape>;

/** An agent as it is shown. */
export function viewOf({ organisation: _, facts, hours, tools, ...rest }: Agent): AgentView {
  return structuredClone({ ...rest, facts: [...facts], hours, tools: [...tools] }) as AgentView;
}

/** The database orders the names of what it keeps as it likes. */
export function etagOfAgent(view: AgentView): string {
  return canonical(view);
}
