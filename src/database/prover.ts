import { sql, type Tx } from '#base';
export type Findings = {
  readonly faults: readonly { readonly check: string; readonly object: string }[];
  readonly checks: number;
  readonly objects: number;
};
export async function proveIsolation(tx: Tx): Promise<Findings> {
  await tx.rows(sql`select 1`);
  return { faults: [], checks: 0, objects: 0 };
}
