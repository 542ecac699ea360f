import { sql, type Clock, type Config, type Db, type Http, type Id, type Random, type Tx } from '#base';
import type { CanaryAccount } from './canary-account.ts';
import type { Reach, Self, Sockets, Written } from './claim.ts';

/** What proving is done with; the composition root, the command line and the tests each bring theirs. */
export type Means = {
  /** Signs in as sotto_prove: reads every row, may plant rows of the canary organisations. */
  readonly prove: Pick<Db, 'open'>;
  /** Signs in as sotto_app, for what a probe tries as the application. */
  readonly app: Pick<Db, 'open' | 'tenant'>;
  /** `openDb` with role `structure`, signed in as sotto_migrate. Absent while serving: nothing then holds an owner's rights. */
  readonly structure?: Pick<Db, 'open'>;
  readonly self: Self;
  readonly knock: Reach['knock'];
  readonly shake: Reach['shake'];
  /** What carriers sign: `publicUrlOf` of #edge. */
  readonly origin: string;
  /** From `openCanaryAccount`. */
  readonly canary: CanaryAccount;
  readonly http: Http;
  readonly sockets: Sockets;
  readonly written: Written;
  readonly models: Reach['models'];
  readonly objects: Reach['objects'];
  readonly files: Reach['files'];
  readonly keystore: Reach['keystore'];
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Config;
};

/** Longest time one look may take, in milliseconds; its statements are cut off at the same point. */
export const budgetMs = 20_000;

/** The reach of one look: everything a probe may touch, with `look` as its open transaction. */
export function reachOf(means: Means, look: Tx): Reach {
  const { prove: _prove, app, structure: _structure, ...senses } = means;
  return { ...senses, look, as: (organisation, work) => asApplication(app, organisation, work) };
}

/** Runs `work` in a transaction that never commits, with bounded statements and lock waits. */
export async function rolledBack<T>(db: Pick<Db, 'open'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  return undone((ending) => db.open(ending), work);
}

async function asApplication<T>(
  app: Means['app'],
  organisation: Id | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return undone((ending) => (organisation === undefined ? app.open(ending) : app.tenant(organisation, ending)), work);
}

/** A Db commits when work returns; so work never returns: it throws its result, which is caught outside. */
async function undone<T>(
  begin: (work: (tx: Tx) => Promise<never>) => Promise<never>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await begin(async (tx) => {
      await tx.run(
        sql`select set_config('statement_timeout', ${String(budgetMs)}, true), set_config('lock_timeout', '2000', true)`,
      );
      throw new Undo(await work(tx));
    });
  } catch (thrown) {
    if (thrown instanceof Undo) return thrown.result as T;
    throw thrown;
  }
}

/** Carries a result out of a transaction that is to be rolled back. */
class Undo extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super('rolled back on purpose');
    this.result = result;
  }
}
