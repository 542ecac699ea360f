import { proveIsolation, type Findings } from './prover.ts';
import type { Tx } from '#base';
export function proveClasses(tx: Tx): Promise<Findings> {
  return proveIsolation(tx);
}
