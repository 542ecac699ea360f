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

/** Milliseconds one look may take unless its claim says otherwise; its statements are cut off at the same point. */
export const usualBudgetMs = 20_000;

/** Milliseconds one look at the claim may take, and as much again for its counterexample. */
export function budgetOf({ budget = usualBudgetMs }: { readonly budget?: number }): number {
  return budget;
}

/** The reach of one look: everything a probe may touch, with `look` as its open transaction. */
export function reachOf(means: Means, look: Tx, budgetMs = usualBudgetMs): Reach {
  const { prove: _prove, app, structure: _structure, ...senses } = means;
  return { ...senses, look, as: (organisation, work) => asApplication({ app, organisation, budgetMs }, work) };
}

/** Runs `work` in a transaction that never commits, with bounded statements and lock waits. */
export async function rolledBack<T>(
  db: Pick<Db, 'open'>,
  work: (tx: Tx) => Promise<T>,
  budgetMs = usualBudgetMs,
): Promise<T> {
  return undone((ending) => db.open(ending), work, budgetMs);
}

type Trying = { readonly app: Means['app']; readonly organisation: Id | undefined; readonly budgetMs: number };

async function asApplication<T>({ app, organisation, budgetMs }: Trying, work: (tx: Tx) => Promise<T>): Promise<T> {
  const begin = (ending: (tx: Tx) => Promise<never>) =>
    organisation === undefined ? app.open(ending) : app.tenant(organisation, ending);
  return undone(begin, work, budgetMs);
}

/** A Db commits when work returns; so work never returns: it throws its result, which is caught outside. */
async function undone<T>(
  begin: (work: (tx: Tx) => Promise<never>) => Promise<never>,
  work: (tx: Tx) => Promise<T>,
  budgetMs: number,
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
