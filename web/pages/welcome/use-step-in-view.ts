import { useEffect, useRef, type RefObject } from 'react';
import type { Field } from './draft.ts';

/** For the form of several steps: each begins at its top, and what is missing is where one goes on typing. */
export function useStepInView(step: number, missing: readonly Field[]): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    // Where nothing is typed no field has taken the focus, and the button that has it stands at the end.
    if (!(document.activeElement instanceof HTMLInputElement)) form.current?.focus({ preventScroll: true });
  }, [step]);
  useEffect(() => {
    if (missing.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [missing]);
  return form;
}
