import type { ClockDoubt } from '#base';
import { knownTime } from './known-time.ts';
import { openStoreFile, type Senses } from './open-keystore.ts';

/** What this machine's clock says, and the doubt there is about it. */
export type ClockStatus = { readonly now: number; readonly doubt: ClockDoubt | undefined };

/** How the clock stands to what is known. Ends nothing. Throws as `openKeystore` does. */
export function clockStatus(senses: Senses): Promise<ClockStatus> {
  return withTime(senses, async (time) => ({ now: senses.clock.now(), doubt: await time.doubt() }));
}

/** Somebody says that the clock is right. A process that serves notices, and ends what is due. Throws the same. */
export function believeClock(senses: Senses): Promise<void> {
  return withTime(senses, async (time) => time.believe());
}

async function withTime<T>(senses: Senses, work: (time: ReturnType<typeof knownTime>) => Promise<T>): Promise<T> {
  const { store } = await openStoreFile(senses, { create: false });
  try {
    return await work(knownTime({ store, clock: senses.clock }));
  } finally {
    await store.close();
  }
}
