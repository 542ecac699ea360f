import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useStepUp } from '../parts/step-up.tsx';
import { isRefusal, problemOf, type ProblemDocument } from './problem.ts';

/** Something a person sets off: running, or refused with a problem that is shown next to what set it off. */
export type Action<Input> = {
  /** Resolves to true when it was done. */
  readonly run: (input: Input) => Promise<boolean>;
  readonly isRunning: boolean;
  readonly problem: ProblemDocument | undefined;
  readonly forget: () => void;
};

type Plan<Output> = {
  /** Names of requests whose answers are looked up again afterwards, such as `GET /api/v1/team`; all of them when left out. */
  readonly changes?: readonly string[];
  readonly done?: (output: Output) => void;
};

/**
 * Does something with the API. When a second factor is due it asks for it and goes on; what is refused is told as a
 * problem, never thrown.
 */
export function useAction<Input, Output>(
  act: (input: Input) => Promise<Output>,
  { changes, done }: Plan<Output> = {},
): Action<Input> {
  const stepUp = useStepUp();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async (input: Input) => {
      try {
        return await act(input);
      } catch (error) {
        if (!isRefusal(error, 'step-up-needed') || !(await stepUp())) throw error;
        return act(input);
      }
    },
  });
  return {
    async run(input) {
      try {
        const output = await mutation.mutateAsync(input);
        await client.invalidateQueries({
          predicate: ({ queryKey }) => !changes || changes.includes(String(queryKey[0])),
        });
        done?.(output);
        return true;
      } catch {
        return false;
      }
    },
    isRunning: mutation.isPending,
    problem: mutation.error ? problemOf(mutation.error) : undefined,
    forget: mutation.reset,
  };
}
