import { newId, type Clock, type Keystore, type Random } from '#base';
import type { RootKey } from '#adapters/keys';
import { keystoreOver } from './keystore.ts';
import { openStore } from './store.ts';

/** A keystore that ends with the process: same tables, same hierarchy, no file. For tests and rehearsals. */
export function memoryKeystore(senses: {
  readonly root: RootKey;
  readonly random: Random;
  readonly clock: Clock;
}): Keystore {
  const store = openStore(':memory:');
  // Never opened again, so nobody asks whether the root key is the right one.
  const installation = { id: newId(senses), rootId: senses.random.bytes(16), sentinel: Buffer.alloc(0) };
  store.write(() => store.addInstallation(installation));
  return keystoreOver({ ...senses, store, installation });
}
