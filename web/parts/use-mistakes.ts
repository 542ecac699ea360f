import type { ProblemDocument } from '../api/problem.ts';
import { useLocale } from '../words/use-words.ts';

/**
 * What is wrong with each field, by its JSON pointer: in the server's words, which are English, else in those of the page.
 */
export function useMistakes(problem: ProblemDocument | undefined) {
  const isEnglish = useLocale().startsWith('en');
  return (at: string, own: string): string | undefined => {
    const found = problem?.mistakes?.find((one) => one.at === at || one.at.startsWith(`${at}/`));
    if (!found) return undefined;
    return isEnglish ? found.fix.charAt(0).toUpperCase() + found.fix.slice(1) : own;
  };
}
