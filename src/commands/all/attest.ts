import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { openSenses, type Senses } from '#app';
import { problem } from '#base';
import {
  addDocument,
  documentKinds,
  isDocumentKind,
  isInDate,
  largestFile,
  listDocuments,
  removeDocument,
  type TrustDocument,
} from '#trust';
import { silent, type Command, type Io } from '../command.ts';

const by = 'command:attest';

export default {
  say: 'Adds, lists or removes documents of outside parties: reports and certificates that the trust page may rest on while they are in date.',
  words: [
    { name: 'what', say: 'add, list or remove', oneOf: ['add', 'list', 'remove'] },
    { name: 'which', say: 'with add: the file; with remove: the id of the document', isOptional: true },
  ],
  options: {
    kind: { type: 'string', say: `with add: what it is: ${documentKinds.join(', ')}` },
    title: { type: 'string', say: 'with add: what stands on it, as it is to be shown' },
    issuer: { type: 'string', say: 'with add: the company that issued it' },
    issued: { type: 'string', say: 'with add: the day of issue, as 2026-03-01' },
    until: { type: 'string', say: 'with add: the last day it is good for' },
    about: {
      type: 'string',
      say: 'with add: the provider it is about, when it is not about you; of an operator-statement the law, such as gdpr',
    },
    public: { type: 'boolean', say: 'with add: everybody may download the file; else whoever asks you for it' },
  },
  async run(io) {
    const senses = await openSenses(io.config(), silent);
    try {
      await work(io, senses);
      return 0;
    } finally {
      await senses.close();
    }
  },
} satisfies Command;

async function work(io: Io, senses: Senses): Promise<void> {
  const { what, which } = io.words;
  if (what === 'list') return list(io, senses);
  if (which === undefined) {
    throw problem('usage', 'Say which: ./sotto attest add FILE --kind …, or ./sotto attest remove ID.');
  }
  if (what === 'add') return add(io, senses, which);
  await removeDocument(senses.ctx, by, which);
  io.print({ removed: which }, 'Removed, its file too. What rested on it says so from now on.');
}

async function add(io: Io, { ctx }: Senses, path: string): Promise<void> {
  const kind = text(io, 'kind');
  if (!isDocumentKind(kind)) throw problem('usage', `--kind is one of ${documentKinds.join(', ')}.`);
  const about = io.options['about'];
  const document = await addDocument(ctx, by, {
    kind,
    title: text(io, 'title'),
    issuer: text(io, 'issuer'),
    about: typeof about === 'string' ? about : null,
    issuedOn: text(io, 'issued'),
    untilOn: text(io, 'until'),
    isPublic: io.options['public'] === true,
    file: await fileAt(path),
    mediaType: mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
  });
  io.print(
    document,
    `Added ${document.id}: ${document.title}, in date until ${document.untilOn}.\nSHA-256 ${document.sha256}`,
  );
}

const mediaTypes: Readonly<Record<string, string>> = { '.pdf': 'application/pdf', '.txt': 'text/plain' };

function text({ options }: Io, name: string): string {
  const given = options[name];
  if (typeof given === 'string') return given;
  throw problem('usage', `A document needs --${name}.`);
}

async function fileAt(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size <= largestFile) return await readFile(path);
  } catch (error) {
    throw problem('usage', `The file ${path} cannot be read.`, { cause: error });
  }
  throw problem('usage', `The file ${path} has more than ${largestFile} bytes.`);
}

async function list(io: Io, { ctx }: Senses): Promise<void> {
  const now = ctx.clock.now();
  const documents = (await listDocuments(ctx)).map((one) => ({ ...one, isInDate: isInDate(one, now) }));
  const none = 'There is no document. Nothing on the trust page rests on anybody outside.';
  io.print(documents, documents.length === 0 ? none : documents.map(line).join('\n'));
}

function line(one: TrustDocument & { readonly isInDate: boolean }): string {
  const { id, kind, title, issuer, about, issuedOn, untilOn, isPublic } = one;
  const state = one.isInDate ? 'in date' : 'NOT in date';
  const who = about === null ? issuer : `${issuer}, about ${about}`;
  return `${id}  ${state.padEnd(11)} ${issuedOn} to ${untilOn}  ${kind}: ${title} (${who}; ${isPublic ? 'public' : 'on request'})`;
}
