import { sql, type Id, type Residue, type Tx } from '#base';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';

/** How far a deletion at a processor has come. `confirmed` is said after reading back alone. */
export type ErasureState = 'waiting' | 'asked' | 'confirmed' | 'nothing-held' | 'cannot-ask' | 'given-up';

/** One thing at one processor. Times in milliseconds since the epoch. */
export type ProcessorErasure = {
  readonly id: Id;
  /** File name of the vendor, and the company's name. */
  readonly processor: string;
  readonly company: string;
  readonly item: 'call' | 'message' | 'words';
  /** The processor's own name for it; null for what it does not store. */
  readonly name: string | null;
  readonly call: Id;
  readonly state: ErasureState;
  readonly madeAt: number;
  /** When the processor last took a deletion, and of how many things in all. */
  readonly askedAt: number | null;
  readonly removed: number;
  /** Its last answer: when, and the HTTP status. */
  readonly answeredAt: number | null;
  readonly answer: number | null;
  readonly settledAt: number | null;
  readonly attempts: number;
  /** Why the last try came to nothing, a fixed word. */
  readonly trouble: string | null;
  /** What stays there all the same; unless it is confirmed or nothing was held, what should have been deleted is among it. */
  readonly stays: readonly Stay[];
};

/** What stays, and until when at most (milliseconds); null where the processor does not say, or nobody has deleted it. */
export type Stay = Residue & { readonly until: number | null };

export type ErasureRow = {
  readonly id: Id;
  readonly processor: string;
  readonly item: ProcessorErasure['item'];
  readonly name: string | null;
  readonly call_id: Id;
  readonly state: ErasureState;
  readonly made_at: Date;
  readonly call_started_at: Date;
  readonly asked_at: Date | null;
  readonly removed: number;
  readonly answered_at: Date | null;
  readonly answer: number | null;
  readonly settled_at: Date | null;
  readonly attempts: number;
  readonly trouble: string | null;
};

/** What a view is made of. */
export const columns = sql`id, processor, item, name, call_id, state, made_at, call_started_at, asked_at, removed,
  answered_at, answer, settled_at, attempts, trouble`;

/** Most that is told of one erasure. */
const most = 10_000;

const companies = new Map(
  [...(await carriers()), ...(await models())].map(({ id, item }) => [id, item.processor] as const),
);

/** What became of everything that processors had to delete for an erasure, the oldest decision first; at most 10,000. */
export async function processorStates(
  tx: Tx,
  { organisation, erasure }: { readonly organisation: Id; readonly erasure: Id },
): Promise<ProcessorErasure[]> {
  const rows = await tx.rows<ErasureRow>(sql`
    select ${columns} from app.processor_erasures
    where organisation_id = ${organisation} and erasure_id = ${erasure}
    order by made_at, id limit ${most}`);
  return rows.map(viewOf);
}

/** True when nothing that a processor was to delete, for that erasure or for the whole organisation, is still under way. */
export async function areSettled(
  tx: Tx,
  { organisation, erasure }: { readonly organisation: Id; readonly erasure?: Id },
): Promise<boolean> {
  const { open } = await tx.one<{ open: boolean }>(sql`
    select exists (
      select from app.processor_erasures
      where organisation_id = ${organisation} and due_at is not null
        and (${erasure ?? null}::uuid is null or erasure_id = ${erasure ?? null}::uuid)) as open`);
  return !open;
}

/** The company behind a vendor file. */
export function companyOf(processor: string): string {
  return companies.get(processor)?.name ?? processor;
}

export function viewOf(row: ErasureRow): ProcessorErasure {
  return {
    id: row.id,
    processor: row.processor,
    company: companyOf(row.processor),
    item: row.item,
    name: row.name,
    call: row.call_id,
    state: row.state,
    madeAt: row.made_at.getTime(),
    askedAt: at(row.asked_at),
    removed: row.removed,
    answeredAt: at(row.answered_at),
    answer: row.answer,
    settledAt: at(row.settled_at),
    attempts: row.attempts,
    trouble: row.trouble,
    stays: (companies.get(row.processor)?.keeps ?? [])
      .filter((one) => isStaying(one, row))
      .map((one) => ({ ...one, until: endOf(one, row) })),
  };
}

/** What can be deleted stays where that was not confirmed; what cannot stays in any case, unless it is nothing. */
function isStaying({ deletable, days }: Residue, { state }: ErasureRow): boolean {
  if (!deletable) return days !== 0;
  return state !== 'confirmed' && state !== 'nothing-held';
}

const day = 24 * 60 * 60_000;

function endOf({ days, from }: Residue, row: ErasureRow): number | null {
  const start = from === 'made' ? row.call_started_at : row.settled_at;
  return days === null || start === null ? null : start.getTime() + days * day;
}

function at(time: Date | null): number | null {
  return time?.getTime() ?? null;
}
