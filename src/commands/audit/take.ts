import { createWriteStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { isId, problem, type Id } from '#base';
import { exportByHand, openSenses, proveByHand, type Senses } from '#app';
import { silent, type Io } from '../command.ts';
import { textOf } from './verifying.ts';

/** Writes the log of an organisation, or of the installation, to a file. */
export function take(io: Io): Promise<0 | 1> {
  if (io.words['file'] !== undefined) refuseTaken(io, io.words['file']);
  return withSenses(io, async (senses, organisation) => {
    const since = sinceOf(io);
    const openings = io.options['openings'] === true;
    const { plan, bytes } = await exportByHand(senses, { organisation, openings, since });
    const file = io.words['file'] ?? `sotto-audit-${plan.organisation}-${plan.head.size}.jsonl`;
    await write(io, file, Readable.from(bytes, { objectMode: false }));
    const document = {
      file,
      organisation: plan.organisation,
      log: plan.head.origin,
      entries: plan.head.size,
      openings,
    };
    io.print(document, `${plan.head.size} entries in ${file}\nCheck it, anywhere   ./sotto audit verify ${file}`);
  });
}

/** Writes the proof of one entry to a file. */
export function prove(io: Io): Promise<0 | 1> {
  const entry = io.words['file'];
  if (entry === undefined || !isId(entry))
    throw problem('usage', 'Say which entry, by its id: ./sotto audit prove ENTRY.');
  const file = textOf(io, 'out') ?? `${entry}.tlog-proof`;
  refuseTaken(io, file);
  return withSenses(io, async (senses, organisation) => {
    const { text, vkeys } = await proveByHand(senses, {
      organisation,
      entry,
      openings: io.options['openings'] === true,
    });
    await write(io, file, Readable.from([text]));
    io.print(
      { file, entry, keys: vkeys },
      `The proof is in ${file}\nCheck it, anywhere   ./sotto audit verify ${file} --key '${vkeys.join(',')}'`,
    );
  });
}

/** Before anything is opened or written down as taken. Throws `usage`. */
function refuseTaken(io: Io, file: string): void {
  if (io.options['replace'] !== true && existsSync(file)) throw taken(file);
}

async function write(io: Io, file: string, content: Readable): Promise<void> {
  const flags = io.options['replace'] === true ? 'w' : 'wx';
  await pipeline(content, createWriteStream(file, { mode: 0o600, flags })).catch((error: unknown) => {
    const { syscall, code } = error as { readonly syscall?: unknown; readonly code?: unknown };
    if (code === 'EEXIST') throw taken(file);
    if (syscall === undefined) throw error;
    throw problem('usage', `${file} cannot be written.`, { cause: error });
  });
}

function taken(file: string) {
  return problem('usage', `${file} is there already. Say another file, or --replace.`);
}

async function withSenses(io: Io, work: (senses: Senses, organisation: Id | undefined) => Promise<void>): Promise<0> {
  const organisation = textOf(io, 'organisation');
  if (organisation !== undefined && !isId(organisation)) throw problem('usage', '--organisation takes the id of one.');
  const senses = await openSenses(io.config(), silent);
  try {
    await work(senses, organisation);
    return 0;
  } finally {
    await senses.close();
  }
}

function sinceOf(io: Io): readonly number[] {
  const given = textOf(io, 'since');
  if (given === undefined) return [];
  const since = Number(given);
  if (!Number.isSafeInteger(since) || since < 1) throw problem('usage', '--since takes a size of the global tree.');
  return [since];
}
