import { record } from '#safeguards/audit';
import { sequenceNow } from '../../sequencing.ts';
import type { Cases, Making } from '../case.ts';

const published = '/.well-known/sotto/log';
const own = '/api/v1/audit/log';

/** The parts that a path of a tile can have; a tile of the first hash alone is there in every tree. */
const first = { level: '0', a: '000.p', b: '1' };
const none = { level: '0', a: 'x001', b: 'x000', c: '000', d: '1' };

export const auditLogCases: Cases = {
  [`GET ${published}/keys`]: { ok: 200 },
  [`GET ${published}/checkpoint`]: { ok: 200 },
  [`GET ${published}/tile/:level/:a`]: { words: { level: '0', a: '999' }, ok: 'not-found' },
  [`GET ${published}/tile/:level/:a/:b`]: { words: first, ok: 200 },
  [`GET ${published}/tile/:level/:a/:b/:c`]: { words: none, ok: 'not-found' },
  [`GET ${published}/tile/:level/:a/:b/:c/:d`]: { words: none, ok: 'not-found' },
  [`GET ${own}/checkpoint`]: { ok: 200 },
  [`GET ${own}/tile/:level/:a`]: { words: { level: '0', a: '999' }, ok: 'not-found' },
  [`GET ${own}/tile/:level/:a/:b`]: { words: first, ok: 200 },
  [`GET ${own}/tile/:level/:a/:b/:c`]: { words: none, ok: 'not-found' },
  [`GET ${own}/tile/:level/:a/:b/:c/:d`]: { words: none, ok: 'not-found' },
  [`GET ${own}/entries/:id`]: { names: { id: provenEntry }, isShared: true, ok: 200 },
};

/** An entry that is under a signed head. */
async function provenEntry({ ctx, stage, side }: Making): Promise<string> {
  const { organisation } = side;
  const id = await ctx.db.tenant(organisation, (tx) =>
    record(ctx, tx, { organisation, actor: 'system', action: 'setup.demo', object: `organisation:${organisation}` }),
  );
  await sequenceNow(ctx, stage.world.database);
  return id;
}
