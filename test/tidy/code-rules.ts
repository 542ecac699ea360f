import { posix } from 'node:path';
import { type Repository, type Rule, type SourceFile } from './repository.ts';

/** Product code: what runs in an installation, without tests. */
function product(repository: Repository): readonly SourceFile[] {
  return repository.files.filter((file) => file.path.startsWith('src/') && !file.isTest);
}

/** Lines of the given files in which the pattern stands, as `where: what`. */
function find(files: readonly SourceFile[], pattern: RegExp, instead: string): readonly string[] {
  return files.flatMap(({ path, code }) =>
    Array.from(code.matchAll(pattern), (match) => `${path}: ${match[0].trim()} ${instead}`),
  );
}

const senses =
  /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\.now\b|\bset(?:Timeout|Interval|Immediate)\b|\bMath\.random\b|\brandom(?:Bytes|UUID|Int)\b|\bgetRandomValues\b|\bfetch\(|\bprocess\.(?:env|exit|abort)\b|\bconsole\./g;

const onlySensesTouchTheWorld: Rule = {
  say: 'only base and the entry file touch time, chance, network, environment and console',
  look: (repository) => {
    const rest = product(repository).filter(({ module, path }) => module !== 'base' && path !== 'src/cli.ts');
    return find(rest, senses, 'is a sense; take clock, random, http, config or log from Ctx');
  },
  breaks: [
    ...'Date.now()|new Date()|Date()|performance.now()|setTimeout(f, 1)|setInterval(f, 1)|Math.random()|randomBytes(8)'.split(
      '|',
    ),
    ...'crypto.randomUUID()|fetch(url)|process.env.HOME|console.log(1)|process.exit(1)|`${process.env.HOME}`'.split(
      '|',
    ),
  ].map((code) => ['src/secretary/calls/a.ts', `export const a = ${code};`] as const),
  keeps: [
    ['src/base/clock.ts', 'export const now = () => Date.now();'],
    ['src/cli.ts', 'process.exitCode = await main(process.env);'],
    ['src/edge/a.ts', "export const a = new Date(ms); // Date.now() is a sense\nexport const b = 'console.log';"],
    ['src/edge/b.ts', 'export const prefetch = (a: string) => refetch(a);'],
  ],
};

const timersAndWaysOut = /^node:(?:timers(?:\/promises)?|https?|http2|tls|dgram|dns(?:\/promises)?)$|^undici$/;

const onlyBaseLeavesTheProcess: Rule = {
  say: 'only base imports timers and HTTP clients; only base and edge know HTTP itself',
  look: (repository) =>
    product(repository).flatMap(({ path, module, imports }) => {
      if (module === 'base') return [];
      const found = imports.filter(
        (name) => timersAndWaysOut.test(name) && !(module === 'edge' && name === 'node:http'),
      );
      return found.map((name) => `${path} imports ${name}; take clock or http from Ctx`);
    }),
  breaks: [
    ['src/secretary/calls/b.ts', "import { setTimeout as later } from 'node:timers/promises';"],
    ['src/adapters/carriers/vendors/acme.ts', "import { request } from 'undici';"],
    ['src/edge/a.ts', "import { request } from 'node:https';"],
  ],
  keeps: [['src/edge/b.ts', "import type { IncomingMessage } from 'node:http';"]],
};

/** Where a person's data must be seen in the clear: to seal it, to say it to the carrier, model or API. */
const mayReveal = ['adapters/', 'media', 'safeguards/', 'secretary/', 'app'];

const personalStaysWrapped: Rule = {
  say: 'personal data is unwrapped only where it is sealed, spoken or answered',
  look: (repository) => {
    const rest = product(repository).filter(({ module }) => !mayReveal.some((band) => module?.startsWith(band)));
    return find(
      rest.filter(({ path }) => path !== 'src/base/personal.ts'),
      /\.reveal\(/g,
      'shows personal data here; keep it wrapped',
    );
  },
  breaks: [
    ['src/trust/a.ts', 'export const a = (caller: Personal) => caller.reveal();'],
    ['src/base/log.ts', 'write(caller.reveal());'],
    ['src/commands/demo.ts', 'print(caller?.reveal());'],
  ],
  keeps: [['src/safeguards/vault/a.ts', 'cipher.update(plain.reveal());']],
};

/** Modules that look at every table by design: the first two also change them, the others only read. */
const seesEveryTable = new Set([
  'safeguards/holds',
  'safeguards/retention',
  'safeguards/erasure',
  'safeguards/processors',
  'safeguards/log',
  'trust',
  'database',
]);

const tablesHaveOneOwner: Rule = {
  say: "a table is named in SQL by its owner's files alone",
  look: (repository) =>
    product(repository).flatMap((file) => {
      if (file.module === undefined || seesEveryTable.has(file.module)) return [];
      const foreign = tablesIn(file).filter((table) => (repository.owners.get(table) ?? file.module) !== file.module);
      return foreign.map((table) => `${file.path} names table ${table}; ask its owner ${repository.owners.get(table)}`);
    }),
  breaks: [
    ['src/secretary/calls/a.ts', 'await tx.run(sql`update app.api_keys set name = ${name}`);'],
    ['src/secretary/calls/b.ts', 'await tx.run(sql`delete\n from api_keys`);'],
    ['src/secretary/calls/c.ts', 'await tx.rows(sql`select c.id from app.calls c join api_keys k on true`);'],
  ],
  keeps: [
    ['src/safeguards/accounts/a.ts', 'await tx.run(sql`update app.api_keys set name = ${name}`);'],
    ['src/secretary/calls/d.ts', 'return `never from api_keys`; // app.api_keys'],
  ],
};

/** Tables in the file's `sql` templates, with or without their schema: the search path is ours. */
function tablesIn(file: SourceFile): readonly string[] {
  const statements = Array.from(file.code.matchAll(/\bsql`((?:\\[\s\S]|[^`\\])*)`/g), (match) => match[1]!);
  return statements.flatMap((text) =>
    Array.from(
      text.matchAll(/\b(?:app|sec)\.(\w+)|\b(?:from|join|into|update|table)\s+(?!app\.|sec\.)(\w+)/g),
      ([, a, b]) => a ?? b!,
    ),
  );
}

const sqlGoesThroughTheTag: Rule = {
  say: 'SQL reaches PostgreSQL through the sql tag, never as a built string',
  look: (repository) => {
    const rest = product(repository).filter(({ module }) => module !== 'base' && module !== 'database');
    return find(rest, /\.query\(|\bnew Sql\(/g, 'goes round the sql tag; use tx.rows, tx.one, tx.maybe or tx.run');
  },
  breaks: [
    ['src/secretary/calls/a.ts', "await client.query('select 1 from ' + table);"],
    ['src/secretary/calls/b.ts', 'await tx.rows(new Sql([text], []));'],
  ],
  keeps: [['src/base/db.ts', 'await client.query(begin);']],
};

const modulesHoldNoState: Rule = {
  say: 'no module keeps changing state: tests share one process, and organisations share one module',
  look: (repository) => [
    ...find(product(repository), /^(?:export )?(?:let|var) \w+/gm, 'is module-level state; let a function return it'),
    ...find(
      product(repository),
      /^(?:export )?const \w+(?!: Readonly)[^=\n]*= new (?:Map|Set|WeakMap|WeakSet)(?:<[^()]*>)?\(\)/gm,
      'starts empty, so it is meant to change; let a function return it',
    ),
  ],
  breaks: [
    ['src/base/a.ts', 'let count = 0;'],
    ['src/base/b.ts', 'export const cache = new Map<string, number>();'],
    ['src/base/c.ts', 'const seen: Set<string> = new Set();'],
  ],
  keeps: [
    [
      'src/base/d.ts',
      "const words = new Set(['a']);\nexport function f() {\n  let count = 0;\n  const seen = new Map();\n}",
    ],
  ],
};

const testsAreGoodNeighbours: Rule = {
  say: 'tests never end the process, run alone or replace modules',
  look: ({ files }) =>
    find(
      files
        .filter((file) => file.isTest || file.path.startsWith('test/'))
        // Templates in tests are programs for processes of their own.
        .map((file) => ({ ...file, code: file.code.replace(/`(?:\\[\s\S]|[^`\\])*`/g, '``') })),
      /\bprocess\.(?:exit|abort)\(|\b(?:test|it|describe|t)\.only\(|\bmock\.(?:module|timers)\b|\bMath\.random\b/g,
      'harms the tests that share its process, or makes a failure unrepeatable',
    ),
  breaks: [
    ['src/base/a.test.ts', "test('a', () => process.exit(0));"],
    ['test/journeys/b.test.ts', "test.only('b', () => {});"],
    ['test/world.ts', 'mock.timers.enable();'],
  ],
  keeps: [
    ['src/base/c.test.ts', "test('c', () => assert.doesNotMatch(text, /process.exit/));"],
    ['src/base/d.test.ts', 'const child = `process.exit(3)`;'],
  ],
};

/** Folders in which every file, or every folder's index.ts, is one item. */
const catalogues = [
  'src/adapters/*/vendors',
  'src/adapters/models/vendors/scripted/{languages,skills}',
  'src/rules/regions',
  'src/safeguards/notices/languages',
  'src/secretary/agent/tools',
  'src/safeguards/retention/{rules,presets}',
  'src/trust/claims',
  'src/trust/frameworks',
  'src/commands/all',
];

function isItem({ path, isTest }: SourceFile): boolean {
  return !isTest && catalogues.some((folder) => posix.matchesGlob(path, `${folder}/{*,*/index}.ts`));
}

const catalogueItemsAreDefaults: Rule = {
  say: 'every file of a catalogue is one item: its default export',
  look: ({ files }) =>
    files
      .filter((file) => isItem(file) && !/^export default\b/m.test(file.code))
      .map(({ path }) => `${path} has no default export; it would be refused at start`),
  breaks: [
    ['src/trust/claims/a.ts', 'export const claim = {};'],
    ['src/adapters/models/vendors/acme/index.ts', "export { model } from './model.ts';"],
  ],
  keeps: [
    ['src/trust/claims/b.ts', 'export default {} satisfies Claim;'],
    ['src/adapters/models/vendors/acme/words.ts', 'export const words = [];'],
  ],
};

const nothingIsLeftForLater: Rule = {
  say: 'no file says that it is unfinished',
  look: ({ files }) =>
    files
      .filter(({ path, text }) => !path.startsWith('test/tidy/') && /\b(?:TODO|FIXME|XXX|HACK)\b/.test(text))
      .map(({ path }) => `${path} holds a note for later; do it, or open an issue and take the note out`),
  breaks: [['src/base/a.ts', '// TODO: later']],
  keeps: [['src/base/b.ts', "const spanish = 'todo';"]],
};

const namesAreKebabCase: Rule = {
  say: 'files and folders are named in kebab-case',
  look: ({ files }) =>
    files
      .filter(
        ({ path }) =>
          !/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)+[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|bench|gen|config))?\.tsx?$/.test(path),
      )
      .map(({ path }) => `${path} is not in kebab-case`),
  breaks: [
    ['src/base/personalData.ts', ''],
    ['src/base/Money/index.ts', ''],
    ['test/some_thing.ts', ''],
  ],
  keeps: [['src/base/personal-data.test.ts', '']],
};

export const codeRules: readonly Rule[] = [
  onlySensesTouchTheWorld,
  onlyBaseLeavesTheProcess,
  personalStaysWrapped,
  tablesHaveOneOwner,
  sqlGoesThroughTheTag,
  modulesHoldNoState,
  testsAreGoodNeighbours,
  catalogueItemsAreDefaults,
  nothingIsLeftForLater,
  namesAreKebabCase,
];
