import { join } from 'node:path';
import type { Config, Random } from '#base';
import type { KeyProvider } from '../key-provider.ts';
import { aboutFile, makeKeyFile, nextName, nextNames, readKeyFile, settleKeyFile, unreadable } from '../key-file.ts';
import { localRoot } from '../local-root.ts';

/**
 * The root key as 64 hex digits in a file that only its owner can read; made at the first start. The one that is to take
 * its place is made in a file of its own beside it, and gets its name once everything is wrapped by it.
 */
export default {
  isSetUp: () => true,
  async open(config, { create, random }) {
    const file = rootKeyFile(config);
    const found = await aboutFile(file, () => readOrMake(file, create, random));
    if (found) return localRoot(found, random);
    throw unreadable(`${file} does not exist. Put the root key of this installation back, or set SOTTO_ROOT_KEY.`);
  },
  async next(config, { create, random }) {
    const file = rootKeyFile(config);
    return aboutFile(file, async () => {
      const there = await nextNames(file);
      const names = there.length === 0 && create ? [nextName(file, random)] : there;
      const found = await Promise.all(
        names.map(async (name) => ({ name, key: await readOrMake(name, create, random) })),
      );
      return found.flatMap(({ name, key }) =>
        key ? [{ root: localRoot(key, random), settle: () => aboutFile(file, () => settleKeyFile(name, file)) }] : [],
      );
    });
  },
} satisfies KeyProvider;

function rootKeyFile(config: Config): string {
  return config.rootKeyFile ?? join(config.dataDir, 'keys', 'root.key');
}

/** The key in `file`; undefined when there is no such file and none is to be made. */
async function readOrMake(file: string, create: boolean, random: Random): Promise<Buffer | undefined> {
  const found = await readKeyFile(file);
  if (found !== undefined) return keyIn(file, found);
  if (!create) return undefined;
  await makeKeyFile(file, random.bytes(32).toString('hex'), random);
  // Of two that make it at once one wins, and both read that one.
  const made = await readKeyFile(file);
  return made === undefined ? undefined : keyIn(file, made);
}

function keyIn(file: string, text: string): Buffer {
  if (/^[0-9a-f]{64}\s*$/i.test(text)) return Buffer.from(text.slice(0, 64), 'hex');
  throw unreadable(
    `${file} must hold 64 hex digits and nothing else. Put the right root key back; a new one opens no old data.`,
  );
}
