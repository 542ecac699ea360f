import { iso, sql, type Ctx, type Id, type KeySubject, type KeyWindows, type Tx } from '#base';
import type { Window, Windows } from './preset.ts';

type Keys = Pick<Ctx, 'keys'>;

/*
 * The keystore ends keys by a schedule of its own, so that what is past its time cannot be opened even if no row is ever
 * swept. It may know a longer time than the database for a while, and never a shorter one: a longer time is told to the
 * keystore before it is written down, a shorter one afterwards. Whoever does either holds the same lock.
 */

/**
 * The time of what this key seals begins at that instant (milliseconds), which is later than the day it was made on: who
 * was seen again, an appointment that is to come. Before it is written down, or with it: else the key dies too early.
 */
export async function keyLivesFrom({ keys }: Keys, subject: KeySubject, at: number): Promise<void> {
  await keys.renew([{ subject, day: iso(at).slice(0, 10) }]);
}

/** Holds the setting of an organisation until the end of this transaction. */
export async function holdSetting(tx: Tx, organisation: Id): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`keeping:${organisation}`}, 0))`);
}

/** Before a new setting is written down: the keystore keeps for the longer of both. Wants `holdSetting`. */
export async function lengthen({ keys }: Keys, organisation: Id, both: readonly [Windows, Windows]): Promise<void> {
  const [before, after] = both.map(keyWindows) as [KeyTimes, KeyTimes];
  const longer = (kind: keyof KeyTimes) => {
    const [one, other] = [before[kind], after[kind]];
    return one === null || other === null ? null : Math.max(one, other);
  };
  await keys.keepFor(organisation, {
    call: longer('call'),
    masked: longer('masked'),
    recording: longer('recording'),
    message: longer('message'),
    person: longer('person'),
    lead: longer('lead'),
    appointment: longer('appointment'),
  });
}

type KeyTimes = {
  readonly [K in 'call' | 'masked' | 'recording' | 'message' | 'person' | 'lead' | 'appointment']: number | null;
};

/** What was left of the numbers of a call after a hand-over ends with the call. */
export function keyWindows({
  calls,
  recordings,
  messages,
  people,
  leads,
  appointments,
}: Windows): KeyTimes & KeyWindows {
  return {
    call: calls.ms,
    masked: calls.ms,
    recording: recordings.ms,
    message: messages.ms,
    person: msOf(people),
    lead: msOf(leads),
    appointment: msOf(appointments),
  };
}

function msOf(window: Window): number | null {
  return window === 'account' ? null : window.ms;
}
