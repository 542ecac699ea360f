import type { VerifiedEvidence } from '#trust';

/** What a file of evidence shows, for people. */
export function evidenceWords({ look, recordedAt, log, global }: VerifiedEvidence & { readonly isGood: true }): string {
  return [
    `Genuine: ${look.claim} was ${look.status} at ${look.at}.`,
    `Looked at  ${look.checked}, in ${look.tookMs} ms`,
    `Found      ${look.why}`,
    `Check      ${look.canFail ? 'was seen failing on its counterexample in the same run' : 'was not made to fail in this run'}`,
    `Recorded   ${recordedAt}, in ${log.origin} (${log.size} entries)`,
    `Under      ${global.origin} (${global.size} heads), signed by every key that was given`,
  ].join('\n');
}
