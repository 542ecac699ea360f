import { parseArgs } from 'node:util';
import { isProblem, jsonLog, problem, readConfig, systemClock, type Item, type Problem } from '#base';
import { commandNamed, commands, type Command, type Io } from '#commands';

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
    const values = parse(command.item, rest);
    if (values['help']) {
      process.stdout.write(usage(command));
      return 0;
    }
    return await command.item.run(ioOf(values, asJson));
  } catch (error) {
    return failed(error, asJson);
  }
}

function parse(command: Command, given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: { ...command.options, ...help } }).values;
  } catch (error) {
    // Node goes on about positional arguments, of which there are none here.
    const [what] = (error as Error).message.split(/\. (?=To specify|This command)/);
    throw problem('usage', `${what}. --help shows what there is.`);
  }
}

function ioOf(options: Io['options'], asJson: boolean): Io {
  const stop = new AbortController();
  // The first signal asks; one that is not caught any more ends the process, which every state survives.
  onSignal(() => stop.abort());
  return {
    options,
    env: process.env,
    config: () => readConfig(process.env),
    log: jsonLog(
      (line) => process.stderr.write(line),
      () => systemClock.now(),
    ),
    print: (document, human) => process.stdout.write(`${asJson ? JSON.stringify(document, null, 2) : human}\n`),
    tell: (line) => process.stderr.write(`${line}\n`),
    stopped: stop.signal,
    hurried() {
      const hurry = new AbortController();
      onSignal(() => hurry.abort());
      return hurry.signal;
    },
  };
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
  const lines = Object.entries({ ...item.options, ...help }).map(([name, { say }]) => `  --${name.padEnd(10)} ${say}`);
  return `${item.say}\n\nUsage: ./sotto ${id} [options]\n${lines.join('\n')}\n`;
}

// Whoever read our output may leave; the telephone is answered all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.exitCode = await main(process.argv.slice(2));
