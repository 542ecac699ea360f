import { download, problem } from '#base';
import {
  continues,
  headIn,
  findings,
  keysIn,
  linesOf,
  verifyExport,
  type LogFault,
  type SeenHead,
  type SignedHead,
} from '#safeguards/log';
import { hashesIn, nodeHash, tilePath, type HashAt, type NoteKey } from '#tlog';
import type { Io } from '../command.ts';
import { told, type Verified, type Verifying } from './verifying.ts';

/** Where an installation publishes its log. */
const folder = '/.well-known/sotto/log';

/**
 * Verifies the global tree that an installation publishes: its checkpoint, that its tiles make the root that is signed,
 * and that it continues what was seen. With an API key in SOTTO_API_KEY also the log of that key's organisation.
 */
export async function verifyLive(io: Io, address: string, by: Verifying): Promise<Verified> {
  const { origin } = new URL(address);
  const ask = (path: string) => textAt(io, `${origin}${folder}/${path}`);
  const keys = by.keys.length > 0 ? by.keys : (keysIn((await ask('keys')).toString('utf8')) ?? []);
  const global = await globalTree(ask, { ...by, keys });
  const own = await ownLog(io, origin, { ...by, keys }, by.seen.get(global.name));
  const faults = [...global.faults, ...(own?.faults ?? [])];
  return {
    document: { address: origin, global: global.document, log: own?.document, faults },
    human: `${global.human} Verified with ${sources[by.keysFrom ?? 'published']}.\n${own?.human ?? onlyPublic}`,
    faults,
    keys,
    seen: new Map([...global.seen, ...(own?.seen ?? [])]),
  };
}

const sources = {
  given: 'the keys that were given',
  remembered: 'the keys of the first look',
  published: 'the keys that it publishes itself',
} as const;

const onlyPublic = 'Only what is public was verified: an API key in SOTTO_API_KEY adds the log of its organisation.';

async function globalTree(ask: (path: string) => Promise<Buffer>, { keys, seen }: Verifying) {
  const note = (await ask('checkpoint')).toString('utf8');
  const found = findings();
  const name = keys[0]?.name ?? '';
  const where = `the global tree ${name}`;
  const head = headIn(note, { origin: name, keys, all: true, where }, found);
  const { faults } = found;
  if (!head)
    return { name, faults, human: 'WRONG: the global tree is not believed.', seen: new Map<string, SeenHead>() };
  const hashAt = hashesIn((tile) => ask(tilePath(tile)), head.size);
  await compare({ head, hashAt, seen: seen.get(name), where }, found.add);
  const isRight = found.count() === 0;
  return {
    name,
    faults,
    document: { origin: name, size: head.size, root: head.root.toString('hex') },
    human: `${isRight ? 'Right' : 'WRONG'}: the global tree ${name} has ${head.size} heads.`,
    seen: new Map(isRight ? [[name, { ...head, note }]] : []),
  };
}

type Comparing = {
  readonly head: SignedHead;
  readonly hashAt: HashAt;
  readonly seen: { readonly size: number; readonly root: Buffer } | undefined;
  readonly where: string;
};

async function compare(
  { head, hashAt, seen, where }: Comparing,
  add: (...fault: [LogFault['what'], string, string]) => void,
) {
  const root = await rootOver(hashAt, head.size).catch(unreadable);
  if (!root?.equals(head.root))
    add('root-differs', where, 'The tiles that are published do not make the root that is signed.');
  const said = await continues(hashAt, seen, head).catch(unreadable);
  if (said === 'rolled-back')
    add(said, where, 'An earlier look saw a larger tree: this is an old copy, or its newest entries were removed.');
  if (said === 'forked' || said === undefined)
    add('forked', where, 'This is not the tree of the earlier look, grown: there are two.');
}

/** A tile that is not whole is a fault; that nobody answers is none. */
function unreadable(error: unknown): undefined {
  if (error instanceof RangeError) return undefined;
  throw error;
}

/** The root from the largest subtrees, which lie in few tiles. */
async function rootOver(hashAt: HashAt, size: number): Promise<Buffer | undefined> {
  let root: Buffer | undefined;
  let end = size;
  for (let level = 0; end > 0; level += 1) {
    const count = 2 ** level;
    if (Math.floor(end / count) % 2 === 0) continue;
    const node = await hashAt(level, end / count - 1);
    root = root ? nodeHash(node, root) : node;
    end -= count;
  }
  return root;
}

async function ownLog(
  io: Io,
  origin: string,
  by: Verifying & { readonly keys: readonly NoteKey[] },
  seen: { readonly size: number } | undefined,
) {
  const key = io.env['SOTTO_API_KEY'];
  if (key === undefined || key === '') return undefined;
  const query = seen && seen.size > 0 ? `?since=${seen.size}` : '';
  const { status, body } = await download(`${origin}/api/v1/audit/export${query}`, {
    headers: { authorization: `Bearer ${key}` },
    stopped: io.stopped,
  });
  if (status !== 200) throw problem('usage', `The key in SOTTO_API_KEY may not read the audit log there (${status}).`);
  const { keysFrom, ...trusted } = by;
  return told(await verifyExport(linesOf(body), { ...trusted, ...(keysFrom && { keysFrom }) }), by);
}

async function textAt(io: Io, address: string): Promise<Buffer> {
  const { status, body } = await download(address, { stopped: io.stopped });
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  if (status !== 200) throw problem('usage', `There is no log of Sotto at ${address} (${status}).`);
  return Buffer.concat(chunks);
}
