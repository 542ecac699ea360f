import { iso } from '#base';
import type { ExportCheck, LogFault } from '#safeguards/log';

const sources = {
  'given': 'the keys that were given',
  'remembered': 'the keys of the first look',
  'from-the-file':
    'the keys in the file itself: take them from a place that you trust (--key), or keep these (--state), else anybody may have written all of it',
} as const;

/** What an export turned out to be, for whoever holds it. */
export function exportWords(check: ExportCheck): string {
  const { entries, heads, organisation, log, made, openings, keysFrom, cosigned, notes } = check;
  const opened = openings.opened + openings.erased > 0;
  const lines = [
    check.faultCount === 0
      ? `Right: ${entries} entries, each in its place, under ${heads} signed heads.`
      : `WRONG: ${found(check)} found in ${entries} entries under ${heads} heads.`,
    ...(organisation === undefined
      ? []
      : [`Organisation   ${organisation}`, `Log            ${log}`, `Made           ${made}`]),
    ...(opened ? [`Details        ${openings.opened} fit their entries, ${openings.erased} were erased`] : []),
    `Verified with  ${sources[keysFrom]}`,
    ...cosigned.map(({ by, at }) => `Witnessed by   ${by}${at === undefined ? '' : ` at ${iso(at)}`}`),
    ...notes.map((note) => `Note           ${note}`),
  ];
  return lines.join('\n');
}

function found({ faultCount, faults }: ExportCheck): string {
  if (faultCount === 1) return 'one thing';
  return faultCount > faults.length ? `${faultCount} things, the first of each kind below,` : `${faultCount} things`;
}

/** What is wrong, and where. */
export function faultLines(faults: readonly LogFault[]): string {
  return faults.map(({ what, where, say }) => `\n✗ ${where}: ${say} (${what})`).join('');
}
