import type { AnswerOf } from '../../api/client.ts';

export type Agent = AnswerOf<'GET /api/v1/agents/{id}'>;
export type Field = Exclude<keyof Agent, 'id'>;
export type Changes = Partial<Omit<Agent, 'id'>>;

const fields: readonly Field[] = [
  'name',
  'language',
  'greeting',
  'discloseAi',
  'hours',
  'visitMinutes',
  'facts',
  'transferTo',
  'model',
  'speech',
  'voice',
  'record',
  'tools',
];

/** The fields in which two versions of an agent differ, in the order of the page. */
export function fieldsApart(one: Agent, other: Agent): readonly Field[] {
  return fields.filter((field) => inOrder(one[field]) !== inOrder(other[field]));
}

/** What has to be sent to make the one into the other. */
export function changesOf(base: Agent, draft: Agent): Changes {
  return picked(draft, fieldsApart(base, draft));
}

/** My draft on top of what somebody else saved meanwhile: what I did not touch is theirs. */
export function rebased(base: Agent, draft: Agent, theirs: Agent): Agent {
  return { ...theirs, ...changesOf(base, draft) };
}

/** The fields that both of us changed, and not to the same. */
export function fieldsAtOdds(base: Agent, draft: Agent, theirs: Agent): readonly Field[] {
  const mine = new Set(fieldsApart(base, draft));
  const odds = new Set(fieldsApart(draft, theirs));
  return fieldsApart(base, theirs).filter((field) => mine.has(field) && odds.has(field));
}

function picked(agent: Agent, names: readonly Field[]): Changes {
  return Object.fromEntries(names.map((field) => [field, agent[field]]));
}

/** The same text for the same value, however its names are ordered. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
