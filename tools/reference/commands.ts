import { commands } from '#commands';

/** docs/reference/commands.md, from the catalogue of commands. */
export async function commandsPage(): Promise<string> {
  const sections = (await commands()).flatMap(({ id, item }) => {
    const words = (item.words ?? []).map(({ name, oneOf, isOptional, say }) => {
      const shape = oneOf?.join('`, `') ?? name.toUpperCase();
      return `| \`${shape}\`${isOptional ? ' (may be left out)' : ''} | ${say} |`;
    });
    const options = Object.entries(item.options).map(([name, { type, say }]) => {
      return `| \`--${name}${type === 'string' ? ' …' : ''}\` | ${say} |`;
    });
    const rows = [...words, ...options];
    const table = rows.length === 0 ? [] : ['', '| Word or option | What it does |', '|---|---|', ...rows];
    return ['', `## ${id}`, '', item.say, ...table];
  });
  return [
    '# Commands',
    '',
    '`./sotto <command>`, from any directory. Every command takes `--help`, and `--json` to print one JSON document on standard output; everything else goes to standard error. Exit code 0: good; 1: something was found or failed; 2: used wrongly.',
    ...sections,
  ].join('\n');
}
