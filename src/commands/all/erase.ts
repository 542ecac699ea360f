import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { iso, problem } from '#base';
import { certificateByHand, eraseByHand, openSenses, type AskedByHand, type ErasedByHand, type Senses } from '#app';
import { silent, type Command, type Io } from '../command.ts';

const waits = {
  'live-call': 'a call of theirs is under way; it goes on when that has ended',
  'hold': 'a legal hold holds something of it; it goes on when that is over',
  'object-store': 'its keys are destroyed, and the object store does not answer; it goes on when it does',
  'processors': 'nothing is left here; processors have not all answered',
} as const;

export default {
  say: 'Erases all of a person by their number, a call, or a whole organisation, now and for good, and writes the signed certificate. Works while Sotto serves, and while it does not. Exits 1 when that has to wait.',
  options: {
    phone: { type: 'string', say: 'the number of the person, such as +15005550142' },
    call: { type: 'string', say: 'the id of the call' },
    organisation: { type: 'string', say: 'the id of the organisation, which ends with all that is in it' },
    now: {
      type: 'boolean',
      say: 'with --organisation: at once, without the thirty days in which an owner can take it back',
    },
    in: { type: 'string', say: 'whose call or caller it is: the id of the organisation, where there are several' },
    certificate: { type: 'string', say: 'erases nothing: the certificate of an earlier erasure, by its id' },
    out: { type: 'string', say: 'the file that the certificate is written to (default: deletion-ID.txt)' },
  },
  async run(io) {
    const asked = askedIn(io);
    await checkFolder(io);
    const senses = await openSenses(io.config(), silent);
    try {
      const erased = await ask(senses, io, asked);
      const file = await write(io, erased);
      io.print(documentOf(erased, file), human(erased, file));
      return file === undefined ? 1 : 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

function text(io: Io, name: string): string | undefined {
  const value = io.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Throws `usage` unless exactly one thing is named. */
function askedIn(io: Io): AskedByHand & { readonly certificate: string | undefined } {
  const one = { phone: text(io, 'phone'), call: text(io, 'call'), organisation: text(io, 'organisation') };
  const asked = { ...one, certificate: text(io, 'certificate') };
  if (Object.values(asked).filter((value) => value !== undefined).length !== 1)
    throw problem('usage', 'Say one of --phone, --call, --organisation and --certificate.');
  if ((asked.organisation !== undefined) !== (io.options['now'] === true))
    throw problem(
      'usage',
      '--organisation erases all that an organisation has, at once: say --now with it, and only with it.',
    );
  return { ...asked, within: text(io, 'in') };
}

function ask(senses: Senses, io: Io, asked: ReturnType<typeof askedIn>): Promise<ErasedByHand> {
  if (asked.certificate !== undefined) return certificateByHand(senses, asked.certificate, text(io, 'in'));
  return eraseByHand(senses, asked);
}

/** Nothing is erased whose certificate has no place to go to. Throws `usage`. */
async function checkFolder(io: Io): Promise<void> {
  const folder = dirname(resolve(text(io, 'out') ?? 'deletion.txt'));
  await access(folder, constants.W_OK).catch(() => {
    throw problem('usage', `The certificate cannot be written to ${folder}: say another file with --out.`);
  });
}

/**
 * Undefined where there is no certificate yet, or it could not be written. That is told and not thrown: it is erased by
 * now, and the salt is given this once.
 */
async function write(io: Io, { erasure, certificate }: ErasedByHand): Promise<string | undefined> {
  if (!certificate) return undefined;
  const file = resolve(text(io, 'out') ?? `deletion-${erasure.id}.txt`);
  try {
    await writeFile(file, certificate.note, { mode: 0o600 });
    return file;
  } catch {
    io.tell(`The certificate could not be written to ${file}.`);
    return undefined;
  }
}

function documentOf({ erasure, salt, certificate, vkey }: ErasedByHand, file: string | undefined) {
  const { id, organisation, scope, state, waitsFor, erasedAt, doneAt } = erasure;
  return {
    id,
    organisation,
    scope,
    state,
    waitsFor,
    erasedAt: erasedAt === null ? null : iso(erasedAt),
    doneAt: doneAt === null ? null : iso(doneAt),
    salt: salt ?? null,
    certificate: certificate ? { file: file ?? null, state: certificate.state } : null,
    key: vkey,
  };
}

function human({ erasure, salt, certificate, vkey }: ErasedByHand, file: string | undefined): string {
  const isFinal = certificate?.state === 'final';
  const lines = [
    stateOf(erasure, certificate?.state),
    ...(file === undefined
      ? []
      : [
          `Certificate             ${file}${isFinal ? '' : ' (interim)'}`,
          `Check it, anywhere      ./sotto verify certificate ${file} --key ${vkey}`,
        ]),
    ...(salt === undefined
      ? []
      : [
          `Salt, for whom it is about: with it and nothing else the certificate shows who that was`,
          `                        ${salt}`,
        ]),
    ...(isFinal && file !== undefined
      ? []
      : [
          `${file === undefined ? 'Its certificate         ' : 'The final one, later    '}./sotto erase --certificate ${erasure.id} --in ${erasure.organisation}`,
        ]),
  ];
  return lines.join('\n');
}

function stateOf({ waitsFor }: ErasedByHand['erasure'], state: 'interim' | 'final' | undefined): string {
  if (state === 'final') return 'Erased.';
  const wait = waitsFor && waits[waitsFor];
  return state === 'interim'
    ? `Erased here, and not everywhere yet: ${wait ?? 'processors are asked'}.`
    : `Not erased yet: ${wait ?? 'it was put down, and broke off; Sotto makes up for it while it serves'}.`;
}
