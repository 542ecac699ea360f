import type { Finding } from './claim.ts';

/** Several findings as one. */
export function together(found: readonly Finding[]): Finding {
  return {
    checked: found.reduce((sum, { checked }) => sum + checked, 0),
    faults: found.flatMap(({ faults }) => faults),
  };
}
