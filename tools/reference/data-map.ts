import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item, VendorProcessor } from '#base';
import {
  dataClasses,
  dataMap,
  elsewhere,
  howLong,
  lengthInWords,
  presets,
  rules,
  settable,
  windowInWords,
  type Column,
  type DataType,
  type Preset,
  type Subject,
} from '#safeguards/retention';
import { processorsOutside } from '#trust';
import { root } from '../program.ts';

export type Table = { readonly name: string; readonly owner: string; readonly columns: readonly Column[] };

/** Which table holds what, from the comments that every migration has to make. */
export function tables(): readonly Table[] {
  const text = globSync('migrations/*.sql', { cwd: root })
    .toSorted()
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const owners = new Map(
    Array.from(text.matchAll(/^comment on table (\w+\.\w+) is 'owner: ([\w/-]+)';/gm), ([, name, owner]) => [
      name!,
      owner!,
    ]),
  );
  const said = Array.from(
    text.matchAll(/^comment on column (\w+\.\w+)\.(\w+) is '(\w+): ((?:[^']|'')*)';/gm),
    ([, table, name, kind, what]): Column => ({
      table: table!,
      name: name!,
      class: dataClasses.find((one) => one === kind),
      about: what!.replaceAll("''", "'"),
      owner: owners.get(table!) ?? '',
    }),
  );
  const gone = droppedIn(text);
  const columns = lastSaid(said).filter(({ table, name }) => !gone.has(`${table}.${name}`));
  return [...owners].map(([name, owner]) => ({ name, owner, columns: columns.filter(({ table }) => table === name) }));
}

/** Columns that a later migration took away. */
function droppedIn(text: string): ReadonlySet<string> {
  const changes = Array.from(text.matchAll(/^alter table (\w+\.\w+)([^;]*);/gm));
  return new Set(
    changes.flatMap(([, table, body]) =>
      Array.from(body!.matchAll(/\bdrop column (\w+)/g), ([, name]) => `${table}.${name}`),
    ),
  );
}

/** A later migration may say of a column what it has become; it keeps its place. */
function lastSaid(columns: readonly Column[]): readonly Column[] {
  return [...new Map(columns.map((column) => [`${column.table}.${column.name}`, column])).values()];
}

const subjects: { readonly [S in Subject]: string } = {
  caller: 'About people who call',
  member: 'About members of the team',
  business: 'Of the business',
  installation: 'Of the installation',
};

/** What the database itself says and no migration does: how far it is migrated. */
const ofItself: readonly Column[] = ['position', 'name', 'hash', 'applied_at'].map((name) => ({
  table: 'ledger.migrations',
  name,
  class: 'operational',
  about: '',
  owner: 'database',
}));

/** docs/reference/data-map.md. */
export async function dataMapPage(): Promise<string> {
  const [all, usual, processors] = await Promise.all([rules(), presets(), processorsOutside()]);
  const columns = [...tables().flatMap((table) => table.columns), ...ofItself];
  const { types } = dataMap({ rules: all, columns, elsewhere: elsewhere(all), processors });
  return [
    '# Data map',
    '',
    'What is kept, whose it is, what for, how long and how it ends; which table holds what, who may touch it, and how sensitive each column is; and who outside gets what and keeps what. Made from the rules in `src/safeguards/retention/rules`, the comments in `migrations/` and the vendor files. A column, folder, file or memory without a rule does not pass the tests. An installation shows the same of itself at `/trust/data`.',
    ...Object.entries(subjects).flatMap(([subject, title]) => [
      '',
      `## ${title}`,
      ...types
        .filter((type) => type.subject === subject)
        .flatMap((type) =>
          typeSection(
            type,
            howLong(
              all.find(({ id }) => id === type.id)!,
              all,
            ).en,
          ),
        ),
    ]),
    ...presetTable(usual, types),
    ...processors.flatMap((processor, at) => [...(at === 0 ? outsideHead : []), ...processorSection(processor)]),
    ...classes,
    ...tables().flatMap(tableSection),
  ].join('\n');
}

function typeSection(type: DataType, length: string): readonly string[] {
  const whole = new Set(type.columns.map(({ table }) => table));
  const names = [...whole].map((table) => {
    const own = type.columns.filter((column) => column.table === table).map(({ name }) => name);
    return `\`${table}\` (${own.join(', ')})`;
  });
  const places = [...names, ...type.elsewhere.map((place) => `\`${place}\``)];
  return [
    '',
    `### ${type.say.en}`,
    '',
    type.purpose.en,
    '',
    `- Rule: \`${type.id}\``,
    `- How long: ${length}`,
    `- Ends by: ${type.ends.join(', then ') || 'nothing; it stays'}`,
    `- Where: ${places.join('; ')}`,
  ];
}

function presetTable(usual: readonly Item<Preset>[], types: readonly DataType[]): readonly string[] {
  const name = (id: string) => types.find((type) => type.id === id)?.say.en ?? id;
  return [
    '',
    '## The usual settings',
    '',
    'What each business sets itself: one of these, or days of its own from 1 to 3650. None is without an end.',
    '',
    `| Type of data | ${usual.map(({ id }) => `\`${id}\``).join(' | ')} |`,
    `|---|${usual.map(() => '---|').join('')}`,
    ...settable.map(
      (id) => `| ${name(id)} | ${usual.map(({ item }) => windowInWords(item.windows[id]).en).join(' | ')} |`,
    ),
    `| After a confirmed hand-over | ${usual.map(({ item: { afterHandOver } }) => (afterHandOver === null ? 'no sooner' : `within ${lengthInWords(afterHandOver).en}`)).join(' | ')} |`,
  ];
}

const outsideHead = [
  '',
  '## Who outside gets something',
  '',
  'Only those that the business or the operator has connected.',
];

function processorSection({ name, purpose, data, region, keeps }: VendorProcessor): readonly string[] {
  return [
    '',
    `### ${name}`,
    '',
    `${purpose}.`,
    '',
    `- Gets: ${data.join('; ')}`,
    `- Where: ${region}`,
    ...(keeps.length === 0 ? ['- Keeps nothing'] : keeps.map((one) => `- Keeps: ${residue(one)}`)),
  ];
}

function residue({ say, days, from, deletable, source, verified }: VendorProcessor['keeps'][number]): string {
  const length = days === null ? 'no end said' : `${days} days from when it was ${from}`;
  const words = [length, deletable ? 'deleted by Sotto and read back' : 'cannot be deleted from here', source];
  return `${say.en} (${[...words, ...(verified ? [] : ['not read at the source'])].join('; ')})`;
}

const classes = [
  '',
  '## Tables',
  '',
  '| Class | Meaning |',
  '|---|---|',
  '| `id` | a name of a row, or of something at a carrier |',
  '| `operational` | needed to run: times, states, fixed words, counts |',
  "| `business` | the business's own: its name, hours, numbers, texts |",
  '| `personal` | about a caller or a team member: sealed under a key that lives outside the database |',
  '| `secret` | a credential or key: sealed, or readable by no role that runs the product |',
  '| `index` | a keyed hash, so that something sealed can be found again |',
];

function tableSection({ name, owner, columns }: Table): readonly string[] {
  const rows = columns.map((column) => `| ${column.name} | \`${column.class}\` | ${column.about} |`);
  return ['', `### ${name}`, '', `Owner: \`${owner}\``, '', '| Column | Class | What |', '|---|---|---|', ...rows];
}
