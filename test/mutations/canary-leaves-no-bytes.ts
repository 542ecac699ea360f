import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { temporaryFolder } from '../keys.ts';
import { openVisited } from '../visiting.ts';
import { mutationIn } from './mutation.ts';

/** The product has rung itself, and the files of its tables are looked at. */
async function visited(t: TestContext) {
  const opened = await openVisited(t);
  await opened.visit();
  const { means, database } = opened.ground;
  const folder = await temporaryFolder(t);
  await filesOf(database.admin(), folder);
  return { means: { ...means, files: { ...means.files, roots: [...means.files.roots, folder] } } };
}

/** As PostgreSQL has them, byte by byte, wherever they lie. */
async function filesOf(connection: pg.ClientConfig, folder: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query('checkpoint');
  const { rows } = await client.query<{ path: string; bytes: Buffer }>(`
    select path, pg_read_binary_file(path) as bytes from (
      select pg_relation_filepath(oid) as path from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r') f`);
  await client.end();
  for (const { path, bytes } of rows) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

export default mutationIn(visited, {
  breaks: 'what callers say is written down as it is',
  found: /what the canary said is there as/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/vault/seal.ts',
      from: "const sealed = gcmSeal(key.secret, { nonce: random.bytes(12), plain: Buffer.from(text, 'utf8'), context });",
      to: "const sealed = Buffer.concat([random.bytes(28), Buffer.from(context ? text : '', 'utf8')]);",
    },
    {
      file: 'src/safeguards/vault/seal.ts',
      from: 'const plain = gcmOpen(key.secret, sealed.subarray(headLength), contextOf(organisation, place));',
      to: 'const plain = organisation ? sealed.subarray(headLength + 28) : undefined;',
    },
  ],
});
