import { newId, type Clock, type Keystore, type Random } from '#base';
import type { RootKey } from '#adapters/keys';
import { lostRoot } from './failures.ts';
import { keystoreOver } from './keystore.ts';
import { knownTime } from './known-time.ts';
import { rootRing } from './root-ring.ts';
import { openStore } from './store.ts';

/** A keystore that ends with the process: same tables, same hierarchy, no file. For tests and rehearsals. */
export function memoryKeystore(senses: {
  readonly root: RootKey;
  readonly random: Random;
  readonly clock: Clock;
}): Keystore {
  const { root, random, clock } = senses;
  const store = openStore(':memory:');
  const id = newId(senses);
  // Never opened again, so nobody asks whether the root key is the right one.
  const row = { id: random.bytes(16), state: 'active', provider: 'memory', sentinel: Buffer.alloc(0) } as const;
  store.write(() => {
    store.addInstallation(id);
    store.addRoot({ ...row, madeAt: clock.now(), retiredAt: undefined, seed: Buffer.alloc(0) });
  });
  const roots = rootRing(store, [[row.id, root]], () => Promise.reject(lostRoot()));
  return keystoreOver({
    id,
    store,
    roots,
    random,
    time: knownTime({ store, clock }),
    seed: root.seed ?? random.bytes(32),
  });
}
