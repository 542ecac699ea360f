import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonical, type Ctx, type Id } from '#base';
import type { Status } from './claim.ts';
import { remarks } from './remarks.ts';

/** A look as the audit log commits to it. Public by its nature: fixed words, counts, names of tables, opaque ids. */
export type RecordedLook = {
  readonly id: Id;
  readonly claim: string;
  readonly at: string;
  readonly status: Status;
  readonly checked: number;
  readonly canFail: boolean;
  readonly tookMs: number;
  readonly why: string;
};

/** The same as it lies in its table. */
export type LookRow = {
  readonly id: Id;
  readonly claim: string;
  readonly at: Date;
  readonly status: Status;
  readonly checked: number;
  readonly can_fail: boolean;
  readonly took_ms: number;
  readonly why: string;
  /** What the program wrote beside it; null in rows of before there was one. */
  readonly mac: Buffer | null;
};

export function lookOf({ id, claim, at, status, checked, can_fail, took_ms, why }: LookRow): RecordedLook {
  return { id, claim, at: at.toISOString(), status, checked, canFail: can_fail, tookMs: took_ms, why };
}

type Keyed = Pick<Ctx, 'keys'>;

/**
 * What the program writes beside a look of its own: a keyed hash over all that it says. The key follows from the root
 * key and lies in no database, so that whoever has the tables alone makes no look and changes none.
 */
export function lookMac({ keys }: Keyed, look: RecordedLook): Buffer {
  return macWith(keys.derive(purpose), look);
}

/** Whether a row is a look of this program, unchanged since. */
export function madeHere({ keys }: Keyed): (row: LookRow) => boolean {
  const key = keys.derive(purpose);
  return (row) => row.mac?.length === 32 && timingSafeEqual(row.mac, macWith(key, lookOf(row)));
}

const purpose = 'claim-looks';

function macWith(key: Buffer, look: RecordedLook): Buffer {
  return createHmac('sha256', key).update(canonical(look), 'utf8').digest();
}

/** What stands where a row that is no look of this program would say something. */
export const notMadeHere = {
  status: 'unknown',
  checked: 0,
  why: remarks['not-made-here'].en,
} as const;
