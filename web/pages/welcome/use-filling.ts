import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction, type Action } from '../../api/use-action.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { bodyOf, missingIn, newDraft, stepAt, stepOf, type Change, type Draft, type Field } from './draft.ts';

export const lastStep = 2;

/** What was filled in, on which step one is, and what becomes of it. */
export type Filling = {
  readonly draft: Draft;
  readonly change: Change;
  readonly step: number;
  readonly setStep: (step: number) => void;
  /** What is missing on this step, once somebody wanted to go on. */
  readonly missing: readonly Field[];
  readonly action: Action<Draft>;
  /** An earlier step on which what was refused can be mended. */
  readonly mendable: number | undefined;
  /** To the next step, or, from the last one, on with it. */
  readonly go: () => Promise<void>;
};

/** The state of the first run. It lives as long as the page; the step is in the address, so that one can go back. */
export function useFilling(needsCode: boolean, done: () => void): Filling {
  const [draft, setDraft] = useState(newDraft);
  const [search] = useSearchState();
  const navigate = useNavigate();
  const step = stepAt(search['step'], draft, needsCode);
  const setStep = (next: number) => void navigate({ to: '.', search: next === 0 ? {} : { step: String(next + 1) } });
  const [missing, setMissing] = useState<readonly Field[]>([]);
  const make = (body: Draft) => api('POST /api/v1/first-run', { body: bodyOf(body, needsCode) });
  const action = useAction(make, { changes: [], done });
  const { problem } = action;
  const mendable = problem && stepOf(problem.code, problem.mistakes?.[0]?.at);
  return {
    draft,
    step,
    setStep,
    missing,
    action,
    mendable: mendable !== undefined && mendable < step ? mendable : undefined,
    change(part) {
      setMissing([]);
      setDraft((now) => ({ ...now, ...part }));
    },
    async go() {
      const left = missingIn(step, draft, needsCode);
      setMissing(left);
      if (left.length > 0) return;
      if (step < lastStep) setStep(step + 1);
      else await action.run(draft);
    },
  };
}
