import { resolve } from 'node:path';
import { watchOutput, type Config } from '#base';
import type { Server } from '#edge';
import type { Means } from '#trust';
import type { Senses } from './senses.ts';
import type { Carrying } from './live.ts';
import { socketBooks } from './socket-books.ts';

type Facing = Pick<Means, 'origin' | 'canary' | 'models' | 'objects'> & {
  readonly server: Server;
  readonly carrying: Carrying;
};

/** What the claims of this installation are proven with: its own senses, server and catalogues. */
export function meansOf(
  { ctx, prove, sockets }: Pick<Senses, 'ctx' | 'prove' | 'sockets'>,
  { server, carrying, ...facing }: Facing,
): Means {
  const { origin } = facing;
  return {
    ...facing,
    prove,
    app: ctx.db,
    self: async ({ method, path, headers, body, from }) => {
      const answer = await server.inject({
        method,
        url: path,
        ...(headers ? { headers } : {}),
        ...(body ? { body } : {}),
        ...(from ? { from } : {}),
      });
      const known = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
      return { status: answer.status, headers: Object.fromEntries(known), body: answer.body };
    },
    knock: server.knock,
    shake: server.shake,
    http: ctx.http,
    written: watchOutput,
    files: filesOf(ctx.config),
    keystore: { epochs: ctx.keys.epochs, roots: ctx.keys.roots, time: ctx.keys.time },
    sockets: async () => socketBooks({ desk: await sockets.ledger(), lines: carrying.lines?.load() ?? [], origin }),
    clock: ctx.clock,
    random: ctx.random,
    config: ctx.config,
  };
}

function filesOf({ dataDir, databaseUrl }: Config): Means['files'] {
  const unseen =
    databaseUrl === undefined ? undefined : 'The files of an external PostgreSQL cannot be seen from here.';
  return { roots: [resolve(dataDir)], unseen };
}
