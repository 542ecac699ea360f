import { duties, loadFrameworks, reasons, type FrameworkAnswer, type FrameworkControl } from '#trust';

/** docs/reference/frameworks.md: every law and standard with its lines, and what answers each. */
export async function frameworksPage(): Promise<string> {
  const frameworks = await loadFrameworks();
  return [
    '# Laws and standards',
    '',
    'What this program has to say to each requirement, as on `/trust/frameworks`. The status is not here: it is computed in the running system from the claims that the lines point at, and nobody can type it. The words are ours, not those of a standard, and they are no legal advice. [How to add one](../guides/adding-a-framework.md).',
    ...frameworks.flatMap(({ id, item: { name, edition, applies, source, controls } }) => [
      '',
      `## ${name.en}`,
      '',
      `\`${id}\`, ${edition.en}, ${controls.length} lines. ${applies.en}`,
      '',
      `Source: ${source.confidence === 'memory' ? 'unverified, from memory' : source.confidence}. ${source.say.en}`,
      '',
      '| Number | Asks | Answer |',
      '|---|---|---|',
      ...controls.map(rowOf),
    ]),
  ].join('\n');
}

function rowOf({ id, say, answer, confidence, from }: FrameworkControl): string {
  const notes = [confidence === 'memory' ? 'unverified' : '', from ? `from ${from}` : ''].filter((note) => note !== '');
  return `| ${id}${notes.length > 0 ? ` (${notes.join(', ')})` : ''} | ${say.en} | ${said(answer)} |`;
}

function said(answer: FrameworkAnswer): string {
  const people = 'duty' in answer && answer.duty ? ` ${duties[answer.duty].en}` : '';
  switch (answer.kind) {
    case 'claims':
      return `${answer.claims.map((claim) => `[${claim}](claims.md#${claim})`).join(', ')}.${people}`;
    case 'operator':
      return `For people:${people}`;
    case 'not-applicable':
      return `Does not apply. ${reasons[answer.reason].en}`;
    case 'open':
      return `Open${answer.promise ? ` (${answer.promise})` : ''}.${people}`;
  }
}
