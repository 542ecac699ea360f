import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../program.ts';

export type Column = { readonly name: string; readonly kind: string; readonly what: string };
export type Table = { readonly name: string; readonly owner: string; readonly columns: readonly Column[] };

/** Which table holds what, from the comments that every migration has to make. */
export function dataMap(): readonly Table[] {
  const text = globSync('migrations/*.sql', { cwd: root })
    .toSorted()
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const columns = Array.from(
    text.matchAll(/^comment on column (\w+\.\w+)\.(\w+) is '(\w+): ((?:[^']|'')*)';/gm),
    ([, table, name, kind, what]) => ({ table: table!, name: name!, kind: kind!, what: what!.replaceAll("''", "'") }),
  );
  const tables = Array.from(text.matchAll(/^comment on table (\w+\.\w+) is 'owner: ([\w/-]+)';/gm));
  return tables.map(([, name, owner]) => ({
    name: name!,
    owner: owner!,
    columns: lastSaid(columns.filter((column) => column.table === name)),
  }));
}

/** A later migration may say of a column what it has become; it keeps its place. */
function lastSaid(columns: readonly Column[]): readonly Column[] {
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

/** docs/reference/data-map.md. */
export function dataMapPage(): string {
  return [
    '# Data map',
    '',
    'Which table holds what, who may touch it, and how sensitive each column is. Read from the comments in `migrations/`; a column without a class does not pass the tests.',
    '',
    '| Class | Meaning |',
    '|---|---|',
    '| `id` | a name of a row, or of something at a carrier |',
    '| `operational` | needed to run: times, states, fixed words, counts |',
    "| `business` | the business's own: its name, hours, numbers, texts |",
    '| `personal` | about a caller or a team member: sealed under a key that lives outside the database |',
    '| `secret` | a credential or key: sealed, or readable by no role that runs the product |',
    '| `index` | a keyed hash, so that something sealed can be found again |',
    ...dataMap().flatMap(tableSection),
  ].join('\n');
}

function tableSection({ name, owner, columns }: Table): readonly string[] {
  const rows = columns.map((column) => `| ${column.name} | \`${column.kind}\` | ${column.what} |`);
  return ['', `## ${name}`, '', `Owner: \`${owner}\``, '', '| Column | Class | What |', '|---|---|---|', ...rows];
}
