import {
  iso,
  isId,
  turnEnd,
  type Epoch,
  type Epochs,
  type Id,
  type KeySubject,
  type Keystore,
  type SubjectKind,
} from '#base';
import type { OwnerValues } from './connection.ts';
import type { DatedEpoch } from './dying.ts';
import { idBytes } from './rows.ts';
import type { RootState } from './rows.ts';
import type { Store } from './store.ts';

/** Subjects, or rows below what died, in one write. */
const mostAtOnce = 1_000;
/** Epochs that die in one write. */
const epochsAtOnce = 200;

export type Ending = Pick<
  Keystore,
  'destroy' | 'destroyAll' | 'destroyEpochs' | 'destroyOrganisation' | 'count' | 'keepFor' | 'reap' | 'epochs' | 'roots'
>;

/** How keys end: by name, by age, and with their organisation. */
export function endingKeys(store: Store): Ending {
  const destroyAll = async (subjects: readonly KeySubject[]) => {
    let destroyed = 0;
    for (let from = 0; from < subjects.length; from += mostAtOnce) {
      const some = subjects.slice(from, from + mostAtOnce).map(valuesOf);
      destroyed += sum(await store.contentKeys.run({ destroy: some }));
    }
    return destroyed;
  };
  return {
    destroyAll,
    destroy: (subject) => destroyAll([subject]),
    destroyEpochs: async (kind, beforeMs) => {
      const day = iso(beforeMs).slice(0, 10);
      return (await kill(store, () => store.epochsBefore(kind, day, epochsAtOnce))).length;
    },
    reap: async (nowMs) => (await reapDue(store, nowMs)).map(epochOf),
    async destroyOrganisation(organisation, except = []) {
      checkIds(organisation);
      await store.contentKeys.idle();
      const keys = store.write(() => {
        const below = store.killEpochs(organisation, except);
        return except.length > 0 ? below : below + store.killOrganisation(organisation);
      });
      await bury(store);
      return keys;
    },
    async count(subjects) {
      await store.contentKeys.idle();
      return sum(subjects.map((subject) => store.countContentKeys(ownerOf(subject))));
    },
    async keepFor(organisation, windows) {
      checkIds(organisation);
      await store.contentKeys.idle();
      const given = Object.entries(windows).filter(([, ms]) => ms !== undefined);
      store.write(() => given.forEach(([kind, ms]) => store.setWindow(organisation, kind, ms)));
    },
    async epochs() {
      await store.contentKeys.idle();
      return store.census() as readonly Epochs[];
    },
    async roots() {
      await store.contentKeys.idle();
      const rows = store.roots();
      const of = (given: RootState) => rows.filter(({ state }) => state === given);
      return {
        active: of('active').length,
        replaced: of('retired').length,
        stagedAt: of('staged')[0]?.madeAt,
        wrapped: store.wrappedBy('active') + store.wrappedBy('staged'),
        strays: store.wrappedBy('retired'),
      };
    },
  };
}

/** Every epoch whose time was over by then, by the schedule. */
export function reapDue(store: Store, nowMs: number): Promise<readonly DatedEpoch[]> {
  return kill(store, () => store.dueEpochs(nowMs, epochsAtOnce));
}

/** First every one of them, which ends all keys below; then the rows, a few at a time, others being let in between. */
async function kill(store: Store, next: () => readonly DatedEpoch[]): Promise<readonly DatedEpoch[]> {
  const killed: DatedEpoch[] = [];
  for (;;) {
    await store.contentKeys.idle();
    const some = next();
    const done = await store.contentKeys.run({ kill: some.map(({ id }) => new Uint8Array(id)) });
    // Another process may have been faster.
    killed.push(...some.filter((_, at) => done[at] === 1));
    if (some.length < epochsAtOnce) break;
    await turnEnd();
  }
  await bury(store);
  return killed;
}

/** Goes on where a process stopped that was killed, too. */
async function bury(store: Store): Promise<void> {
  while (sum(await store.contentKeys.run({ bury: mostAtOnce })) > 0) await turnEnd();
}

function epochOf({ organisation, kind, day }: DatedEpoch): Epoch {
  return { organisation, kind: kind as SubjectKind, day };
}

function ownerOf({ organisation, kind, id }: KeySubject) {
  checkIds(organisation, id);
  return { organisation, kind, subject: id };
}

function valuesOf({ organisation, kind, id }: KeySubject): OwnerValues {
  checkIds(organisation, id);
  return [new Uint8Array(idBytes(organisation)), kind, new Uint8Array(idBytes(id))];
}

export function checkIds(...ids: readonly Id[]): void {
  if (!ids.every(isId)) throw new TypeError('keys belong to ids');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
