import type { Db, Keystore, Tx } from '#base';
import type { ObjectStore } from '#adapters/objects';

type Senses = { readonly db: Db; readonly keys: Keystore; readonly objects: ObjectStore };

/** What a process that dies has got left to do: statements, writes of the keystore, objects. */
export type Life = { left: number };

/** Says that the process is gone; whoever catches it and goes on dies at the next thing they do. */
export class Gone extends Error {
  constructor() {
    super('the process is gone');
  }
}

/**
 * The same senses in a process that dies before any statement, between the last one and the commit, right behind the
 * commit, and before or behind each write of the keystore and of the object store: wherever its life ends.
 */
export function mortal<S extends Senses>(senses: S, life: Life): S {
  const step = () => {
    if (life.left <= 0) throw new Gone();
    life.left -= 1;
  };
  const around =
    <A extends readonly unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      step();
      const done = await work(...given);
      step();
      return done;
    };
  const { db, keys, objects } = senses;
  return {
    ...senses,
    db: {
      ...db,
      find: async (query) => {
        step();
        return db.find(query);
      },
      tenant: async <T>(...[organisation, work]: Parameters<typeof db.tenant<T>>) => {
        const done = await db.tenant(organisation, async (tx) => {
          const result = await work(mortalTx(tx, step));
          step();
          return result;
        });
        step();
        return done;
      },
    },
    keys: {
      ...keys,
      time: { ...keys.time, doubt: around(keys.time.doubt) },
      contentKey: around(keys.contentKey),
      destroy: around(keys.destroy),
      destroyAll: around(keys.destroyAll),
      hold: around(keys.hold),
      release: around(keys.release),
      renew: around(keys.renew),
      keepFor: around(keys.keepFor),
    },
    objects: { ...objects, delete: around((name: string) => objects.delete(name)) },
  };
}

function mortalTx(tx: Tx, step: () => void): Tx {
  const before =
    <T>(work: () => Promise<T>): (() => Promise<T>) =>
    async () => {
      step();
      return work();
    };
  return {
    rows: (query) => before(() => tx.rows<never>(query))(),
    maybe: (query) => before(() => tx.maybe<never>(query))(),
    one: (query) => before(() => tx.one<never>(query))(),
    run: (query) => before(() => tx.run(query))(),
    issue(query) {
      step();
      tx.issue(query);
    },
    tell: (object) => tx.tell(object),
  };
}
