import type { CertificateText } from '#safeguards/erasure';

const what = {
  call: ({ call }: CertificateText['request']) => `the call ${call ?? ''} and all that came of it were erased`,
  person: () => 'everything of one person was erased, of all channels',
  organisation: ({ organisation }: CertificateText['request']) =>
    `everything of the organisation ${organisation} was erased`,
} as const;

/** What a certificate certifies, for whoever holds it. */
export function certificateWords(by: string, text: CertificateText): string {
  const { request, times, stores, keys, processors, kept, residue, audit } = text;
  const there = stores.filter(({ before, after }) => before > 0 || after > 0);
  return [
    `Genuine: signed by ${by}, and not one byte of it was changed.`,
    text.state === 'final'
      ? 'Final: everything that was asked for has been done, or what stays is named below.'
      : 'INTERIM: nothing is left in the product, but not every processor has answered. Ask for the final one.',
    '',
    `It certifies that ${what[request.scope](request)},`,
    `asked for at ${request.askedAt} by a ${request.askedBy} (request ${request.id}).`,
    '',
    ...time('Unreadable to the product', times.unreadableToProduct),
    ...time('Unrecoverable from live files', times.unrecoverableFromLiveFiles),
    ...time('Unrecoverable from backups', times.unrecoverableFromBackups),
    '',
    there.length === 0 ? 'Nothing was there.' : 'What was there, before and after:',
    ...there.map(({ store, before, after, method }) => `  ${store}: ${before} → ${after} (${method})`),
    `Keys destroyed: ${keys.count}; that still open something: ${keys.openAfter}.`,
    ...section('Processors', processors.map(processorLine)),
    ...section(
      'Kept',
      kept.map((one) => `${one.what}: ${one.why}; until ${one.until}`),
    ),
    ...section('Not reached', residue),
    '',
    `Audit entry ${audit.entry}, leaf hash ${audit.leafHash}.`,
  ].join('\n');
}

function time(name: string, { at, how }: CertificateText['times']['unreadableToProduct']): string[] {
  return [`${name.padEnd(30)} ${at ?? 'not known'}`, `  ${how}`];
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${name}:`, ...lines.map((line) => `  ${line}`)];
}

function processorLine(one: CertificateText['processors'][number]): string {
  const stays = one.stays.map((stay) => `${stay.what}, until ${stay.until ?? 'nobody says when'}`);
  const answer = one.answeredAt === null ? '' : `, answered ${one.answer ?? ''} at ${one.answeredAt}`;
  return `${one.processor}, ${one.item} of call ${one.call}: ${one.state}${answer}${stays.length > 0 ? `; stays: ${stays.join('; ')}` : ''}`;
}
