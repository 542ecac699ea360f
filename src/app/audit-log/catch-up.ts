import { instanceId } from '#safeguards/accounts';
import { changeTally, sequenceAll } from '#safeguards/log';
import type { Senses } from '../senses.ts';

/**
 * Gives places and counts changes as it is done each minute while Sotto runs: for looks at an installation that has stood
 * still, whose last minute nobody has seen to.
 */
export async function catchUp({ ctx, jobs }: Pick<Senses, 'ctx' | 'jobs'>): Promise<void> {
  await sequenceAll({ ...ctx, db: jobs, installation: instanceId }, 'all', true);
  await changeTally({ db: jobs }).run();
}
