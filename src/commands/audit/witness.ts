import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { Type } from 'typebox';
import { isProblem, problem, readConfig, systemClock, systemRandom, type Config } from '#base';
import { openServer, route, type Route } from '#edge';
import { keysIn, openWitness, type Witness } from '#safeguards/log';
import { noteSigner, type NoteSigner } from '#tlog';
import type { Io } from '../command.ts';
import { recall, remember, writeWhole } from './memory.ts';
import { textOf } from './verifying.ts';

/**
 * A witness as https://c2sp.org/tlog-witness says: in a process and a folder of its own, best on another machine and in
 * other hands. The folder holds its key and the newest head of each log; a copy of an old one must never be used.
 */
export async function witness(io: Io): Promise<0> {
  const folder = io.words['file'];
  const name = textOf(io, 'name');
  if (folder === undefined || name === undefined) {
    throw problem(
      'usage',
      'Say where it lives and what it is called: ./sotto audit witness FOLDER --name NAME --logs FILE.',
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const signers = await signersIn(folder, name);
  const file = join(folder, 'heads.json');
  const { seen } = await recall(file);
  const kept = openWitness({
    signers,
    logs: await logsIn(io),
    heads: seen,
    save: (heads) => remember(file, { keys: [], seen: heads }),
    now: systemClock.now,
  });
  const ctx = { config: configOf(io), clock: systemClock, random: systemRandom, log: io.log };
  const server = await openServer(ctx, {
    routes: witnessRoutes(kept),
    identify: async () => undefined,
    // Nobody but the logs it knows gets more than a hash compared; each of their heads is a signature to verify.
    admit: async () => ({ ok: true, left: 1 }),
  });
  const { url } = await server.listen().catch((error: unknown) => {
    if (!isProblem(error, 'port-taken')) throw error;
    throw problem('port-taken', `Something else listens on port ${ctx.config.port}. Choose another with --listen.`, {
      cause: error,
    });
  });
  const vkeys = signers.map(({ vkey }) => vkey);
  io.print({ url, keys: vkeys }, [`Witness at ${url}`, ...vkeys.map((vkey) => `Key        ${vkey}`)].join('\n'));
  if (!io.stopped.aborted) await once(io.stopped, 'abort');
  await server.close();
  return 0;
}

const plain = Type.String({ contentMediaType: 'text/plain; charset=utf-8' });

/** What a witness answers. */
export function witnessRoutes(kept: Witness): Route[] {
  return [
    route({
      method: 'POST',
      path: '/add-checkpoint',
      say: 'Takes a head of a log, and signs it when it continues the last one.',
      may: 'carrier',
      limit: 'carrier',
      audits: null,
      output: {
        200: plain,
        400: plain,
        403: plain,
        404: plain,
        409: Type.String({ contentMediaType: 'text/x.tlog.size' }),
        422: plain,
      },
      run: ({ rawBody }) => kept.addCheckpoint(rawBody),
    }),
    route({
      method: 'GET',
      path: '/:origin/checkpoint',
      say: 'The head that was signed last, by the SHA-256 of the name of its log.',
      may: 'public',
      limit: 'public',
      audits: null,
      params: Type.Object({ origin: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      output: { 200: plain },
      async run({ params }) {
        const note = kept.checkpoint(params.origin);
        if (note === undefined) throw problem('not-found', 'No head of such a log was signed here.');
        return { status: 200 as const, body: note };
      },
    }),
  ];
}

/** Its key, made when it is started first. Signs as ML-DSA-44 and as Ed25519: whoever knows only one finds theirs. */
async function signersIn(folder: string, name: string): Promise<readonly NoteSigner[]> {
  const file = join(folder, 'seeds');
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw problem('usage', `The file ${file} cannot be read.`, { cause: error });
  });
  const text = found ?? `${systemRandom.bytes(64).toString('hex')}\n`;
  if (found === undefined) await writeWhole(file, text);
  const seeds = Buffer.from(text.trim(), 'hex');
  if (seeds.length !== 64) throw problem('usage', `${file} holds no key of a witness.`);
  try {
    return [noteSigner(name, seeds.subarray(0, 32), 'ml-dsa-44'), noteSigner(name, seeds.subarray(32), 'cosignature')];
  } catch (error) {
    throw problem('usage', 'The name of a witness has no space and no plus: witness.example.com/w1.', { cause: error });
  }
}

async function logsIn(io: Io) {
  const file = textOf(io, 'logs');
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  const logs = keysIn(text);
  if (!logs) throw problem('usage', '--logs takes a file with the public keys of the logs, one on each line.');
  return logs;
}

/** Where it listens; TLS and proxies as for the product itself. */
function configOf({ options, env }: Io): Config {
  const listen = typeof options['listen'] === 'string' ? options['listen'] : '127.0.0.1:8081';
  const url = URL.parse(`http://${listen}`);
  if (!url) throw problem('usage', '--listen takes an address and a port: 127.0.0.1:8081.');
  const names = ['SOTTO_TLS_CERT', 'SOTTO_TLS_KEY', 'SOTTO_PROXIES', 'SOTTO_PROXY_HEADER', 'SOTTO_PUBLIC_URL'];
  const kept = Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return readConfig({ ...kept, SOTTO_HOST: host, SOTTO_PORT: listen.split(':').at(-1)! });
}
