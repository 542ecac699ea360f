import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isProblem, Outside, problem } from '#base';
import { keysIn, linesOf, verifyExport, type ExportCheck } from '#safeguards/log';
import type { NoteKey } from '#tlog';
import type { Io } from '../command.ts';
import { isProofFile, verifyProof } from './check-proof.ts';
import { verifyLive } from './live.ts';
import { recall, remember } from './memory.ts';
import { textOf, told, type Verified, type Verifying } from './verifying.ts';
import { faultLines } from './words.ts';

/** Verifies an export, a proof of one entry, or a live address. No configuration, keystore or database is opened. */
export async function verify(io: Io): Promise<0 | 1> {
  const what = io.words['file'];
  if (what === undefined) throw problem('usage', 'Say what: ./sotto audit verify FILE, or an address.');
  const state = textOf(io, 'state');
  const by = await verifying(io, state);
  const verified = /^https?:\/\//.test(what)
    ? await verifyLive(io, what, by).catch(unanswered)
    : await verifyFile(what, by);
  const isRight = verified.faults.length === 0;
  io.print({ isRight, ...verified.document }, `${verified.human}${faultLines(verified.faults)}`);
  if (isRight && state !== undefined) {
    await remember(state, {
      keys: by.keys.length > 0 ? by.keys : verified.keys,
      seen: new Map([...by.seen, ...verified.seen]),
    });
  }
  return isRight ? 0 : 1;
}

/** Nothing was found wrong where nobody answered: that is said as such. */
function unanswered(error: unknown): never {
  if (!(error instanceof Outside)) throw error;
  throw problem('usage', 'Nothing answers at this address, or it broke off.', { cause: error });
}

async function verifyFile(file: string, by: Verifying): Promise<Verified> {
  if (await isProofFile(file)) return verifyProof(await readFile(file, 'utf8'), by);
  return told(await checked(file, by), by);
}

/** Throws `usage` for a file that cannot be read, and for lines no export has. */
async function checked(file: string, by: Verifying): Promise<ExportCheck> {
  const { keysFrom, ...trusted } = by;
  const given = keysFrom && { keysFrom };
  try {
    return await verifyExport(linesOf(createReadStream(file)), { ...trusted, ...given });
  } catch (error) {
    if (isProblem(error)) throw error;
    if (error instanceof RangeError || (error as { code?: unknown }).code !== undefined)
      throw problem('usage', `The file ${file} cannot be read as an export.`, { cause: error });
    throw error;
  }
}

async function verifying(io: Io, state: string | undefined): Promise<Verifying> {
  const memory = state === undefined ? { keys: [], seen: new Map() } : await recall(state);
  const given = await keysOption(io, 'key');
  const witnesses = (await keysOption(io, 'witness')) ?? [];
  if (given) return { keys: given, seen: memory.seen, witnesses, keysFrom: 'given' };
  const keysFrom = memory.keys.length > 0 ? 'remembered' : undefined;
  return { keys: memory.keys, seen: memory.seen, witnesses, keysFrom };
}

/** Keys as they stand, or the file they stand in. Throws `usage` for what is none. */
async function keysOption(io: Io, name: string): Promise<readonly NoteKey[] | undefined> {
  const given = textOf(io, name);
  if (given === undefined) return undefined;
  const text = given.includes('+') ? given : await readFile(given, 'utf8').catch(() => '');
  const keys = keysIn(text);
  if (!keys)
    throw problem(
      'usage',
      `--${name} takes keys like NAME+HASH+BASE64, with commas between, or a file with one on each line.`,
    );
  return keys;
}
