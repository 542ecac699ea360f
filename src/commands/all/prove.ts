import { openApp, openSenses, type Senses } from '#app';
import type { Verdict } from '#trust';
import { silent, type Command } from '../command.ts';

const marks: Record<string, string> = { 'proven': '✓', 'failing': '✗', 'unknown': '?', 'not-exercised': '–' };

export default {
  say: 'Looks at every promise now, after seeing its check fail on a planted counterexample. Exits 1 when one is broken.',
  options: { only: { type: 'string', say: 'the file name of one claim' } },
  async run(io) {
    const only = io.options['only'];
    const senses = await openSenses(io.config(), silent);
    try {
      const verdicts = await proveOnce(senses, typeof only === 'string' ? [only] : undefined);
      io.print({ verdicts }, verdicts.map(line).join('\n'));
      return verdicts.some(({ status }) => status === 'failing') ? 1 : 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

async function proveOnce(senses: Senses, which: readonly string[] | undefined): Promise<readonly Verdict[]> {
  const app = await openApp(senses);
  try {
    return await app.proveNow(which);
  } finally {
    await app.close();
  }
}

function line({ claim, status, checked, why }: Verdict): string {
  return `${marks[status] ?? '·'} ${status.padEnd(14)} ${claim}  (${checked} checked) ${why}`;
}
