import { createContext, useContext } from 'react';

/** Asks for the second factor; resolves to true when it was shown and what was refused can be tried again. */
export type AskStepUp = () => Promise<boolean>;

export const StepUpContext = createContext<AskStepUp>(() => Promise.resolve(false));

/** The dialog that asks for the second factor, as a promise. */
export function useStepUp(): AskStepUp {
  return useContext(StepUpContext);
}
