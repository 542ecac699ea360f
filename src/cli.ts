import { parseArgs } from 'node:util';
import { isProblem, jsonLog, problem, readConfig, systemClock, type Item, type Problem } from '#base';
import { commandNamed, commands, type Command, type Io, type Word } from '#commands';

const help = {
  json: { type: 'boolean', say: 'print one JSON document' },
  help: { type: 'boolean', short: 'h', say: 'show this' },
} as const;

/** Runs one command. Exit codes: 0 good, 1 found something or failed, 2 used wrongly. */
async function main(given: readonly string[]): Promise<number> {
  const [name, ...rest] = given;
  const command = await commandNamed(name ?? '');
  if (!command) {
    const all = await commands();
    const isAsking = [undefined, 'help', '--help', '-h'].includes(name);
    if (isAsking) process.stdout.write(overview(all));
    else process.stderr.write(`There is no command ${name}.\n\n${overview(all)}`);
    return isAsking ? 0 : 2;
  }
  const asJson = rest.includes('--json');
  try {
    const { values, positionals } = parse(command.item, rest);
    if (values['help']) {
      process.stdout.write(usage(command));
      return 0;
    }
    return await command.item.run(ioOf(values, namedWords(command.item, positionals), asJson));
  } catch (error) {
    return failed(error, asJson);
  }
}

function parse(command: Command, given: readonly string[]) {
  const options = { ...command.options, ...help };
  try {
    return parseArgs({ args: [...given], options, allowPositionals: (command.words ?? []).length > 0 });
  } catch (error) {
    // Node goes on about positional arguments, which are called words here.
    const [what] = (error as Error).message.split(/\. (?=To specify|This command)/);
    throw problem('usage', `${what}. --help shows what there is.`);
  }
}

/** Throws `usage` for a word that is missing, one too many, and one that is none of those it may be. */
function namedWords({ words = [] }: Command, given: readonly string[]): Io['words'] {
  const extra = given[words.length];
  if (extra !== undefined) throw problem('usage', `Unexpected argument '${extra}'. --help shows what there is.`);
  const named = words.map(({ name, oneOf, isOptional }, at) => {
    const word = given[at];
    const may = oneOf ? `one of: ${oneOf.join(', ')}` : name.toUpperCase();
    if (word === undefined && !isOptional) throw problem('usage', `Say ${may}. --help shows what there is.`);
    if (word !== undefined && oneOf && !oneOf.includes(word)) {
      throw problem('usage', `'${word}' is not ${may}. --help shows what there is.`);
    }
    return [name, word] as const;
  });
  return Object.fromEntries(named);
}

function ioOf(options: Io['options'], words: Io['words'], asJson: boolean): Io {
  const stop = new AbortController();
  // The first signal asks; one that is not caught any more ends the process, which every state survives.
  onSignal(() => stop.abort());
  return {
    options,
    words,
    env: process.env,
    config: () => readConfig(process.env),
    log: jsonLog(
      (line) => process.stderr.write(line),
      () => systemClock.now(),
    ),
    print: (document, human) =>
      process.stdout.write(`${asJson ? escaped(JSON.stringify(document, null, 2)) : harmless(human)}\n`),
    tell: (line) => process.stderr.write(`${harmless(line)}\n`),
    stopped: stop.signal,
    hurried() {
      const hurry = new AbortController();
      onSignal(() => hurry.abort());
      return hurry.signal;
    },
  };
}

/** What a terminal obeys, or turns around: strangers write into files and reports that are shown here. */
const commanding = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

function harmless(text: string): string {
  return text.replace(commanding, '\u{fffd}');
}

/** The same document: JSON itself escapes some of them alone. */
function escaped(json: string): string {
  return json.replace(commanding, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function onSignal(act: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, act);
}

/** A problem says what to do; anything else is ours, and its stack is for whoever mends it. */
function failed(error: unknown, asJson: boolean): number {
  if (!isProblem(error)) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
  if (asJson) process.stdout.write(`${JSON.stringify(document(error), null, 2)}\n`);
  const mistakes = error.mistakes.map(({ at, fix }) => `\n  ${at} ${fix}`).join('');
  process.stderr.write(
    `${error.title} (${error.code}).\n${error.code === 'config-invalid' ? '' : error.message}${mistakes}\n`,
  );
  return error.code === 'usage' || error.code === 'config-invalid' || error.code === 'input-invalid' ? 2 : 1;
}

function document({ code, title, status, message, mistakes }: Problem) {
  return {
    type: `problems/${code}`,
    title,
    status,
    detail: message,
    code,
    ...(mistakes.length > 0 ? { mistakes } : {}),
  };
}

function overview(all: readonly Item<Command>[]): string {
  const lines = all.map(({ id, item }) => `  ${id.padEnd(10)} ${item.say}`);
  return `Usage: ./sotto <command> [--json]\n\n${lines.join('\n')}\n\n  ./sotto <command> --help shows its options.\n`;
}

function usage({ id, item }: Item<Command>): string {
  const words = (item.words ?? []).map(({ name, say }) => [name.toUpperCase(), say] as const);
  const options = Object.entries({ ...item.options, ...help }).map(([name, { say }]) => [`--${name}`, say] as const);
  const all = [...words, ...options];
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = all.map(([name, say]) => `  ${name.padEnd(width)} ${say}`);
  const shapes = (item.words ?? []).map((word) => ` ${shapeOf(word)}`).join('');
  return `${item.say}\n\nUsage: ./sotto ${id}${shapes} [options]\n${lines.join('\n')}\n`;
}

function shapeOf({ name, oneOf, isOptional }: Word): string {
  const shape = oneOf?.join('|') ?? name.toUpperCase();
  return isOptional ? `[${shape}]` : shape;
}

// Whoever read our output may leave; the telephone is answered all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.exitCode = await main(process.argv.slice(2));
