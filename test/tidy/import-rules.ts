import { target, type Repository, type Rule, type SourceFile } from './repository.ts';

/** Each import of a file that names one of our modules through its door. */
function doorsOf(file: SourceFile): readonly string[] {
  return file.imports.filter((name) => name.startsWith('#')).map((name) => name.slice(1));
}

function relativesOf(file: SourceFile): readonly string[] {
  return file.imports.filter((name) => name.startsWith('.')).map((name) => target(file.path, name));
}

/** Files of the product, their tests included. */
function sources(repository: Repository): readonly SourceFile[] {
  return repository.files.filter((file) => file.path.startsWith('src/'));
}

const everyFileHasARung: Rule = {
  say: 'every source file belongs to a module of the ladder, and every module of the ladder exists',
  look: (repository) => {
    const { files, ladder } = repository;
    const homeless = sources(repository).filter((file) => file.module === undefined && file.path !== 'src/cli.ts');
    const empty = ladder.filter((module) => files.length > 1 && !files.some((file) => file.module === module));
    return [
      ...homeless.map(({ path }) => `${path} is in no module; add its folder to the ladder in ARCHITECTURE.md`),
      ...empty.map((module) => `${module} is on the ladder and has no files; take it off until it has`),
    ];
  },
  breaks: [['src/somewhere/else.ts', 'export const a = 1;']],
  keeps: [['src/cli.ts', 'export const a = 1;']],
};

const importsPointUp: Rule = {
  say: 'imports point up the ladder, types included',
  look: ({ files, ladder }) =>
    files.flatMap((file) => {
      if (file.module === undefined) return [];
      const here = ladder.indexOf(file.module);
      const below = doorsOf(file).filter((door) => ladder.indexOf(door) > here);
      return below.map((door) => `${file.path} imports #${door}, which is below ${file.module}; pass what it needs in`);
    }),
  breaks: [
    ['src/base/a.ts', "import { answer } from '#secretary/calls';"],
    ['src/safeguards/vault/a.ts', "import type { Call } from '#secretary/calls';"],
    ['src/safeguards/vault/b.ts', "export type Call = import('#secretary/calls').Call;"],
    ['src/safeguards/vault/c.ts', "export * from '#safeguards/audit';"],
  ],
  keeps: [['src/secretary/calls/a.ts', "import type { Tx } from '#base'; // not import '#app'"]],
};

const onlyDoors: Rule = {
  say: 'another module is reached through its door alone, the own one by relative paths',
  look: (repository) =>
    sources(repository).flatMap((file) => {
      const wrongDoors = doorsOf(file).filter((door) => !repository.ladder.includes(door));
      const own = file.isTest ? [] : doorsOf(file).filter((door) => door === file.module);
      const leaving = relativesOf(file).filter((path) => leaves(file, path));
      return [
        ...wrongDoors.map((door) => `${file.path} imports #${door}, which is no module of the ladder`),
        ...own.map((door) => `${file.path} imports its own door #${door}; use a relative path`),
        ...leaving.map((path) => `${file.path} reaches into ${path}; import that module's door`),
      ];
    }),
  breaks: [
    ['src/secretary/calls/a.ts', "import { seal } from '../../safeguards/vault/seal.ts';"],
    ['src/secretary/calls/b.ts', "import { base } from '../../base/index.ts';"],
    ['src/secretary/calls/c.ts', "import { twilio } from '#adapters/carriers/vendors/twilio';"],
    ['src/secretary/calls/d.ts', "import { answer } from '#secretary/calls';"],
    ['src/secretary/calls/e.ts', "import { world } from '../../../test/world.ts';"],
    ['src/cli.ts', "import { seal } from './safeguards/vault/seal.ts';"],
  ],
  keeps: [
    ['src/secretary/calls/f.ts', "import { answer } from './answer.ts'; import { seal } from '#safeguards/vault';"],
    ['src/secretary/calls/g.test.ts', "import { world } from '../../../test/world.ts';"],
  ],
};

function leaves(file: SourceFile, path: string): boolean {
  if (file.isTest && path.startsWith('test/')) return false;
  return !path.startsWith(`src/${file.module ?? ''}/`) || file.module === undefined;
}

const leavesOfTheTree: Rule = {
  say: 'adapters and rules import nothing of ours but base',
  look: ({ files }) =>
    files.flatMap((file) => {
      if (!/^src\/(adapters|rules)\//.test(file.path) || file.isTest) return [];
      const others = doorsOf(file).filter((door) => door !== 'base');
      return others.map((door) => `${file.path} imports #${door}; adapters and rules know only #base`);
    }),
  breaks: [
    ['src/adapters/carriers/vendors/acme.ts', "import { region } from '#rules';"],
    ['src/rules/regions/us.ts', "import { openServer } from '#edge';"],
  ],
  keeps: [['src/adapters/carriers/vendors/acme.ts', "import type { Ctx } from '#base';"]],
};

const doorsAreShort: Rule = {
  say: 'a door is at most 30 exports long: what a module offers can be seen at once',
  look: ({ files, ladder }) =>
    files
      .filter(({ path }) => ladder.some((module) => path === `src/${module}/index.ts`))
      .filter(({ code }) => (code.match(/^export\b/gm) ?? []).length > 30)
      .map(({ path }) => `${path} has more than 30 exports; offer less, or make it two modules`),
  breaks: [['src/base/index.ts', "export { a } from './a.ts';\n".repeat(31)]],
  keeps: [['src/base/index.ts', "export { a } from './a.ts';\n".repeat(30)]],
};

export const importRules: readonly Rule[] = [
  everyFileHasARung,
  importsPointUp,
  onlyDoors,
  leavesOfTheTree,
  doorsAreShort,
];
