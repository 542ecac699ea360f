import { iso, type ClockDoubt } from '#base';

/** The doubt in a few words, for whoever runs the installation. */
export function doubtWords({ expectedAt, aheadMs, until }: ClockDoubt): string {
  const off = `${Math.round(Math.abs(aheadMs) / 86_400_000)} days ${aheadMs > 0 ? 'ahead of' : 'behind'} what was known last`;
  const cure =
    until === undefined
      ? 'until the clock is put right, a company outside tells the same time, or you say that it is right: ./sotto keys clock --believe'
      : `until ${iso(until).slice(0, 16)}Z, if the clock stays; put it right before if it is wrong`;
  const known = iso(expectedAt).slice(0, 16);
  return `The clock of this machine is not believed: it is ${off} (${known}Z). Nothing is ended by its age ${cure}.`;
}
