import { useState } from 'react';
import { api, apiVersioned } from '../../api/client.ts';
import { isRefusal, type Mistake } from '../../api/problem.ts';
import { useAction, type Action } from '../../api/use-action.ts';
import { changesOf, fieldsApart, fieldsAtOdds, rebased, type Agent, type Changes, type Field } from './draft.ts';

export type Versioned = { readonly json: Agent; readonly version: string };

/** What somebody saved while I was writing, and where we are at odds. */
export type Conflict = { readonly theirs: Versioned; readonly odds: readonly Field[] };

/** An agent as it is being written: what is saved, what is on screen, and what the server said of it. */
export type Draft = {
  readonly base: Agent;
  readonly agent: Agent;
  readonly changes: Changes;
  readonly isDirty: boolean;
  readonly mistakes: readonly Mistake[];
  readonly conflict: Conflict | undefined;
  readonly saving: Action<void>;
  readonly set: (change: Changes) => void;
  readonly discard: () => void;
  /** Settles a conflict. */
  readonly settle: (how: 'theirs' | 'mine') => void;
};

/** Keeps the draft. What others save is taken over at once where nothing was changed here, and else when saving. */
export function useDraft(loaded: Versioned, onSaved: () => void): Draft {
  const [seen, setSeen] = useState(loaded);
  const [base, setBase] = useState(loaded);
  const [agent, setAgent] = useState(loaded.json);
  const [conflict, setConflict] = useState<Conflict>();
  const isDirty = fieldsApart(base.json, agent).length > 0;
  const take = (next: Versioned, draft = next.json) => {
    setBase(next);
    setAgent(draft);
    setConflict(undefined);
  };
  // Only what has just been looked up is news: right after saving the answer from before is still there.
  if (loaded !== seen) {
    setSeen(loaded);
    if (!isDirty && !conflict && loaded.version !== base.version) take(loaded);
  }
  const meet = (theirs: Versioned) => {
    const odds = fieldsAtOdds(base.json, agent, theirs.json);
    if (odds.length > 0) setConflict({ theirs, odds });
    return odds.length > 0 ? undefined : rebased(base.json, agent, theirs.json);
  };
  const saving = useAction<void, Versioned | undefined>(() => saved(base, agent, meet), {
    changes: ['GET /api/v1/agents', 'GET /api/v1/agents/{id}', 'GET /api/v1/agents/{id}/opening', 'GET /api/v1/setup'],
    done: (next) => {
      if (!next) return;
      take(next);
      onSaved();
    },
  });
  return {
    base: base.json,
    agent,
    changes: changesOf(base.json, agent),
    isDirty,
    mistakes: saving.problem?.mistakes ?? [],
    conflict,
    saving,
    set: (change) => setAgent((before) => ({ ...before, ...change })),
    discard: () => {
      saving.forget();
      take(base);
    },
    settle: (how) => {
      if (!conflict) return;
      const { theirs } = conflict;
      take(theirs, how === 'mine' ? rebased(base.json, agent, theirs.json) : theirs.json);
    },
  };
}

/**
 * Saves what was changed. When somebody else saved meanwhile and we are not at odds, both stand; where we are, `meet`
 * shows it and nothing is saved.
 */
async function saved(
  base: Versioned,
  agent: Agent,
  meet: (theirs: Versioned) => Agent | undefined,
): Promise<Versioned | undefined> {
  const { id } = base.json;
  const patch = (version: string, body: Changes) =>
    apiVersioned('PATCH /api/v1/agents/{id}', { params: { id }, version, body });
  try {
    return await patch(base.version, changesOf(base.json, agent));
  } catch (error) {
    if (!isRefusal(error, 'changed-meanwhile')) throw error;
    const theirs = await apiVersioned('GET /api/v1/agents/{id}', { params: { id } });
    const both = meet(theirs);
    return both && patch(theirs.version, changesOf(theirs.json, both));
  }
}

/** What a caller would hear of a draft. */
export function draftOpening(id: string, body: Changes) {
  return api('POST /api/v1/agents/{id}/opening', { params: { id }, body });
}
