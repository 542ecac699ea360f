import { describeConfig } from '#base';
import type { Command } from '../command.ts';

export default {
  say: 'Prints every setting, its value, where it comes from and what it is for. Secrets show only that they are set.',
  options: {},
  run(io) {
    const rows = describeConfig(io.config(), io.env);
    const width = Math.max(...rows.map(({ name }) => name.length));
    const lines = rows.map(
      ({ name, value, source, help }) =>
        `${name.padEnd(width)}  ${value || '(unset)'}  [${source}]\n${' '.repeat(width)}  ${help}`,
    );
    const hint = 'What is switched on and waits for its day counts as unset until then: ./sotto processors shows it.';
    io.print(rows, [...lines, '', hint].join('\n'));
    return Promise.resolve(0);
  },
} satisfies Command;
