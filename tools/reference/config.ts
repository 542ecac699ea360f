import { settings } from '#base';

/** docs/reference/config.md, from the table of settings. */
export function configPage(): string {
  const rows = Object.values(settings).map((one) => {
    const usual = one.default === undefined || String(one.default) === '' ? '' : `\`${String(one.default)}\``;
    const help = 'secret' in one && one.secret ? `${one.help} (secret: never printed)` : one.help;
    return `| \`${one.env}\` | ${usual} | ${help} |`;
  });
  return [
    '# Settings',
    '',
    'Settings are environment variables, read once at start. A mistake or an unknown name that begins with `SOTTO_` stops the start, and all mistakes are reported together. `./sotto config` prints what is in force and where it comes from.',
    '',
    'What belongs to one organisation (hours, greeting, disclosure) is not here: it is a row in the database.',
    '',
    '| Name | Default | What it does |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}
