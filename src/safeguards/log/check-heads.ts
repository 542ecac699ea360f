import { iso } from '#base';
import type { NoteSignature } from '#tlog';
import type { entryCheck, Instant } from './check-entries.ts';
import type { globalCheck } from './check-global.ts';
import { timeSlackMs, type ExportHead, type ExportHeader } from './export-format.ts';
import type { Findings } from './fault.ts';
import { cosignersOf, headIn, type SeenHead, type SignedHead, type Trusted } from './trusted.ts';

export type CheckContext = {
  readonly header: ExportHeader;
  readonly trusted: Trusted;
  readonly found: Findings;
  readonly notes: string[];
};

/** Checks the heads of the organisation's tree against its entries, one by one. */
export function headCheck(
  { header, trusted, found }: CheckContext,
  entries: ReturnType<typeof entryCheck>,
  global: ReturnType<typeof globalCheck>,
) {
  let count = 0;
  let last: (SignedHead & SeenHead) | undefined;
  let lastAt: number | undefined;
  let isBroken = false;
  let cosigned: readonly NoteSignature[] = [];
  const seen = trusted.seen.get(header.log);
  return {
    count: () => count,
    cosigned: () => cosigned,
    seen: (): ReadonlyMap<string, SeenHead> => new Map(last && [[header.log, last]]),
    take(line: ExportHead): void {
      count += 1;
      const size = entries.size();
      const where = `head ${size} of ${header.log}`;
      const log = { origin: header.log, keys: trusted.keys, all: size === header.size, where };
      const head = headIn(line.note, log, found);
      const at = Date.parse(line.at);
      checkTimes({ from: lastAt, to: at, where }, entries.span(), found);
      lastAt = at;
      if (!head) return;
      follow(head, size, where);
      global.holds({ head, at: line.at, proof: line.global, where });
      last = { ...head, note: line.note, organisation: header.organisation };
      cosigned = signersOf(line.note, where);
    },
    /** When no more follows. */
    over(size: number, isCut: boolean): void {
      if (!isCut && size > (last?.size ?? 0)) {
        const say = `No signed head covers the entries from ${last?.size ?? 0} on.`;
        found.add('head-missing', `entry ${last?.size ?? 0}`, say);
      }
      if (seen && size < seen.size && !isCut) {
        const say = `An earlier look saw ${seen.size} entries, and here are ${size}: the newest were removed, or this is an old copy.`;
        found.add('rolled-back', `head ${size} of ${header.log}`, say);
      }
    },
  };

  /** It is the head of the entries before it, and of more than the last one. One that is not makes all others so. */
  function follow(head: SignedHead, size: number, where: string): void {
    const before = last?.size ?? 0;
    const fits = head.size === size && head.root.equals(entries.root());
    if (!fits && !isBroken) found.add('root-differs', where, differs(before, head.size, size));
    isBroken ||= !fits;
    if (last && head.size <= before) found.add('head-out-of-order', where, 'This head stands behind a larger one.');
  }

  function signersOf(note: string, where: string): readonly NoteSignature[] {
    const signers = cosignersOf(note, trusted.witnesses);
    if (signers !== 'signature-wrong') return newestOfEach(cosigned, signers);
    found.add('not-witnessed', where, 'The signature of a witness does not fit this head.');
    return cosigned;
  }
}

/** Witnesses need not sign the same heads. */
function newestOfEach(older: readonly NoteSignature[], newer: readonly NoteSignature[]): readonly NoteSignature[] {
  return [...older.filter(({ by }) => !newer.some((one) => one.by === by)), ...newer];
}

function differs(from: number, signed: number, there: number): string {
  if (signed !== there) return `The head was signed over ${signed} entries, and ${there} stand before it.`;
  return `These are not the entries that the head was signed over: of those from ${from} to ${there - 1} one was changed, moved, added or left out.`;
}

type Times = { readonly from: number | undefined; readonly to: number; readonly where: string };

/** An entry between two heads happened between them, give or take what a clock may be wrong. */
function checkTimes(
  { from, to, where }: Times,
  span: { earliest: Instant | undefined; latest: Instant | undefined },
  found: Findings,
): void {
  if (!Number.isFinite(to)) {
    found.add('unreadable', where, 'The time of this head is none.');
    return;
  }
  if (from !== undefined && to < from)
    found.add('head-out-of-order', where, 'This head is older than the one before it.');
  const { earliest, latest } = span;
  if (earliest && from !== undefined && earliest.at < from - timeSlackMs) {
    const say = `This entry says ${iso(earliest.at)}, and was written down after the head of ${iso(from)}: it is back-dated.`;
    found.add('back-dated', `entry ${earliest.index}`, say);
  }
  if (latest && latest.at > to + timeSlackMs) {
    const say = `This entry says ${iso(latest.at)}, which is after the head of ${iso(to)} that covers it.`;
    found.add('back-dated', `entry ${latest.index}`, say);
  }
}
